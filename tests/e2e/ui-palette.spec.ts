import { accessFaults } from '../helpers/accessible.ts'
import { expect, test } from './ui-house.ts'

test('the palette does by name what the keys do, and opens chats', async ({ view, provider }) => {
  provider.setDefault({ text: 'An answer.' })
  await view.askAndWait('First question')
  await view.page.keyboard.press('Control+Shift+P')
  const field = view.page.getByRole('combobox', { name: 'What would you like to do?' })
  await expect(field).toBeFocused()
  expect(await accessFaults(view.page)).toEqual([])
  await view.page.keyboard.type('chat opt')
  await view.page.keyboard.press('Enter')
  await expect(view.page.getByRole('complementary', { name: 'Chat options' })).toBeVisible()
  await view.page.keyboard.press('Control+n')
  await expect(view.replies()).toHaveCount(0)
  await view.page.keyboard.press('Control+Shift+P')
  await view.page.keyboard.type('first que')
  await view.page.keyboard.press('Enter')
  await expect(view.replies()).toContainText('An answer.')
  await view.page.keyboard.press('Control+1')
  await expect(view.replies()).toHaveCount(0)
})

test('the sheet shows every key', async ({ view }) => {
  await expect(view.message).toBeFocused()
  await view.page.keyboard.press('Control+/')
  const sheet = view.page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet).toContainText('Find in this chat')
  expect(await accessFaults(view.page)).toEqual([])
  await view.page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
})
