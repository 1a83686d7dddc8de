import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { profileWith } from '../helpers/long-chat.ts'
import { expect, test } from './ui-house.ts'

const profile = profileWith([
  {
    turns: 400,
    question: (n) => `Question ${n}`,
    answer: (n) => (n % 100 === 7 ? `Here the **needle** lies, needle ${n}.` : `Answer ${n} without it.`),
  },
])
test.use({ appOptions: { profile } })
test.describe.configure({ mode: 'serial' })
test.afterAll(() => rmSync(join(profile, '..'), { recursive: true, force: true }))

test('find in chat counts, marks and walks what is not loaded too', async ({ view }) => {
  await expect(view.replies().last()).toContainText('Answer 399')
  await view.page.keyboard.press('Control+f')
  const field = view.page.getByRole('textbox', { name: 'Find in chat' })
  await expect(field).toBeFocused()
  await view.page.keyboard.type('needle')
  const bar = view.page.getByRole('search', { name: 'Find in chat' })
  await expect(bar.getByRole('status')).toHaveText('8 of 8')
  await expect(view.log.getByText('needle 307')).toBeInViewport()
  const marks = () => view.page.evaluate(() => CSS.highlights.get('find')?.size ?? 0)
  expect(await marks()).toBe(2)
  await view.page.keyboard.press('Enter')
  await expect(bar.getByRole('status')).toHaveText('1 of 8')
  await expect(view.log.getByText('needle 7.')).toBeInViewport()
  await view.page.keyboard.press('Shift+Enter')
  await expect(bar.getByRole('status')).toHaveText('8 of 8')
  await expect(view.log.getByText('needle 307')).toBeInViewport()
  await view.page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
  expect(await marks()).toBe(0)
})

test('a hit of the search opens at its message with what is around it', async ({ view }) => {
  await expect(view.replies().last()).toContainText('Answer 399')
  await view.page.keyboard.press('Control+k')
  await view.page.keyboard.type('needle 107')
  await view.sidebar.getByRole('listitem').filter({ hasText: '107' }).first().getByRole('button').click()
  await expect(view.log.getByText('needle 107')).toBeInViewport()
  await expect(view.log.getByText('Answer 108 without')).toBeVisible()
  await expect(view.log.getByText('Answer 106 without')).toBeVisible()
  // The end of the branch is what is recalled and copied, though it is not loaded here.
  await view.page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => {
      document.documentElement.dataset['copied'] = text
    }
  })
  await view.page.keyboard.press('Control+Shift+C')
  await expect(view.page.locator('html')).toHaveAttribute('data-copied', 'Answer 399 without it.')
  await view.message.press('ArrowUp')
  await expect(view.message).toHaveValue('Question 399')
  await view.message.fill('')
  await view.page.getByRole('button', { name: 'Jump to latest' }).click()
  await expect(view.replies().last()).toContainText('Answer 399')
})
