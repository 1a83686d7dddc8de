import { expect, partsOf, test, testKey } from '../helpers/page.ts'

const tabs = ['Key', 'Connection', 'Budget', 'Appearance', 'Data', 'About']

test('the settings have six pages, by mouse and by key', async ({ chat, page }) => {
  await chat.openSettings()
  await expect(chat.settings.getByRole('tab')).toHaveText(tabs)
  for (const tab of tabs) {
    await chat.settings.getByRole('tab', { name: tab, exact: true }).click()
    await expect(chat.settings.getByRole('tabpanel', { name: tab })).toBeVisible()
  }
  await page.keyboard.press('Escape')
  await expect(chat.settings).toBeHidden()
  await page.keyboard.press('Control+,')
  await expect(chat.settings).toBeVisible()
  await chat.settings.getByRole('button', { name: 'Close' }).click()
  await expect(chat.settings).toBeHidden()
})

test('theme and text size show at once and are there after a restart', async ({ chat, parley, page }) => {
  const looks = () =>
    page.evaluate(() => ({
      paper: getComputedStyle(document.body).backgroundColor,
      text: getComputedStyle(document.body).fontSize,
    }))
  await page.emulateMedia({ colorScheme: 'light' })
  const before = await looks()
  const appearance = await chat.openSettings('Appearance')
  await expect(appearance.getByRole('group', { name: 'Theme' }).getByRole('radio', { name: 'System' })).toBeChecked()
  await appearance.getByRole('radio', { name: 'Dark' }).click()
  await expect(appearance.getByRole('radio', { name: 'Dark' })).toBeChecked()
  await appearance.getByRole('radio', { name: 'Large', exact: true }).click()
  await expect(appearance.getByRole('radio', { name: 'Large', exact: true })).toBeChecked()
  await expect.poll(async () => (await looks()).paper).not.toBe(before.paper)
  const after = await looks()
  expect(parseFloat(after.text)).toBeGreaterThan(parseFloat(before.text))
  await parley.stop()
  await parley.start()
  await expect(chat.message).toBeVisible()
  expect(await looks()).toEqual(after)
  const again = await chat.openSettings('Appearance')
  await expect(again.getByRole('radio', { name: 'Dark' })).toBeChecked()
  await expect(again.getByRole('radio', { name: 'Large', exact: true })).toBeChecked()
})

test('two changes in quick succession are both kept', async ({ chat, page }) => {
  const appearance = await chat.openSettings('Appearance')
  const radio = (name: string) => appearance.getByRole('radio', { name, exact: true })
  await expect(radio('Normal')).toBeChecked()
  await page.evaluate(() => {
    const press = (name: string) =>
      [...document.querySelectorAll('label')].find((label) => label.textContent === name)?.click()
    press('Dark')
    press('Large')
  })
  await expect(radio('Dark')).toBeChecked()
  await expect(radio('Large')).toBeChecked()
})

test('the address from the environment cannot be changed here', async ({ chat, provider }) => {
  const connection = await chat.openSettings('Connection')
  await expect(connection.getByRole('textbox', { name: 'API address' })).toHaveValue(provider.url)
  await expect(connection.getByRole('textbox', { name: 'API address' })).toBeDisabled()
  await expect(connection).toContainText('PARLEY_API_URL')
})

test.describe('with the address of Parley’s own', () => {
  test.use({ startWith: { key: null, hasProvider: false, flags: ['--demo'] } })

  test('another address is taken only after a question outside the page; then keys and requests go there', async ({
    chat,
    parley,
    page,
    provider,
  }) => {
    provider.setDefault({ text: 'Here I am.' })
    const connection = await chat.openSettings('Connection')
    const address = connection.getByRole('textbox', { name: 'API address' })
    await expect(address).toHaveValue('https://api.aimlapi.com')
    await address.fill(provider.url)
    await connection.getByRole('button', { name: 'Apply' }).click()
    const asked = await parley.answer('Leave it as it is')
    expect(asked).toContain('Change how Parley connects?')
    expect(asked).toContain(provider.url)
    await expect(connection.getByRole('button', { name: 'Apply' })).toBeEnabled()
    await page.reload()
    await chat.openSettings('Connection')
    await expect(address).toHaveValue('https://api.aimlapi.com')

    await address.fill(provider.url)
    await connection.getByRole('button', { name: 'Apply' }).click()
    await parley.answer('Change it')
    await expect(connection.getByRole('status')).toHaveText('Applied.')
    await page.reload()
    const key = await chat.openSettings('Key')
    await expect(key).toContainText(`Sent only to ${provider.url}.`)
    await key.getByLabel('API key', { exact: true }).fill(testKey)
    await key.getByRole('button', { name: 'Save key' }).click()
    await expect(key).toContainText('Key ending in wxyz')
    await page.keyboard.press('Escape')
    await chat.newChat()
    await chat.ask('Where are you?')
    await expect(chat.last()).toContainText('Here I am.')
    await expect(chat.last()).toContainText('billed')
    expect(provider.chats()).toHaveLength(1)

    const about = await chat.openSettings('About')
    await expect(about.getByRole('cell', { name: new URL(provider.url).host }).first()).toBeVisible()
    await expect(about).not.toContainText('api.aimlapi.com')
    await page.keyboard.press('Escape')
    await parley.stop()
    await parley.start()
    await chat.openSettings('Connection')
    await expect(address).toHaveValue(provider.url)
  })

  test('a proxy is taken only after a question, and a password in its address is refused', async ({
    chat,
    parley,
    page,
  }) => {
    const connection = await chat.openSettings('Connection')
    await connection.getByRole('radio', { name: 'This one' }).click()
    const proxy = connection.getByRole('textbox', { name: 'Proxy address' })
    await expect(connection.getByRole('button', { name: 'Apply' })).toBeDisabled()
    await proxy.fill('http://user:secret@127.0.0.1:9')
    await connection.getByRole('button', { name: 'Apply' }).click()
    await expect(connection.getByRole('alert')).toContainText('That cannot be used')
    expect(await parley.isAsking()).toBe(false)
    await proxy.fill('http://127.0.0.1:9')
    await connection.getByRole('button', { name: 'Apply' }).click()
    expect(await parley.answer('Change it')).toContain('through the proxy http://127.0.0.1:9')
    await expect(connection.getByRole('alert')).toHaveCount(0)
    await page.reload()
    await chat.openSettings('Connection')
    await expect(connection.getByRole('radio', { name: 'This one' })).toBeChecked()
    await expect(proxy).toHaveValue(/^http:\/\/127\.0\.0\.1:9\/?$/)
  })

  test('an address that Parley writes differently counts as applied', async ({ chat, parley, provider }) => {
    const connection = await chat.openSettings('Connection')
    const address = connection.getByRole('textbox', { name: 'API address' })
    await address.fill(`${provider.url}/v1`)
    await connection.getByRole('button', { name: 'Apply' }).click()
    await parley.answer('Change it')
    await expect(connection.getByRole('status')).toHaveText('Applied.')
    await expect(address).toHaveValue(provider.url)
    await expect(connection.getByRole('button', { name: 'Apply' })).toBeDisabled()
  })
})

test('About lists every host ever contacted, with what for and how often', async ({ chat, provider, page }) => {
  const { host } = new URL(provider.url)
  const about = await chat.openSettings('About')
  await expect(about).toContainText('None so far.')
  await expect(about).toContainText('Parley sends no telemetry')
  await expect(about).toContainText('Licence: MIT')
  await page.keyboard.press('Escape')
  provider.setDefault({ text: 'Fine.' })
  await chat.ask('Hello')
  await expect(chat.last()).toContainText('billed')
  await chat.openSettings('About')
  const hosts = about.getByRole('row').filter({ hasText: host })
  await expect(hosts.first()).toBeVisible()
  const listed = await about.getByRole('cell', { name: host }).allInnerTexts()
  expect(new Set(listed)).toEqual(new Set([host]))
  await expect(about.getByRole('table').getByRole('row')).toHaveCount(listed.length + 1)
})

test('Data says where everything is, and makes a backup that is listed', async ({ chat, provider, parley }) => {
  provider.setDefault({ text: 'Fine.' })
  await chat.ask('Hello')
  await expect(chat.last()).toContainText('billed')
  const data = await chat.openSettings('Data')
  await expect(data).toContainText(parley.profile)
  await expect(data).toContainText('Chats are stored as plain text')
  await data.getByRole('button', { name: 'Back up now' }).click()
  await expect(data.getByText('Backed up.')).toBeVisible()
  await expect(data.getByRole('listitem').filter({ hasText: 'by hand' })).toContainText('1 chat, 2 messages')
})

test('the test of a key in the settings makes free calls only', async ({ chat, provider }) => {
  const key = await chat.openSettings('Key')
  await expect(key).toContainText('Key ending in wxyz')
  await expect(key).toContainText('AIMLAPI_API_KEY')
  await expect(key.getByRole('button', { name: 'Remove key' })).toHaveCount(0)
  await key.getByRole('button', { name: 'Test' }).click()
  await expect(key.getByRole('status')).toContainText('The key works.')
  await expect(key.getByRole('status')).toContainText('$50.00')
  expect(provider.chats()).toHaveLength(0)
})

test('a change of the settings shows in another window', async ({ chat, parley }) => {
  const other = partsOf(await parley.openWindow())
  const theirs = await other.openSettings('Appearance')
  const ours = await chat.openSettings('Appearance')
  await ours.getByRole('radio', { name: 'Dark' }).click()
  await expect(theirs.getByRole('radio', { name: 'Dark' })).toBeChecked()
})
