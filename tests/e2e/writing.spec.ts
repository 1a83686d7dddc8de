import { expect, partsOf, test, testKey, words } from '../helpers/page.ts'

test('a draft survives a reload and a restart, each in its own chat', async ({ chat, provider, page, parley }) => {
  provider.setDefault({ text: 'Fine.' })
  await chat.ask('First chat')
  await expect(chat.last()).toContainText('billed')
  await chat.message.fill('half a thought')
  await chat.newChat()
  await chat.message.fill('another one,\nin two lines')
  await chat.open('First chat')
  await expect(chat.message).toHaveValue('half a thought')
  await page.reload()
  await expect(chat.message).toHaveValue('half a thought')

  await parley.stop()
  await parley.start()
  await chat.open('First chat')
  await expect(chat.message).toHaveValue('half a thought')
  await chat.open('Untitled')
  await expect(chat.message).toHaveValue('another one,\nin two lines')
  expect(provider.chats()).toHaveLength(1)
})

test('what is typed just before a reload is there after it', async ({ chat, page }) => {
  await chat.message.pressSequentially('typed at the last moment')
  await page.reload()
  await expect(chat.message).toHaveValue('typed at the last moment')
})

test('what is typed before the chat has been read is not lost', async ({ chat, provider, page, parley }) => {
  provider.setDefault({ text: 'Fine.' })
  await chat.ask('First')
  await expect(chat.last()).toContainText('billed')
  const { promise: mayOpen, resolve: openNow } = Promise.withResolvers<void>()
  await page.route('**/call', async (route) => {
    if (route.request().postData()?.includes('"conversations.open"')) await mayOpen
    return route.continue()
  })
  await page.goto('about:blank')
  await page.goto(new URL('/', parley.app.url).href)
  await expect(chat.message).toBeFocused()
  await page.keyboard.type('typed at once')
  openNow()
  await expect(chat.prompts).toHaveCount(1)
  await expect(chat.message).toHaveValue('typed at once')
})

test('Enter sends, Shift+Enter breaks the line', async ({ chat, provider }) => {
  provider.setDefault({ text: 'Fine.' })
  await chat.message.pressSequentially('one')
  await chat.message.press('Shift+Enter')
  await chat.message.pressSequentially('two')
  await expect(chat.message).toHaveValue('one\ntwo')
  await expect(chat.prompts).toHaveCount(0)
  await chat.message.press('Enter')
  await expect(chat.prompts).toHaveCount(1)
  await expect(chat.message).toHaveValue('')
  await expect(chat.last()).toContainText('Fine.')
  expect(provider.chats()[0]?.json).toMatchObject({ messages: [{ role: 'user', content: 'one\ntwo' }] })
})

test('the key that sends can be changed', async ({ chat, provider }) => {
  provider.setDefault({ text: 'Fine.' })
  const appearance = await chat.openSettings('Appearance')
  await appearance.getByRole('radio', { name: 'Ctrl+Enter' }).click()
  await expect(appearance.getByRole('radio', { name: 'Ctrl+Enter' })).toBeChecked()
  await chat.page.keyboard.press('Escape')
  await expect(chat.settings).toBeHidden()
  await chat.page.keyboard.press('Control+/')
  const sheet = chat.page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet.getByText('Send', { exact: true }).locator('xpath=../dd')).toHaveText('CtrlEnter')
  await chat.page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await chat.message.pressSequentially('one')
  await chat.message.press('Enter')
  await chat.message.pressSequentially('two')
  await expect(chat.message).toHaveValue('one\ntwo')
  await chat.message.press('Control+Enter')
  await expect(chat.last()).toContainText('Fine.')
  expect(provider.chats()).toHaveLength(1)
})

test('Enter that ends a composition does not send', async ({ chat, provider, page }) => {
  provider.setDefault({ text: 'Fine.' })
  const devtools = await page.context().newCDPSession(page)
  await chat.message.focus()
  for (const text of ['n', 'に', 'にほ', 'にほん']) {
    await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  }
  await expect(chat.message).toHaveValue('にほん')
  const keys = await page.evaluateHandle(() => {
    const seen: boolean[] = []
    addEventListener('keydown', (event) => seen.push(event.isComposing), { capture: true })
    return seen
  })
  await devtools.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Enter',
    code: 'Enter',
    windowsVirtualKeyCode: 229,
  })
  expect(await keys.jsonValue(), 'the key belongs to the composition').toEqual([true])
  await devtools.send('Input.insertText', { text: 'にほん' })
  await expect(chat.message).toHaveValue('にほん')
  await expect(chat.prompts).toHaveCount(0)
  expect(provider.chats()).toHaveLength(0)
  await chat.message.press('Enter')
  await expect(chat.prompts).toHaveText(['にほん'])
  await expect(chat.last()).toContainText('Fine.')
  expect(provider.chats()).toHaveLength(1)
})

test('a double click on Send is one message and one request', async ({ chat, provider }) => {
  provider.setDefault({ text: words(20) })
  await chat.message.fill('Once, please')
  await chat.send.dblclick({ delay: 0 })
  await expect(chat.last()).toContainText('word19')
  await expect(chat.prompts).toHaveCount(1)
  expect(provider.chats()).toHaveLength(1)
})

test('Enter twice in one breath is one message and one request', async ({ chat, provider }) => {
  provider.setDefault({ text: words(20) })
  await chat.message.fill('Once, please')
  await chat.message.evaluate((field) => {
    for (let time = 0; time < 2; time++) {
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    }
  })
  await expect(chat.last()).toContainText('word19')
  await chat.message.press('Enter')
  await expect(chat.prompts).toHaveCount(1)
  expect(provider.chats()).toHaveLength(1)
})

test('the same chat in two windows: one reply at a time, the other text stays', async ({ chat, provider, parley }) => {
  provider.setDefault({ text: words(40), holdAfter: 10 })
  const other = partsOf(await parley.openWindow())
  await other.message.fill('from the other window')
  await chat.ask('from this window')
  await expect(other.stop).toBeVisible()
  await other.message.press('Enter')
  await expect(other.message).toHaveValue('from the other window')
  expect(provider.chats()).toHaveLength(1)
  provider.release()
  await expect(other.send).toBeVisible()
  await other.message.press('Enter')
  await expect(chat.prompts).toHaveText(['from this window', 'from the other window'])
})

test('an answer of main that got lost is asked for again as the same turn: one request', async ({
  chat,
  provider,
  page,
  problems,
}) => {
  problems.allow(/Failed to load resource: net::ERR_FAILED/)
  provider.setDefault({ text: 'Once.' })
  let isLost = false
  await page.route('**/call', async (route) => {
    const body = route.request().postData() ?? ''
    if (isLost || !body.includes('"turns.send"')) return route.continue()
    isLost = true
    const headers = { ...route.request().headers(), 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }
    expect((await route.fetch({ headers: { ...headers, 'sec-fetch-dest': 'empty' } })).status()).toBe(200)
    return route.abort('failed')
  })
  await chat.message.fill('Did you get this?')
  await chat.message.press('Enter')
  await expect(chat.last()).toContainText('Once.')
  expect(isLost).toBe(true)
  const again = chat.alerts.getByRole('button', { name: 'Retry' })
  if (await again.isVisible()) await again.click()
  await expect(chat.alerts).toHaveCount(0)
  await expect(chat.message).toHaveValue('')
  await expect(chat.prompts).toHaveText(['Did you get this?'])
  expect(provider.chats()).toHaveLength(1)
})

test('Send says why it cannot: an empty field, too long a text', async ({ chat }) => {
  await expect(chat.send).toHaveAttribute('aria-disabled', 'true')
  await expect(chat.send).toHaveAccessibleDescription('Write something to send.')
  await chat.message.fill('x'.repeat(400_001))
  await expect(chat.send).toHaveAttribute('aria-disabled', 'true')
  await expect(chat.page.getByText('Too long: at most 400,000 characters.').first()).toBeVisible()
  await chat.message.fill('x')
  await expect(chat.send).toHaveAttribute('aria-disabled', 'false')
})

test.describe('without a key that stays', () => {
  test.use({ startWith: { key: null, flags: ['--demo'] } })

  test('when main refuses, the text stays in the field and an alert says so', async ({
    chat,
    provider,
    page,
    parley,
  }) => {
    const key = await chat.openSettings('Key')
    await key.getByLabel('API key', { exact: true }).fill(testKey)
    await key.getByRole('button', { name: 'Save key' }).click()
    await expect(key).toContainText('Key ending in wxyz')
    await page.keyboard.press('Escape')
    await chat.newChat()

    // The key goes in another window while the message is on its way.
    const other = partsOf(await parley.openWindow())
    const { promise: isGone, resolve: goOn } = Promise.withResolvers<void>()
    await page.route('**/call', async (route) => {
      if (route.request().postData()?.includes('"turns.send"')) await isGone
      return route.continue()
    })
    await chat.message.fill('A question')
    await chat.message.press('Enter')
    const otherKey = await other.openSettings('Key')
    await otherKey.getByRole('button', { name: 'Remove key' }).click()
    await other.page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
    await expect(otherKey).toContainText('There is no key.')
    goOn()
    await expect(chat.alerts).toContainText('There is no API key')
    await expect(chat.alerts).toContainText('Your text is kept.')
    await expect(chat.message).toHaveValue('A question')
    await expect(chat.prompts).toHaveCount(0)
    expect(provider.chats()).toHaveLength(0)
  })
})
