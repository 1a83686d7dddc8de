import { tabTo } from '../helpers/keyboard.ts'
import { expect, partsOf, test } from '../helpers/page.ts'
import { branchLength } from '../helpers/thread-view.ts'

test.use({ startWith: { key: null } })

test('a whole visit with the keyboard alone', async ({ parley, page }) => {
  test.slow()
  const { keyboard } = page
  await parley.start()
  const chat = partsOf(page)
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  await test.step('the demo, a question, its answer', async () => {
    await tabTo(page, button('Try without a key'))
    await keyboard.press('Enter')
    await expect(chat.message).toBeFocused()
    await expect(chat.message).toBeEditable()
    await keyboard.type('What can you do?')
    await keyboard.press('Enter')
    await expect(chat.stop).toBeVisible()
    await expect(chat.send).toBeVisible({ timeout: 30_000 })
    await expect(chat.message).toBeFocused()
  })

  await test.step('reading back, and following again', async () => {
    await page.setViewportSize({ width: 1100, height: 420 })
    await tabTo(page, chat.log, 'Shift+Tab')
    await keyboard.press('Home')
    await expect(button('Jump to latest')).toBeVisible()
    await keyboard.press('End')
    await expect(button('Jump to latest')).toBeHidden()
    await page.setViewportSize({ width: 1100, height: 720 })
  })

  await test.step('messages by key: walk, copy, quote', async () => {
    await page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => {
        document.documentElement.dataset['copied'] = text
      }
    })
    await keyboard.press('Control+l')
    await keyboard.press('Alt+ArrowUp')
    await expect(chat.last()).toBeFocused()
    await keyboard.press('c')
    await expect(page.locator('html')).toHaveAttribute('data-copied', /\S/)
    await keyboard.press('q')
    await expect(chat.message).toBeFocused()
    await expect(chat.message).toHaveValue(/^> /)
    await keyboard.press('Control+a')
    await keyboard.press('Delete')
  })

  await test.step('editing, sending again, and the version before', async () => {
    await keyboard.press('Alt+ArrowUp')
    await keyboard.press('k')
    await expect(chat.prompts.first()).toBeFocused()
    await keyboard.press('e')
    await expect(page.getByRole('textbox', { name: 'Text of the message' })).toBeFocused()
    await keyboard.press('Control+a')
    await keyboard.type('What can you not do?')
    await tabTo(page, button('Save and resend'))
    await keyboard.press('Enter')
    await expect(chat.prompts).toContainText(['What can you not do?'])
    await expect(chat.prompts.first()).toContainText('2/2')
    await keyboard.press('Escape')
    await expect(chat.send).toBeVisible()
    await tabTo(page, chat.prompts.first().getByRole('button', { name: 'Previous version' }), 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(chat.prompts).toContainText(['What can you do?'])
    await expect(chat.prompts.first().getByRole('button', { name: 'Next version' })).toBeFocused()
  })

  await test.step('finding in the chat', async () => {
    await keyboard.press('Control+f')
    await keyboard.type('what can')
    const bar = page.getByRole('search', { name: 'Find in chat' })
    await expect(bar.getByRole('status')).toHaveText(/^1 of \d|^\d+ of \d+$/)
    await keyboard.press('Enter')
    await keyboard.press('Escape')
    await expect(bar).toHaveCount(0)
  })

  await test.step('another chat, a search, and a jump', async () => {
    await keyboard.press('Control+n')
    await expect.poll(() => branchLength(chat.log)).toBe(0)
    await expect(chat.message).toBeFocused()
    await keyboard.type('Tell me about rivers')
    await keyboard.press('Enter')
    await expect(chat.stop).toBeVisible()
    await keyboard.press('Escape')
    await expect(chat.last()).toContainText('Stopped.')
    await keyboard.press('Control+k')
    await keyboard.type('what can you do')
    await expect(chat.nav.getByRole('status')).toHaveText(/result/)
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await expect(chat.prompts).toContainText(['What can you do?'])
    await keyboard.press('Control+k')
    await keyboard.press('Escape')
    await expect(chat.nav.getByRole('searchbox', { name: 'Search' })).toHaveValue('')
  })

  await test.step('several chats picked, deleted, brought back; the trash', async () => {
    const items = chat.nav.getByRole('listitem')
    await expect(items).toHaveCount(2)
    await tabTo(page, items.first().getByRole('button').first())
    await keyboard.press('Shift+ArrowDown')
    await expect(chat.nav.getByRole('status')).toHaveText('2 selected')
    await keyboard.press('Delete')
    await expect(chat.item('Tell me about rivers')).toHaveCount(0)
    await tabTo(page, button('Undo'))
    await keyboard.press('Enter')
    await expect(chat.item('Tell me about rivers')).toBeVisible()
    await tabTo(page, chat.item('Tell me about rivers').getByRole('button').first())
    await keyboard.press('Delete')
    await expect(chat.item('Tell me about rivers')).toHaveCount(0)
    await tabTo(page, button('Trash'))
    await keyboard.press('Enter')
    await tabTo(page, chat.item('Tell me about rivers').getByRole('button', { name: 'Delete for good' }))
    await keyboard.press('Enter')
    await tabTo(page, page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }))
    await keyboard.press('Enter')
    await expect(chat.nav).toContainText('The trash is empty.')
    await tabTo(page, button('Back to chats'))
    await keyboard.press('Enter')
    await expect(chat.item('What can you do?')).toBeVisible()
  })

  await test.step('a new name', async () => {
    await tabTo(page, chat.item('What can you do?').getByRole('button').first())
    await keyboard.press('F2')
    await expect(chat.nav.getByRole('textbox', { name: 'Title' })).toBeFocused()
    await keyboard.type('My first chat')
    await keyboard.press('Enter')
    await expect(chat.item('My first chat')).toBeVisible()
  })

  await test.step('the palette, the settings, and back', async () => {
    await keyboard.press('Control+Shift+P')
    await expect(page.getByRole('combobox')).toBeFocused()
    await keyboard.type('settings')
    await keyboard.press('Enter')
    await expect(chat.settings).toBeVisible()
    await tabTo(page, chat.settings.getByRole('tab', { selected: true }))
    for (const name of ['Connection', 'Budget', 'Appearance']) {
      await keyboard.press('ArrowDown')
      await keyboard.press('Enter')
      await expect(chat.settings.getByRole('tabpanel', { name })).toBeVisible()
    }
    await tabTo(page, chat.settings.getByRole('radio', { name: 'System' }).first())
    await keyboard.press('ArrowRight')
    await expect(chat.settings.getByRole('radio', { name: 'Light' })).toBeChecked()
    await keyboard.press('Escape')
    await expect(chat.settings).toBeHidden()
    await keyboard.press('Control+l')
    await expect(chat.message).toBeFocused()
  })

  await test.step('leaving, and finding everything again', async () => {
    await parley.stop()
    await parley.start()
    await expect(chat.message).toBeFocused()
    await tabTo(page, chat.item('My first chat').getByRole('button').first(), 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(chat.prompts).toContainText(['What can you do?'])
  })
})
