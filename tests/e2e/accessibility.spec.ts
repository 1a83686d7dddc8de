import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expectAccessible } from '../helpers/accessible.ts'
import { tabTo } from '../helpers/keyboard.ts'
import { expect, test, words } from '../helpers/page.ts'
import { httpFailure } from '../provider/presets.ts'

const rich =
  '## Bread\n\n1. Mix\n2. Wait\n\n| Flour | Water |\n| --- | ---: |\n| 500 g | 350 g |\n\n```ts\nconst dough = 1\n```\n\n' +
  '- [ ] salt\n- [x] yeast\n\n> patience, and [a link](https://example.org/)\n\n`code` and **bold**'

test.describe('the first screen', () => {
  test.use({ startWith: { key: null } })

  test('onboarding, with the result of a test and with a failure', async ({ parley, page, provider }) => {
    await parley.start()
    await expect(page.getByRole('heading', { name: 'Welcome to Parley' })).toBeVisible()
    await expectAccessible(page, 'onboarding')
    await page.getByLabel('API key', { exact: true }).fill('test-key-0123456789')
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await expect(page.getByRole('status').filter({ hasText: 'The key works.' })).toBeVisible()
    await page.getByRole('button', { name: 'Proxy and connection' }).click()
    await expectAccessible(page, 'a tested key')
    provider.configure({ acceptedKeys: [] })
    await page.getByRole('button', { name: 'Test', exact: true }).click()
    await expect(page.getByRole('alert')).toBeVisible()
    await expectAccessible(page, 'a rejected key')
  })
})

test('an empty chat, a chat, a running reply, a failure', async ({ chat, provider, page }) => {
  test.slow()
  await expectAccessible(page, 'empty')
  provider.script({ text: rich, reasoning: 'thinking' })
  await chat.ask('Bread?')
  await expect(chat.last()).toContainText('billed')
  await expectAccessible(page, 'a chat')
  provider.script({ text: words(30), holdAfter: 10 })
  await chat.ask('More?')
  await expect(chat.last()).toContainText('word5')
  await expectAccessible(page, 'a running reply')
  await page.getByRole('button', { name: 'More ways to stop' }).click()
  await expect(page.getByRole('menuitem', { name: 'Stop and settle' })).toBeVisible()
  await expectAccessible(page, 'the menu of stops')
  await page.keyboard.press('Escape')
  provider.release()
  await expect(chat.send).toBeVisible()
  provider.script(httpFailure(500))
  await chat.ask('Still there?')
  await expect(chat.alerts).toBeVisible()
  await expectAccessible(page, 'a failure')
  await chat.nav.getByRole('searchbox', { name: 'Search' }).fill('bread')
  await expect(chat.nav.getByRole('status')).toBeVisible()
  await expectAccessible(page, 'a search')
})

test('every page of the settings', async ({ chat, page }) => {
  test.slow()
  for (const tab of ['Key', 'Connection', 'Budget', 'Appearance', 'Data', 'About']) {
    await chat.openSettings(tab)
    await expect(chat.settings.getByRole('tabpanel', { name: tab })).not.toBeEmpty()
    await expectAccessible(page, tab)
    await page.keyboard.press('Escape')
    await expect(chat.settings).toBeHidden()
  }
})

test('the recovery screen and its outcome', async ({ chat, parley, page }) => {
  await expect(chat.message).toBeVisible()
  await parley.stop()
  truncateSync(join(parley.profile, 'store.db'))
  await parley.start()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your conversations need attention')
  await expectAccessible(page, 'recovery')
  await page.getByRole('button', { name: 'Salvage to a new store' }).click()
  await expect(page.getByRole('heading', { name: 'Salvaged' })).toBeVisible()
  await expectAccessible(page, 'the outcome of a recovery')
})

test('sending and stopping by the buttons, with the keyboard alone', async ({ chat, provider, page }) => {
  provider.setDefault({ text: words(40), holdAfter: 10 })
  await expect(chat.message).toBeFocused()
  await page.keyboard.type('Count')
  await tabTo(page, chat.send)
  await page.keyboard.press('Enter')
  await expect(chat.last()).toContainText('word5')
  await tabTo(page, page.getByRole('button', { name: 'More ways to stop' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Stop and settle' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(chat.last()).toContainText('Stopped')
  provider.release()
  await expect(chat.last()).toContainText('billed')
})

test('the focus is not lost when Send becomes Stop and Stop becomes Send', async ({ chat, provider, page }) => {
  const place = () => page.evaluate(() => document.activeElement?.closest('main') !== null)
  provider.setDefault({ text: words(40), holdAfter: 10 })
  await chat.message.fill('Count')
  await chat.send.focus()
  await page.keyboard.press('Enter')
  await expect(chat.last()).toContainText('word5')
  expect(await place()).toBe(true)
  await chat.stop.focus()
  await page.keyboard.press('Enter')
  await expect(chat.last()).toContainText('Stopped')
  expect(await place()).toBe(true)
})

test('the beginning and the end of a reply are said, its words are not', async ({ chat, provider, page }) => {
  provider.setDefault({ text: words(30), holdAfter: 10 })
  await expect(chat.log).toHaveAttribute('aria-live', 'off')
  await chat.ask('Count')
  await expect(page.getByRole('status').filter({ hasText: 'Gemma has begun to reply.' })).toHaveCount(1)
  provider.release()
  await expect(page.getByRole('status').filter({ hasText: 'The reply is complete.' })).toHaveCount(1)
})

test('after a dialog the focus is back where it was', async ({ chat, page }) => {
  const button = chat.nav.getByRole('button', { name: 'Settings' })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(chat.settings).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
})
