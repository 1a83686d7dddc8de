import type { Page } from '@playwright/test'
import { expect, expectPrice, test, words, zeroDollars } from '../helpers/page.ts'

const text = words(80)

/** When the next press of a button, by mouse or key, happens in the page: milliseconds since 1970. */
const nextPress = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        for (const type of ['click', 'keydown']) addEventListener(type, () => resolve(Date.now()), { capture: true })
      }),
  )

test('Stop closes the connection within 250 ms; the text stays; its price comes later, never as zero', async ({
  chat,
  provider,
  page,
}) => {
  provider.setDefault({ text, holdAfter: 30 })
  await chat.ask('Count')
  await expect(chat.last()).toContainText('word20')
  const pressed = nextPress(page)
  await chat.stop.click()
  await expect.poll(() => provider.chats()[0]?.closedBy).toBe('client')
  expect((provider.chats()[0]?.closedAt ?? Infinity) - (await pressed)).toBeLessThanOrEqual(250)
  await expect(chat.last()).toContainText('Stopped. What had arrived is kept.')
  await expect(chat.last()).toContainText('word20')
  await expect(chat.last()).toContainText('not known yet')
  await expect(chat.spend).toContainText('1 not known yet')
  for (const said of [chat.last(), chat.spend, chat.item('Count')]) {
    expect(await said.innerText()).not.toMatch(zeroDollars)
  }
  await expect(chat.alerts).toHaveCount(0)

  await provider.settled()
  await expect(chat.last()).toContainText('billed', { timeout: 15_000 })
  await expectPrice(chat.last(), provider.books.total())
  await expect(chat.spend).not.toContainText('not known')
  await expectPrice(chat.spend, provider.books.total())
  expect(provider.chats()).toHaveLength(1)
})

test('a price that stays unknown stays in words, and is looked up on request', async ({ chat, provider }) => {
  provider.configure({ reportDelayMs: 3_600_000 })
  provider.setDefault({ text, holdAfter: 30 })
  await chat.ask('Count')
  await expect(chat.last()).toContainText('word20')
  await chat.stop.click()
  await expect(chat.last()).toContainText('not known yet, up to $')
  const data = await chat.openSettings('Data')
  await data.getByRole('button', { name: 'Reconcile now' }).click()
  await expect(data).toContainText('0 settled, 1 still unknown.')
  await provider.settled()
  provider.configure({ reportDelayMs: 0 })
  await data.getByRole('button', { name: 'Reconcile now' }).click()
  await expect(data).toContainText(/1 settled; nothing is unknown any more\.|Nothing was unknown\./)
  await chat.page.keyboard.press('Escape')
  await expect(chat.last()).toContainText('billed')
  await expectPrice(chat.last(), provider.books.total())
})

test('Stop and settle shows nothing more and gets the whole price', async ({ chat, provider, page }) => {
  provider.setDefault({ text, holdAfter: 30 })
  await chat.ask('Count')
  await expect(chat.last()).toContainText('word20')
  await page.getByRole('button', { name: 'More ways to stop' }).click()
  await page.getByRole('menuitem', { name: 'Stop and settle' }).click()
  await expect(chat.send).toBeVisible()
  await expect(chat.last()).toContainText('Stopped')
  expect(provider.chats()[0]?.closedAt).toBeNull()
  provider.release()
  await expect(chat.last()).toContainText('billed')
  expect(provider.chats()[0]?.closedBy).toBe('provider')
  expect(provider.books.rows[0]).toMatchObject({ endedBy: 'finish', clientSawMeta: true })
  await expectPrice(chat.last(), provider.books.total())
  await expect(chat.last()).toContainText('word20')
  await expect(chat.last()).not.toContainText('word60')
})

test('while a stopped reply settles, the next message can be sent', async ({ chat, provider, page }) => {
  provider.script({ text, holdAfter: 30 }, { text: 'the second answer' })
  await chat.ask('Count')
  await expect(chat.last()).toContainText('word20')
  await page.getByRole('button', { name: 'More ways to stop' }).click()
  await page.getByRole('menuitem', { name: 'Stop and settle' }).click()
  await expect(chat.send).toBeVisible()
  await chat.ask('Something else')
  await expect(chat.last()).toContainText('the second answer')
  provider.release()
  await expect(chat.replies.first()).toContainText('billed')
  await expect.poll(async () => chat.spend.innerText()).not.toContain('held')
  await expectPrice(chat.spend, provider.books.total())
})

test('Esc stops, and the person can write on', async ({ chat, provider }) => {
  provider.setDefault({ text, holdAfter: 30 })
  await chat.ask('Count')
  await expect(chat.last()).toContainText('word20')
  await chat.message.press('Escape')
  await expect.poll(() => provider.chats()[0]?.closedBy).toBe('client')
  await expect(chat.last()).toContainText('Stopped. What had arrived is kept.')
  await expect(chat.message).toBeFocused()
})

test('stopping before the first word leaves a reply that can be asked for again', async ({ chat, provider }) => {
  provider.script({ text, holdAfter: 0 }, { text: 'an answer at last' })
  await chat.ask('Count')
  await provider.waitForChats(1)
  await chat.stop.click()
  await expect(chat.last()).toContainText('Stopped')
  await expect(chat.send).toBeVisible()
  await chat.last().getByRole('button', { name: 'Retry' }).click()
  await expect(chat.last()).toContainText('an answer at last')
  expect(provider.chats()).toHaveLength(2)
})

test('Stop in one chat leaves the others running', async ({ chat, provider }) => {
  provider.script({ text, holdAfter: 20 }, { text, holdAfter: 20 })
  await chat.ask('One')
  await expect(chat.last()).toContainText('word10')
  await chat.newChat()
  await chat.ask('Two')
  await expect(chat.last()).toContainText('word10')
  await chat.stop.click()
  await expect.poll(() => provider.chats()[1]?.closedBy).toBe('client')
  expect(provider.chats()[0]?.closedAt).toBeNull()
  provider.release()
  await chat.open('One')
  await expect(chat.last()).toContainText(text)
  await expect(chat.last()).toContainText('billed')
})
