import type { Page } from '@playwright/test'
import { startKeyring } from '../helpers/keyring.ts'
import { expect, partsOf, test, testKey } from '../helpers/page.ts'

test.use({ startWith: { key: null } })

const field = (page: Page) => page.getByLabel('API key', { exact: true })
const start = (page: Page) => page.getByRole('button', { name: 'Start', exact: true })

/** Whether the key is anywhere that a script of the page could read. */
async function expectNoKeyIn(page: Page): Promise<void> {
  const all = await page.evaluate(async () => {
    const fields = [...document.querySelectorAll('input, textarea')].map((each) => (each as HTMLInputElement).value)
    const databases = (await indexedDB.databases()).map(({ name }) => name)
    const inCaches = await caches.keys()
    const stored = [{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state]
    return JSON.stringify([document.documentElement.outerHTML, fields, stored, databases, inCaches])
  })
  expect(all).not.toContain(testKey)
  expect(all).not.toContain(testKey.slice(5, -4))
}

test('a pasted key is tested before it is used: model, price, context, balance, and nothing bought', async ({
  parley,
  page,
  provider,
}) => {
  await parley.start()
  await expect(page.getByRole('heading', { name: 'Welcome to Parley' })).toBeVisible()
  await expect(start(page)).toBeDisabled()
  await field(page).fill(testKey)
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  const result = page.getByRole('status').filter({ hasText: 'The key works.' })
  await expect(result).toContainText('google/gemma-4-31b-it')
  await expect(result).toContainText('$1.36 per million tokens')
  await expect(result).toContainText('$2.05 per million tokens')
  await expect(result).toContainText('256,000 tokens')
  await expect(result).toContainText('$50.00')
  expect(provider.chats()).toHaveLength(0)
  expect(provider.requests.every(({ method }) => method === 'GET')).toBe(true)
})

test('a wrong key is an alert that says nothing was charged, and the field keeps what was typed', async ({
  parley,
  page,
  provider,
}) => {
  provider.configure({ acceptedKeys: ['test-another-key'] })
  await parley.start()
  await field(page).fill(testKey)
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  const alert = page.getByRole('alert')
  await expect(alert).toHaveCount(1)
  await expect(alert).toContainText('The key was rejected')
  await expect(alert).toContainText('Nothing was charged.')
  await expect(alert).not.toContainText(testKey)
  await expect(field(page)).toHaveValue(testKey)
})

test('without a keychain the key is for this session only, in plain words', async ({ parley, page, provider }) => {
  provider.setDefault({ text: 'Good evening.' })
  await parley.start()
  await expect(page.getByText('Your system offers no keychain that Parley can use')).toBeVisible()
  await expect(page.getByRole('radio')).toHaveCount(1)
  await expect(page.getByRole('radio', { name: /For this session only/ })).toBeChecked()
  await field(page).fill(testKey)
  await start(page).click()
  const chat = partsOf(page)
  await expect(chat.message).toBeVisible()
  await expect(page.getByRole('button', { name: /Key …wxyz, kept until you quit/ })).toBeVisible()
  await expectNoKeyIn(page)
  await chat.ask('Good evening?')
  await expect(chat.last()).toContainText('billed')
  await expectNoKeyIn(page)

  await parley.stop()
  await parley.start()
  await expect(chat.last()).toContainText('Good evening.')
  await expect(page.getByRole('button', { name: 'No key' })).toBeVisible()
  await expect(page.getByText('There is no API key, so nothing can be sent here.').first()).toBeVisible()
})

test('with a keychain the key is there after a restart, and the page knows its last four characters only', async ({
  parley,
  page,
  provider,
}) => {
  provider.setDefault({ text: 'Good evening.' })
  const keyring = await startKeyring()
  try {
    await parley.start({ env: keyring.env })
    await field(page).fill(testKey)
    await expect(page.getByRole('radio', { name: /In your system’s keychain/ })).toBeChecked()
    await start(page).click()
    const chat = partsOf(page)
    await expect(chat.message).toBeVisible()
    await expectNoKeyIn(page)

    await parley.stop()
    await parley.start({ env: keyring.env })
    await expect(chat.message).toBeVisible()
    await expect(page.getByRole('button', { name: 'Key …wxyz', exact: true })).toBeVisible()
    const key = await chat.openSettings('Key')
    await expect(key).toContainText('Key ending in wxyz')
    await expect(key).toContainText('Kept in your system’s keychain.')
    await expect(key).toContainText(`Sent only to ${provider.url}.`)
    await expectNoKeyIn(page)
    await page.keyboard.press('Escape')
    await chat.ask('Good evening?')
    await expect(chat.last()).toContainText('billed')

    await chat.openSettings('Key')
    await key.getByRole('button', { name: 'Remove key' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
    await expect(key).toContainText('There is no key.')
    await parley.stop()
    await parley.start({ env: keyring.env })
    await expect(page.getByRole('button', { name: 'No key' })).toBeVisible()
    await expect(chat.last()).toContainText('Good evening.')
  } finally {
    await keyring.stop()
  }
})

test('a keychain that waits for its password holds nothing up, and the window says so', async ({ parley, page }) => {
  const keyring = await startKeyring()
  try {
    await parley.start({ env: keyring.env })
    await field(page).fill(testKey)
    await start(page).click()
    await expect(partsOf(page).message).toBeVisible()
    await parley.stop()
    await keyring.lock()
    await keyring.leavePromptsUnanswered()
    await parley.start({ env: keyring.env })
    await expect(partsOf(page).message).toBeVisible()
    await expect(page.getByRole('button', { name: 'Asking the keychain…' })).toBeVisible()
  } finally {
    await keyring.stop()
  }
})

test('one can try without a key: a demo that says so, asks nobody and costs nothing', async ({
  parley,
  page,
  provider,
}) => {
  await parley.start()
  await page.getByRole('button', { name: 'Try without a key' }).click()
  const chat = partsOf(page)
  await expect(chat.message).toBeVisible()
  await expect(page.getByRole('main').getByText('Demo', { exact: true })).toBeVisible()
  await expect(chat.log).toContainText('Nothing is sent and nothing is billed.')
  await chat.ask('What can you do?')
  await expect(chat.last()).toContainText('This is the demo.')
  await expect(chat.last()).toContainText('demo, nothing billed')
  await expect(chat.spend).toHaveText('Demo chat, nothing billed')
  await expect(chat.item('What can you do?')).toContainText('Demo')
  expect(provider.requests).toHaveLength(0)
  await parley.stop()
  await parley.start()
  await expect(chat.last()).toContainText('This is the demo.')
})

test('where to get a key opens outside, after a question', async ({ parley, page }) => {
  await parley.start()
  await page.getByRole('button', { name: 'Get a key from the AI/ML API' }).click()
  expect(await parley.answer('Cancel')).toContain('aimlapi.com')
  await expect(page.getByRole('heading', { name: 'Welcome to Parley' })).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('proxy and connection can be reached before the test of a key', async ({ parley, page }) => {
  await parley.start()
  await page.getByRole('button', { name: 'Proxy and connection' }).click()
  await expect(page.getByRole('textbox', { name: 'API address' })).toBeDisabled()
  await expect(page.getByRole('radio', { name: 'As the system says' })).toBeChecked()
  await expect(page.getByRole('button', { name: 'Apply' })).toBeDisabled()
})
