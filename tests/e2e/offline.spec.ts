import { expect, expectPrice, test, words } from '../helpers/page.ts'

test('everything saved opens without a single request to anybody', async ({ chat, provider, parley, page }) => {
  provider.script({ text: words(30, 'alpha') }, { text: words(30, 'beta') })
  await chat.ask('Tell me of alpha')
  await expect(chat.last()).toContainText('billed')
  await chat.newChat()
  await chat.ask('Tell me of beta')
  await expect(chat.last()).toContainText('billed')
  const month = page.getByText(/so far: \$/)
  await expectPrice(month, provider.books.total())
  await parley.stop()
  const before = provider.requests.length

  await parley.start()
  for (const topic of ['alpha', 'beta']) {
    await chat.open(`Tell me of ${topic}`)
    await expect(chat.last()).toContainText(words(30, topic))
    await expect(chat.last()).toContainText('billed')
  }
  await expectPrice(month, provider.books.total())
  await chat.nav.getByRole('searchbox', { name: 'Search' }).fill('alpha7')
  await expect(chat.nav.getByRole('status')).toHaveText('1 result')
  await page.keyboard.press('Escape')
  for (const tab of ['Key', 'Connection', 'Budget', 'Appearance', 'Data', 'About']) {
    await expect(await chat.openSettings(tab)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(chat.settings).toBeHidden()
  }
  await chat.newChat()
  expect(provider.requests.slice(before).map(({ path }) => path)).toEqual([])
})

test('with the provider gone everything opens, and a question fails in words and stays', async ({
  chat,
  provider,
  parley,
}) => {
  provider.setDefault({ text: words(30) })
  await chat.ask('Before')
  await expect(chat.last()).toContainText('billed')
  await parley.stop()
  await provider.close()
  await parley.start()
  await expect(chat.last()).toContainText(words(30))
  await chat.ask('After')
  await expect(chat.alerts).toHaveCount(1)
  await expect(chat.alerts).toContainText('The provider cannot be reached')
  await expect(chat.alerts).toContainText('Nothing was charged.')
  await expect(chat.prompts).toHaveText(['Before', 'After'])
  await expect(chat.alerts.getByRole('button', { name: 'Retry' })).toBeVisible()
})

test('without a network the window says what still works', async ({ chat, provider, page }) => {
  provider.setDefault({ text: words(30) })
  await chat.ask('Before')
  await expect(chat.last()).toContainText('billed')
  const said = page.getByText('Offline: everything saved opens, a reply needs the network.')
  await page.evaluate(() => {
    Object.defineProperty(Navigator.prototype, 'onLine', { configurable: true, get: () => false })
    dispatchEvent(new Event('offline'))
  })
  await expect(said).toBeVisible()
  await expect(chat.last()).toContainText(words(30))
  await page.evaluate(() => {
    Object.defineProperty(Navigator.prototype, 'onLine', { configurable: true, get: () => true })
    dispatchEvent(new Event('online'))
  })
  await expect(said).toBeHidden()
})
