import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '../helpers/accessible.ts'
import { writeOldBooks } from '../helpers/old-books.ts'
import { expect, expectPrice, partsOf, test, words } from '../helpers/page.ts'

/** Credits as the page writes them where it is exact. */
function exact(credits: number): string {
  const digits = (BigInt(credits) * 500n).toString().padStart(10, '0')
  return `$${digits.slice(0, -9)}.${digits.slice(-9).replace(/0+$/, '').padEnd(2, '0')}`
}

const spendOf = (page: Page) => page.getByRole('region', { name: 'Spend', exact: true })
const tab = (page: Page, name: string) => spendOf(page).getByRole('tab', { name })
const openSpend = async (page: Page): Promise<Locator> => {
  await page.getByRole('link', { name: 'Spend', exact: true }).click()
  await expect(spendOf(page)).toBeVisible()
  return spendOf(page)
}

test('a month, its days and its chats are the books of the provider to the credit', async ({
  chat,
  provider,
  page,
}) => {
  provider.script({ text: words(40) }, { text: words(10) }, { text: words(20) })
  await chat.ask('A long answer, please')
  await expect(chat.last()).toContainText('billed')
  await chat.ask('And more')
  await expect(chat.last()).toContainText('billed')
  await chat.newChat()
  await chat.ask('A short one')
  await expect(chat.last()).toContainText('billed')
  const [first = 0, second = 0, third = 0] = provider.books.rows.map(({ credits }) => credits)
  const total = provider.books.total()

  const spend = await openSpend(page)
  await expect(spend.getByRole('heading', { name: 'Spend' })).toBeFocused()
  await expectPrice(spend.getByRole('region', { name: /so far$/ }), total)
  await expect(spend.getByRole('region', { name: 'Not yet billed' })).toContainText('Everything is billed.')
  const dearest = spend.getByRole('table', { name: 'By chat, dearest first' }).getByRole('row')
  await expect(dearest.nth(1)).toContainText('A long answer, please')
  await expect(dearest.nth(1).getByTitle(`Exactly ${exact(first + second)}`)).toBeVisible()
  await expect(dearest.nth(2).getByTitle(`Exactly ${exact(third)}`)).toBeVisible()

  const bars = spend.getByRole('group', { name: /^By day/ })
  await expect(bars.getByRole('button', { name: `${exact(total)} settled` })).toHaveCount(1)
  await spend.getByRole('group', { name: 'Show “By day” as' }).getByRole('radio', { name: 'Table' }).check()
  await expect(spend.getByRole('table', { name: /^By day/ }).getByRole('cell', { name: exact(total) })).toBeVisible()

  // The sums elsewhere on the screen are the same.
  await page.keyboard.press('Escape')
  await expect(spend).toBeHidden()
  await expect(chat.message).toBeFocused()
  await expectPrice(page.getByRole('link', { name: /so far:/ }), total)
  await expectPrice(chat.spend, third)
  await expectPrice(page.getByRole('link', { name: /^Cost of this chat/ }), third, 2)
  await expectPrice(chat.item('A long answer, please'), first + second, 2)
})

test('from a bar to its requests, to the account of one, to the very message', async ({ chat, provider, page }) => {
  provider.script({ text: words(30) }, { text: words(5) })
  await chat.ask('First question')
  await expect(chat.last()).toContainText('billed')
  await chat.newChat()
  await chat.ask('Second question')
  await expect(chat.last()).toContainText('billed')
  const [row] = provider.books.rows

  const spend = await openSpend(page)
  const bars = spend.getByRole('group', { name: /^By day/ })
  const today = bars.getByRole('button', { name: /settled$/ })
  await today.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(today).not.toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(today).toBeFocused()
  await page.keyboard.press('Enter')
  const ledger = spend.getByRole('table', { name: 'Ledger' })
  await expect(spend.getByRole('status').filter({ hasText: '2 requests' })).toBeVisible()
  await spend.getByLabel('Chat', { exact: true }).selectOption('First question')
  await expect(spend.getByRole('status').filter({ hasText: '1 request' })).toBeVisible()
  await spend.getByRole('button', { name: 'Running' }).click()
  await expect(spend.getByText('No request matches this filter.')).toBeVisible()
  await spend.getByRole('button', { name: 'Clear filters' }).click()
  await expect(ledger.getByRole('row')).toHaveCount(3)

  await ledger
    .getByRole('button', { name: /^Account of the request/ })
    .first()
    .focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const account = page.getByRole('dialog', { name: 'Account of one request' })
  await expect(account).toContainText(exact(row?.credits ?? 0))
  await expect(account).toContainText(
    `Rounded up to whole credits, once: ${row?.credits} credits. That is what was billed.`,
  )
  await expect(account).toContainText('Billed by the provider')
  await expect(account.getByRole('listitem')).toHaveCount(2)
  await expect(account).toContainText(row?.inferenceId ?? '?')
  await expect(account).toContainText(row?.clientRequestId ?? '?')
  await expectAccessible(page, 'an account')
  await account.getByRole('button', { name: 'Show the message' }).click()
  await expect(spend).toBeHidden()
  await expect(chat.replies).toHaveCount(1)
  await expect(chat.prompts).toContainText('First question')
})

test('what is not yet billed is said with its reason, looked up and settled, and then every cent is explained', async ({
  chat,
  provider,
  page,
}) => {
  await openSpend(page)
  await tab(page, 'Not yet billed').click()
  const spend = spendOf(page)
  await expect(spend.getByText('Everything is billed.')).toBeVisible()
  await spend.getByRole('button', { name: 'Compare now' }).click()
  await expect(spend.getByText('The first reading of your balance')).toBeVisible()
  await page.keyboard.press('Escape')

  provider.configure({ reportDelayMs: 600_000 })
  provider.script({ text: words(60), holdAfter: 6 })
  await chat.ask('Cut me off')
  await expect(chat.last()).toContainText('word3')
  await chat.stop.click()
  const line = chat.last().getByRole('button', { name: /not known yet, up to/ })
  await expect(line).toBeVisible()
  await line.click()
  const details = page.getByRole('dialog', { name: 'What this reply cost' })
  await expect(details).toContainText('Up to')
  await expect(details).toContainText('It was cut before its bill arrived.')
  await expectAccessible(page, 'what is held')
  await page.keyboard.press('Escape')

  await openSpend(page)
  await expect(spend.getByRole('region', { name: 'Not yet billed' })).toContainText('1 request')
  await spend.getByRole('link', { name: 'See why' }).click()
  const open = spend.getByRole('list', { name: 'Requests without a bill' })
  await expect(open.getByRole('listitem')).toHaveCount(1)
  await expect(open).toContainText('Cut me off')
  await expect(open).toContainText('Up to $')
  await spend.getByRole('button', { name: 'Compare now' }).click()
  await expect(spend.getByText('Not possible while 1 request is open')).toBeVisible()
  await expectAccessible(page, 'what is not yet billed')

  provider.release()
  await provider.settled()
  provider.configure({ reportDelayMs: 0 })
  await spend.getByRole('button', { name: 'Look again now' }).click()
  await expect(spend.getByRole('status').filter({ hasText: 'Everything is billed.' })).toBeVisible()
  await expect(open).toBeHidden()
  await spend.getByRole('button', { name: 'Compare now' }).click()
  await expect(spend.getByText('Every cent is explained.')).toBeVisible()
  const compared = spend.getByRole('table', { name: 'Compared with the account' })
  await expect(compared.getByRole('row', { name: /^This app/ })).toContainText(exact(provider.books.total()))
  await expect(spend.getByText('2 free calls were made: GET /v2/billing; GET /v2/logs.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expectPrice(chat.last(), provider.books.total())
})

test('the cost of a reply opens from its line with the keyboard, and leads to its requests in the ledger', async ({
  chat,
  provider,
  page,
}) => {
  provider.script({ failure: { status: 503 } }, { text: words(12) })
  await chat.ask('Try twice')
  await expect(chat.last()).toContainText('billed')
  const credits = provider.books.total()
  const line = chat.last().getByRole('button', { name: /billed/ })
  await line.focus()
  await page.keyboard.press('Enter')
  const details = page.getByRole('dialog', { name: 'What this reply cost' })
  await expect(details).toContainText(`${exact(credits)} (${credits} credits)`)
  await expect(details).toContainText('Billed by the provider')
  await expect(details).toContainText('$1.361646 in, $2.049346 out per 1,000,000')
  await expect(details.getByRole('listitem')).toHaveCount(2)
  await expect(details.getByRole('listitem').first()).toContainText('not charged')
  await page.keyboard.press('Escape')
  await expect(line).toBeFocused()
  await page.keyboard.press('Enter')
  await details.getByRole('link', { name: 'In the ledger' }).click()
  const ledger = spendOf(page).getByRole('table', { name: 'Ledger' })
  await expect(ledger.getByRole('row')).toHaveCount(3)
  await expect(ledger.getByRole('row', { name: 'Not charged' })).toBeVisible()
  await expect(spendOf(page).getByText('One message only')).toBeVisible()
})

test('what is held after Stop and settle is explained while it is, and becomes the whole price', async ({
  chat,
  provider,
  page,
}) => {
  provider.script({ text: words(60), holdAfter: 6 })
  await chat.ask('Settle this')
  await expect(chat.last()).toContainText('word3')
  await page.getByRole('button', { name: 'More ways to stop' }).click()
  await page.getByRole('menuitem', { name: 'Stop and settle' }).click()
  const line = chat.last().getByRole('button', { name: /^up to \$.* held$/ })
  await line.click()
  const details = page.getByRole('dialog', { name: 'What this reply cost' })
  await expect(details).toContainText('also where you chose Stop and settle')
  provider.release()
  await provider.settled()
  await expect(details).toContainText(`${exact(provider.books.total())} (${provider.books.total()} credits)`)
})

test('the page lies over the chat: what was typed, and where one was, stays', async ({ chat, page, provider }) => {
  provider.script({ text: words(4_000) })
  await chat.ask('Something to scroll')
  await expect(chat.last()).toContainText('billed')
  await chat.log.evaluate((log) => (log.scrollTop = 400))
  await chat.message.fill('Half a thought')
  const before = await chat.log.evaluate((log) => log.scrollTop)
  await openSpend(page)
  // Nothing under the page can be reached, and no key buys anything unseen.
  await expect(page.getByRole('main')).toHaveAttribute('inert')
  await chat.message.focus()
  await expect(chat.message).not.toBeFocused()
  await page.keyboard.press('Control+r')
  await tab(page, 'Ledger').click()
  await page.keyboard.press('Escape')
  await expect(chat.message).toBeFocused()
  await expect(chat.message).toHaveValue('Half a thought')
  expect(await chat.log.evaluate((log) => log.scrollTop)).toBe(before)
  expect(provider.books.requestCount).toBe(1)
  await page.keyboard.press('Control+Shift+P')
  await page.getByRole('combobox').fill('Spend')
  await page.keyboard.press('Enter')
  await expect(spendOf(page)).toBeVisible()
  await page.keyboard.press('Control+l')
  await expect(chat.message).toBeFocused()
})

test('books of a year: the calendar, a chat that was deleted, and a request without a trace is written off', async ({
  parley,
  provider,
  page,
}) => {
  test.slow()
  const older = [1, 2, 3, 40, 41, 90, 200].flatMap((daysAgo) => [
    { daysAgo, title: 'Old letters', credits: 1_000 + daysAgo },
    { daysAgo, title: 'Older recipes', credits: 300 },
  ])
  writeOldBooks(parley.profile, provider.url, [...older, { daysAgo: 5, title: 'Old letters', credits: null }])
  await parley.start()
  const chat = partsOf(page)
  await chat.item('Older recipes').hover()
  await chat.item('Older recipes').getByRole('button', { name: 'Chat actions' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const spend = await openSpend(page)
  const credits = older.reduce((sum, each) => sum + each.credits, 0)
  await spend.getByRole('radio', { name: 'All time' }).check()
  const chats = spend.getByRole('table', { name: 'By chat, dearest first' })
  await expect(chats.getByRole('row', { name: /Older recipes/ })).toContainText('Deleted')
  await expect(chats.getByTitle(`Exactly ${exact(credits - 7 * 300)}`)).toBeVisible()
  const calendar = spend.getByRole('group', { name: 'The last twelve months' })
  await expect(calendar.getByRole('button', { name: /settled/ })).toHaveCount(7)
  await expect(calendar.getByRole('button', { name: /1 request not known yet, up to \$0\.0337 held/ })).toHaveCount(1)
  await expectAccessible(page, 'the overview')

  await tab(page, 'Not yet billed').click()
  await spend.getByRole('button', { name: 'Look again now' }).click()
  const untraced = spend.getByRole('list', { name: 'Without a trace for 72 hours' })
  await untraced.getByRole('button', { name: 'Write off…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Write off' }).click()
  await expect(untraced).toBeHidden()
  await expect(spend.getByText('Everything is billed.').first()).toBeVisible()
  await tab(page, 'Ledger').click()
  await spend.getByRole('button', { name: 'Written off' }).click()
  await expect(spend.getByRole('table', { name: 'Ledger' }).getByRole('row')).toHaveCount(2)
  await expectAccessible(page, 'the ledger')
})
