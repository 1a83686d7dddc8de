import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { accessFaults, wcag22aa } from '../helpers/accessible.ts'
import { expect, test, words } from '../helpers/page.ts'
import { httpFailure } from '../provider/presets.ts'

/** In both themes, and in a window as a person sees it who draws everything at 200 %. */
async function expectAccessible(page: Page, where: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 1_100, height: 720 }
  const looks = [
    { colorScheme: 'light', width: size.width, height: size.height },
    { colorScheme: 'dark', width: size.width, height: size.height },
    { colorScheme: 'dark', width: 600, height: 400 },
  ] as const
  for (const { colorScheme, ...viewport } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize(viewport)
    expect(await accessFaults(page, wcag22aa), `${where}, ${colorScheme}, ${viewport.width} wide`).toEqual([])
  }
  await page.setViewportSize(size)
}

test('finding words in a chat', async ({ chat, provider, page }) => {
  provider.setDefault({ text: 'An answer about bread.' })
  await chat.ask('Bread?')
  await expect(chat.last()).toContainText('billed')
  await page.keyboard.press('Control+f')
  await page.keyboard.type('bread')
  await expect(page.getByRole('search', { name: 'Find in chat' }).getByRole('status')).toHaveText(/of/)
  await expectAccessible(page, 'finding')
})

test('editing, versions, several picked', async ({ chat, provider, page }) => {
  test.slow()
  provider.setDefault({ text: 'An answer about bread.' })
  await chat.ask('Bread?')
  await expect(chat.last()).toContainText('billed')
  await page.keyboard.press('Control+r')
  await expect(chat.last()).toContainText('2/2')
  await page.keyboard.press('Control+l')
  await page.keyboard.press('Alt+ArrowUp')
  await page.keyboard.press('k')
  await page.keyboard.press('e')
  await expect(page.getByRole('textbox', { name: 'Text of the message' })).toBeFocused()
  await expectAccessible(page, 'editing')
  await page.keyboard.press('Escape')
  await chat.item('Bread?').getByRole('button').first().focus()
  await page.keyboard.press('Control+a')
  await expect(chat.nav.getByRole('status')).toHaveText('1 selected')
  await expectAccessible(page, 'picked')
})

test('the menu of a message', async ({ chat, provider, page }) => {
  provider.setDefault({ text: 'An answer.' })
  await chat.ask('Bread?')
  await expect(chat.last()).toContainText('billed')
  await chat.last().getByRole('button', { name: 'More actions' }).click()
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeVisible()
  await expectAccessible(page, 'the menu of a message')
})

test('what was deleted: Undo, the trash, what asks before it deletes for good', async ({ chat, provider, page }) => {
  test.slow()
  provider.setDefault({ text: 'An answer.' })
  await chat.ask('Bread?')
  await expect(chat.last()).toContainText('billed')
  await chat.item('Bread?').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await expectAccessible(page, 'Undo')
  await chat.nav.getByRole('button', { name: 'Trash' }).click()
  await expect(chat.item('Bread?')).toContainText('days left')
  await expectAccessible(page, 'the trash')
  await chat.item('Bread?').getByRole('button', { name: 'Delete for good' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await expectAccessible(page, 'the question')
})

test('the palette and the keys', async ({ chat, page }) => {
  await expect(chat.message).toBeFocused()
  await page.keyboard.press('Control+Shift+P')
  await expect(page.getByRole('combobox')).toBeFocused()
  await expectAccessible(page, 'the palette')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('combobox')).toHaveCount(0)
  await page.keyboard.press('Control+/')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await expectAccessible(page, 'the keys')
})

test('the options of a chat', async ({ page, chat }) => {
  await expect(chat.message).toBeFocused()
  await page.getByRole('button', { name: 'Chat options' }).click()
  await expect(page.getByRole('complementary', { name: 'Chat options' })).toBeVisible()
  await expectAccessible(page, 'the options')
})

test('a reply that thinks, and one that was stopped', async ({ chat, provider, page }) => {
  provider.script({ text: words(30), reasoning: words(30), holdAfter: 5 })
  await chat.ask('Think')
  await expect(chat.last().getByRole('button', { name: 'Thinking…' })).toBeVisible()
  await expectAccessible(page, 'thinking')
  await page.keyboard.press('Escape')
  await expect(chat.last()).toContainText('Stopped.')
  await expectAccessible(page, 'stopped')
})

test('a reply that waits to try again', async ({ chat, provider, page }) => {
  provider.script(httpFailure(429, { retryAfter: 60 }))
  await chat.ask('Again')
  await expect(chat.last()).toContainText(/Attempt 2 in/)
  await expectAccessible(page, 'waiting to try again')
})

test('a store that is only read', async ({ chat, provider, parley, page }) => {
  provider.setDefault({ text: 'An answer.' })
  await chat.ask('Bread?')
  await expect(chat.last()).toContainText('billed')
  await parley.stop()
  const file = openSync(join(parley.profile, 'store.db'), 'r+')
  writeSync(file, Buffer.alloc(100, 0x41), 0, 100, 0)
  closeSync(file)
  await parley.start()
  await page.getByRole('button', { name: 'Open read-only' }).click()
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Open read-only')
  await expectAccessible(page, 'read-only')
})
