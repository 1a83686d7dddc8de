import { accessFaults } from '../helpers/accessible.ts'
import { expect, test } from '../helpers/page.ts'

test('the price is looked up, its rise is said, and a price by hand holds until it is taken back', async ({
  chat,
  page,
  provider,
}) => {
  provider.configure({ price: { input: 385_112, output: 1_100_320, cached: 96_000 } })
  const tab = await chat.openSettings('Budget')
  await expect(tab).toContainText(/No price is known|per million tokens/i)
  await tab.getByRole('button', { name: 'Ask the catalogue' }).click()
  await expect(tab).toContainText('$0.193')
  provider.configure({ price: { input: 2_723_292, output: 4_098_692, cached: 680_823 } })
  await tab.getByRole('button', { name: 'Ask the catalogue' }).click()
  await expect(tab.getByRole('row').nth(1)).toContainText('input rose 7.1×')
  await expect(page.getByText(/The price has changed: input rose 7\.1×/)).toBeAttached()

  await tab.getByRole('button', { name: 'Enter by hand…' }).click()
  const input = tab.getByRole('textbox', { name: 'Input, dollars per million tokens', exact: true })
  await expect(input).toHaveValue('1.361646')
  await input.fill('-1')
  await expect(tab.getByRole('button', { name: 'Use this price' })).toBeDisabled()
  await input.fill('0,5')
  await expect(input).toHaveAccessibleDescription('Reads as $0.50.')
  expect(await accessFaults(page)).toEqual([])
  await tab.getByRole('button', { name: 'Use this price' }).click()
  await expect(tab).toContainText('Entered by hand')
  await expect(tab).toContainText('The catalogue says $1.36 in, $2.05 out.')
  await tab.getByRole('button', { name: 'Use the catalogue’s price again' }).click()
  await expect(tab).toContainText('From the provider’s catalogue')

  await page.keyboard.press('Escape')
  const banner = page.getByRole('region', { name: 'Change of price' })
  await banner.getByRole('button', { name: 'Dismiss' }).click()
  await expect(banner).toHaveCount(0)
})

test('with a budget and no price nothing is sent, and the price can be looked up on the spot', async ({
  chat,
  page,
  provider,
}) => {
  provider.setDefault({ text: 'Yes.' })
  provider.configure({ isListed: false })
  const tab = await chat.openSettings('Budget')
  await expect(tab).toContainText('No price is known')
  await tab.getByRole('button', { name: 'Set a limit: Each month' }).click()
  await page.keyboard.type('1')
  await page.keyboard.press('Enter')
  await expect(tab).toContainText('at most $1.00')
  await page.keyboard.press('Escape')
  await chat.message.fill('Hello')
  await chat.message.press('Enter')
  const refusal = chat.alerts.filter({ hasText: 'The price is not known' })
  await expect(refusal.getByRole('button', { name: 'Send this once anyway, price unknown' })).toBeVisible()
  expect(provider.chats()).toHaveLength(0)
  provider.configure({ isListed: true })
  await refusal.getByRole('button', { name: 'Look the price up and send' }).click()
  await expect(chat.last()).toContainText('billed')
  expect(provider.chats()).toHaveLength(1)
})
