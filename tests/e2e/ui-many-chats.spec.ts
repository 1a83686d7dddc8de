import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { profileWith } from '../helpers/long-chat.ts'
import { expect, test } from './ui-house.ts'

const count = 500
const profile = profileWith(
  Array.from({ length: count }, (_, number) => ({
    turns: 1,
    question: () => `Chat number ${number}`,
    answer: () => 'An answer.',
  })),
)
test.use({ appOptions: { profile } })
test.afterAll(() => rmSync(join(profile, '..'), { recursive: true, force: true }))

test('a long list of chats is drawn as far as it is looked at, and reaches its end', async ({ view }) => {
  const items = view.sidebar.getByRole('listitem')
  await expect(items.first()).toHaveAccessibleName(`Chat number ${count - 1}`)
  expect(await items.count()).toBeLessThan(count)
  await expect(async () => {
    await items.last().scrollIntoViewIfNeeded()
    expect(await items.count()).toBe(count)
  }).toPass()
  await view.sidebar.getByRole('listitem', { name: 'Chat number 0', exact: true }).getByRole('button').first().click()
  await expect(view.page.getByRole('heading', { level: 1 })).toHaveText('Chat number 0')

  // After a reload the chat that is open is in the list, however far down it is.
  await view.page.reload()
  await expect(view.sidebar.getByRole('listitem', { name: 'Chat number 0', exact: true })).toBeAttached()

  // A search answers every letter, and leaves the list as it was.
  const search = view.sidebar.getByRole('searchbox', { name: 'Search' })
  await search.pressSequentially('number 417')
  await expect(items.first()).toHaveAccessibleName(/Chat number 417/)
  await search.press('Escape')
  await expect(items.first()).toHaveAccessibleName(`Chat number ${count - 1}`)
})
