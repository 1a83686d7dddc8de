import { cut } from '../provider/presets.ts'
import { expect, test } from './ui-house.ts'

test('a cut reply says once what happened, and what it cost once that is known', async ({ view, provider }) => {
  provider.script({ ...cut(5), text: 'one two three four five six seven eight nine ten' })
  const reply = await view.askAndWait('Go')
  await expect(reply.getByRole('alert')).toContainText('The connection closed before the model was done.')
  await expect(reply).not.toContainText('the computer stopped')
  await expect(reply.getByText(/billed$/)).toBeVisible()
  await expect(reply.getByRole('alert')).toContainText('What arrived was charged.')
})

test('the keyboard is not lost: Retry, the pager, a new title, a search', async ({ view, provider }) => {
  provider.script({ text: 'First version' }, { text: 'Second version' })
  await view.askAndWait('About rivers')
  await view.replies().getByRole('button', { name: 'Retry' }).focus()
  await view.page.keyboard.press('Enter')
  await expect(view.replies()).toContainText('Second version')
  await expect(view.message).toBeFocused()

  const previous = view.replies().getByRole('button', { name: 'Previous version' })
  await previous.focus()
  await view.page.keyboard.press('Enter')
  await expect(view.replies()).toContainText('First version')
  await expect(view.replies().getByRole('button', { name: 'Next version' })).toBeFocused()

  const chat = view.sidebar.getByRole('listitem', { name: 'About rivers' }).getByRole('button').first()
  await chat.focus()
  await view.page.keyboard.press('F2')
  await view.page.keyboard.type('Rivers')
  await view.page.keyboard.press('Enter')
  const renamed = view.sidebar.getByRole('listitem', { name: 'Rivers' }).getByRole('button').first()
  await expect(renamed).toBeFocused()

  await view.page.keyboard.press('ControlOrMeta+n')
  await expect(view.log.getByRole('article')).toHaveCount(0)
  await view.page.keyboard.press('ControlOrMeta+k')
  await view.page.keyboard.type('version')
  await expect(view.sidebar.getByRole('listitem')).toHaveCount(2)
  await view.page.keyboard.press('ArrowDown')
  await expect(view.sidebar.getByRole('listitem').first().getByRole('button')).toBeFocused()
  await view.page.keyboard.press('Enter')
  await expect(view.replies()).toHaveCount(1)
})

test('the longest message of any script is sent', async ({ view }) => {
  const text = '漢'.repeat(399_990)
  await view.message.fill(text)
  await view.page.keyboard.press('Enter')
  await expect(view.message).toHaveValue('')
  await expect(view.log.getByRole('article', { name: 'You' })).toHaveCount(1)
})
