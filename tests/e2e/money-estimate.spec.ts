import { accessFaults } from '../helpers/accessible.ts'
import { expect, test, words, zeroDollars } from '../helpers/page.ts'

const amounts = (text: string) => [...text.matchAll(/\$?(\d+\.\d+)/g)].map(([, amount = '']) => Number(amount))
/** Dollars of a bill in credits. */
const dollars = (credits: number) => credits / 2_000_000

test('beside Send stands about what it takes, and the bill lies within', async ({ chat, page, provider }) => {
  provider.setDefault({ text: words(40) })
  const estimate = page.getByRole('status', { name: 'Estimate' })
  await expect(estimate).toContainText('≈')
  await expect(estimate).not.toContainText('billed')
  await chat.ask(words(30))
  await expect(chat.last()).toContainText('billed')
  await expect(estimate).toContainText(/≈ [\d,]+ tokens · ≈ \$[\d.–]+, at most \$[\d.]+/)
  const before = (await chat.message.locator('xpath=../..').boundingBox())?.height
  const first = await estimate.innerText()
  await chat.message.pressSequentially('one two three four five six seven eight nine ten')
  await expect(estimate).not.toHaveText(first)
  expect((await chat.message.locator('xpath=../..').boundingBox())?.height).toBe(before)

  // Once it stands still it is announced, and not for every key.
  const said = page.locator('[aria-live="polite"].sr-only', { hasText: 'Estimate: ≈' })
  const tokensIn = (text: string | null) => Number(/≈ ([\d,]+) tokens/.exec(text ?? '')?.[1]?.replace(',', ''))
  await expect(async () =>
    expect(tokensIn(await said.textContent())).toBe(tokensIn(await estimate.innerText())),
  ).toPass()
  const tokens = tokensIn(await estimate.innerText())
  const [low = 0, , most = 0] = amounts((await estimate.innerText()).split('·')[1] ?? '')
  await chat.message.press('Enter')
  await expect(chat.replies).toHaveCount(2)
  await provider.settled()
  const row = provider.books.rows.at(-1)
  expect(Math.abs(tokens - (row?.inputTokens ?? 0))).toBeLessThan(12)
  expect(dollars(row?.credits ?? 0)).toBeGreaterThan(low * 0.9)
  expect(dollars(row?.credits ?? 0)).toBeLessThan(most)
})

test('its details say what is known and how far it can be off', async ({ chat, page, provider }) => {
  provider.setDefault({ text: 'Yes.' })
  await chat.ask('Hello')
  await expect(chat.last()).toContainText('billed')
  await chat.message.fill('And now?')
  await page.getByRole('status', { name: 'Estimate' }).getByRole('button').first().click()
  const details = page.getByRole('dialog', { name: 'Estimate, not a bill' })
  await expect(details).toContainText('known from the last bill')
  await expect(details).toContainText('The most it can cost')
  await expect(details).toContainText('$1.36 in, $2.05 out')
  await expect(details).toContainText('No budget is set.')
  await expect(details).toContainText('of 256,000 tokens')
  expect(await accessFaults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(details).toHaveCount(0)
})

test('without a price it says so, and never nothing', async ({ chat, page, provider }) => {
  provider.configure({ isListed: false })
  await chat.message.fill('Hello')
  const estimate = page.getByRole('status', { name: 'Estimate' })
  await expect(estimate).toContainText('price not known')
  expect(await estimate.innerText()).not.toMatch(zeroDollars)
  await estimate.getByRole('button').first().click()
  const details = page.getByRole('dialog', { name: 'Estimate, not a bill' })
  await expect(details).toContainText('it is never zero')
  provider.configure({ isListed: true })
  await details.getByRole('button', { name: 'Look the price up' }).click()
  await expect(estimate).toContainText('$')
})

test('acts that buy again say about what they cost', async ({ chat, page, provider }) => {
  provider.setDefault({ text: 'Yes.' })
  await chat.ask(words(200))
  await expect(chat.last()).toContainText('billed')
  const retry = chat.last().getByRole('button', { name: 'Retry' })
  await retry.focus()
  await expect(retry).toHaveAccessibleDescription(/A new purchase\. Estimate: ≈ \$.* at most \$/)
  await chat.prompts.last().hover()
  await chat.prompts.last().getByRole('button', { name: 'Edit' }).click()
  const price = chat.prompts.last().getByRole('status', { name: 'Estimate' })
  await expect(price).toContainText(/≈ \$/)
  const [before = 0] = amounts(await price.innerText())
  await page.getByLabel('Text of the message').fill(words(2_000))
  await expect.poll(async () => amounts(await price.innerText())[0]).toBeGreaterThan(before * 3)
})

test('a demo is estimated without any price', async ({ page, parley }) => {
  await parley.start({ key: null, flags: ['--demo'], hasProvider: false })
  await expect(page.getByRole('status', { name: 'Estimate' })).toContainText('nothing billed')
})
