import type { Locator } from '@playwright/test'
import { accessFaults } from '../helpers/accessible.ts'
import { expect, expectPrice, test } from '../helpers/page.ts'

const budgetRow = (tab: Locator, name: string) => tab.getByRole('listitem').filter({ hasText: name })

async function setLimit(tab: Locator, scope: string, amount: string) {
  await tab.getByRole('button', { name: new RegExp(`(Set a|Change the) limit: ${scope}`) }).click()
  await tab.getByRole('textbox', { name: `Limit in dollars: ${scope}` }).fill(amount)
  await tab.getByRole('button', { name: 'Save' }).click()
}

test('a limit is written as people write, read back, changed and removed', async ({ chat, page }) => {
  const tab = await chat.openSettings('Budget')
  expect(await chat.settings.getByRole('tab').allInnerTexts()).toEqual([
    'Key',
    'Connection',
    'Budget',
    'Appearance',
    'Data',
    'About',
  ])
  await tab.getByRole('button', { name: 'Set a limit: Each month' }).click()
  const field = tab.getByRole('textbox', { name: 'Limit in dollars: Each month' })
  await expect(field).toBeFocused()
  const save = tab.getByRole('button', { name: 'Save' })
  for (const [text, why] of [
    ['1,000', /a thousand or one/],
    ['-5', /below zero/],
    ['0.0000000001', /nine decimals/],
    ['plenty', /amount in dollars/],
  ] as const) {
    await field.fill(text)
    await expect(field).toHaveAccessibleDescription(why)
    await expect(save).toBeDisabled()
  }
  await field.fill('1 000')
  await expect(field).toHaveAccessibleDescription('Reads as $1,000.00.')
  await field.press('Enter')
  await expect(budgetRow(tab, 'Each month')).toContainText('at most $1,000.00')
  await setLimit(tab, 'Each month', '0,05')
  await expect(budgetRow(tab, 'Each month')).toContainText('$0.00 of $0.05 used')
  await expect(tab.getByRole('meter', { name: 'Each month: used' })).toHaveAttribute('aria-valuenow', '0')
  expect(await accessFaults(page)).toEqual([])
  await tab.getByRole('button', { name: 'Remove the limit: Each month' }).click()
  await expect(budgetRow(tab, 'Each month')).toContainText('No limit')
})

test('what does not fit is not sent, says by how much, and can be limited', async ({ chat, page, provider }) => {
  provider.setDefault({ text: 'Yes.' })
  await setLimit(await chat.openSettings('Budget'), 'Each message', '0.01')
  await page.keyboard.press('Escape')
  await chat.message.fill('Hello there')
  await chat.message.press('Enter')
  const refusal = chat.alerts.filter({ hasText: 'does not fit into the budget' })
  await expect(refusal).toContainText(/One message may cost \$0\.01: that is up to \$0\.02\d+ too much\./)
  await expect(chat.message).toHaveValue('Hello there')
  expect(provider.chats()).toHaveLength(0)
  expect(await accessFaults(page)).toEqual([])

  await refusal.getByRole('button', { name: 'Shorten it' }).click()
  await expect(chat.message).toBeFocused()
  await refusal.getByRole('button', { name: /^Limit replies to [\d,]+ tokens and send$/ }).click()
  await expect(chat.last()).toContainText('Yes.')
  await expect(chat.message).toHaveValue('')
  await expect(chat.alerts).toHaveCount(0)
  await provider.settled()
  const limit = (provider.chats().at(-1)?.json as { max_tokens?: number } | undefined)?.max_tokens
  expect(limit).toBeGreaterThan(1_000)
  await expectPrice(chat.spend, provider.books.total())
  await expect(page.getByText('Replies in this chat now have at most')).toBeVisible()
})

test('one turn can be let through, which is noted; the limit can be raised', async ({ chat, page, provider }) => {
  provider.setDefault({ text: 'Yes.' })
  await setLimit(await chat.openSettings('Budget'), 'Each day', '0.001')
  await page.keyboard.press('Escape')
  await chat.message.fill('Hello')
  await chat.message.press('Enter')
  await chat.alerts.getByRole('button', { name: /Send this once anyway, at most \$0\.0/ }).click()
  await expect(chat.last()).toContainText('billed')
  expect(provider.chats()).toHaveLength(1)
  await chat.last().getByRole('button', { name: 'Retry' }).click()
  await expect(chat.last().getByRole('alert')).toContainText('does not fit into the budget')
  await chat.message.press('Control+r')
  await expect(chat.alerts).toHaveCount(2)
  expect(provider.chats()).toHaveLength(1)
  await chat.last().getByRole('button', { name: 'Raise the budget…' }).click()
  const tab = chat.settings.getByRole('tabpanel')
  await expect(tab).toContainText(/Let through once, up to \$0\.0\d+ over \$0\.001 for \w+ \d+, \d+/)
  await setLimit(tab, 'Each day', '1')
  await page.keyboard.press('Escape')
  await chat.last().getByRole('button', { name: 'Retry' }).click()
  await expect(chat.last()).toContainText('2/2')
  await expect(chat.alerts).toHaveCount(0)
  expect(provider.chats()).toHaveLength(2)
  await provider.settled()
  await expectPrice(chat.spend, provider.books.total())
})

test('an edit that does not fit keeps what was written', async ({ chat, page, provider }) => {
  provider.setDefault({ text: 'Yes.' })
  await chat.ask('Hello')
  await expect(chat.last()).toContainText('billed')
  await setLimit(await chat.openSettings('Budget'), 'This chat: Hello', '0.002')
  await page.keyboard.press('Escape')
  await chat.prompts.last().hover()
  await chat.prompts.last().getByRole('button', { name: 'Edit' }).click()
  await page.getByLabel('Text of the message').fill('Hello again')
  await page.getByRole('button', { name: 'Save and resend' }).click()
  await expect(chat.prompts.last().getByRole('alert')).toContainText(
    /Of the \$0\.002 for this chat, \$0\.001\d* is left/,
  )
  await expect(page.getByLabel('Text of the message')).toHaveValue('Hello again')
  expect(provider.chats()).toHaveLength(1)
  await chat.prompts.last().getByRole('button', { name: 'Leave messages out…' }).click()
  await expect(page.getByRole('complementary', { name: 'Context' })).toBeVisible()
})

test('what a budget has reached is said once, with the way to it', async ({ chat, page, provider }) => {
  provider.setDefault({ text: 'Yes.' })
  const tab = await chat.openSettings('Budget')
  await page.keyboard.press('Escape')
  await expect(tab).toHaveCount(0)
  await chat.ask('Hello')
  await expect(chat.last()).toContainText('billed')
  await provider.settled()
  const spent = provider.books.total()
  // More than half of the limit is gone with the next one, which sends this one along.
  const usd = (credits: number) => (credits / 2_000_000).toFixed(9)
  await setLimit(await chat.openSettings('Budget'), 'Each month', usd(spent * 5))
  await page.keyboard.press('Escape')
  await chat.message.fill('Hello')
  await chat.message.press('Enter')
  await chat.alerts.getByRole('button', { name: /Send this once anyway/ }).click()
  await expect(page.getByText(/50 % of the budget for this month is used: \$0\.\d+ of \$0\.\d+/)).toBeVisible()
  await page.getByRole('button', { name: 'Budgets', exact: true }).click()
  await expect(chat.settings.getByRole('tabpanel')).toContainText(/\d+ % of \$[\d.]+ for \w+ \d+ reached/)

  await setLimit(chat.settings.getByRole('tabpanel'), 'Each month', usd(spent))
  await page.keyboard.press('Escape')
  await chat.message.fill('Hello')
  await chat.message.press('Enter')
  await chat.alerts.getByRole('button', { name: /Send this once anyway/ }).click()
  const banner = page.getByRole('region', { name: 'Budget used up' })
  await expect(banner).toContainText('The budget for this month is used up')
  expect(await accessFaults(page)).toEqual([])
  await banner.getByRole('button', { name: 'Dismiss' }).click()
  await expect(banner).toHaveCount(0)
})

test('another time zone starts with the next day, and is said', async ({ chat, page }) => {
  const tab = await chat.openSettings('Budget')
  const zone = tab.getByRole('combobox', { name: 'Time zone' })
  await zone.fill('chatham')
  await page.getByRole('option', { name: 'Pacific/Chatham' }).click()
  await expect(tab).toContainText('From tomorrow on: Pacific/Chatham.')
  await page.keyboard.press('Escape')
  await expect(chat.settings).toHaveCount(0)
})

test.describe('the first screen', () => {
  test('says when a monthly budget could not be read', async ({ page, parley }) => {
    await parley.start({ key: null })
    await page.getByLabel('API key').first().fill('test-key-for-the-imitation')
    await page.getByRole('textbox', { name: 'Monthly budget in dollars' }).fill('1,000')
    await page.getByRole('button', { name: 'Start' }).click()
    await expect(page.getByText('No monthly budget was set: “1,000”')).toBeVisible()
  })

  test('takes a monthly budget', async ({ page, parley }) => {
    await parley.start({ key: null })
    await page.getByLabel('API key').first().fill('test-key-for-the-imitation')
    await page.getByRole('textbox', { name: 'Monthly budget in dollars' }).fill('2,50')
    await page.getByRole('button', { name: 'Start' }).click()
    await expect(page.getByRole('status', { name: 'Estimate' })).toBeVisible()
    await page.keyboard.press('Control+,')
    const dialog = page.getByRole('dialog', { name: 'Settings' })
    await dialog.getByRole('tab', { name: 'Budget' }).click()
    await expect(budgetRow(dialog.getByRole('tabpanel'), 'Each month')).toContainText('at most $2.50')
  })
})
