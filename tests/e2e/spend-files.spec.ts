import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { verifyLedger } from '../../scripts/verify-ledger.mjs'
import { expectAccessible } from '../helpers/accessible.ts'
import { expect, test, words } from '../helpers/page.ts'

async function saved(page: Page, button: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ])
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
}

const exact = (credits: number) => {
  const digits = (BigInt(credits) * 500n).toString().padStart(10, '0')
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`
}

test('a statement is shown, printed without the rest of the page, and saved; the ledger too, with a chain that holds', async ({
  chat,
  provider,
  page,
  problems,
}) => {
  problems.allow(/^download: blob:/)
  provider.script({ text: words(25) })
  await chat.ask('For the =books')
  await expect(chat.last()).toContainText('billed')
  const credits = provider.books.total()
  await page.getByRole('link', { name: 'Spend', exact: true }).click()
  await page.getByRole('tab', { name: 'Statements and files' }).click()
  const statement = page.getByRole('article', { name: /^Statement for/ })
  await expect(statement.getByRole('table')).toHaveCount(3)
  await expect(statement.getByRole('row', { name: /For the =books/ })).toContainText(exact(credits).replace(/0+$/, ''))

  await expectAccessible(page, 'statements')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { name: /^Parley: Statement for/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  await expect(page.getByRole('navigation', { name: 'Conversations' })).toBeHidden()
  await page.emulateMedia({ media: 'screen' })

  await page.getByRole('checkbox', { name: /^Compare with the provider/ }).check()
  await expect(statement.getByText('The first reading of your balance')).toBeVisible()
  const html = await saved(page, 'Save as HTML')
  expect(html.name).toMatch(/^parley-\d{4}-\d{2}\.html$/)
  expect(html.text).toContain(exact(credits))
  const csv = await saved(page, 'Save as CSV')
  expect(csv.text).toContain(`"For the =books","${exact(credits)}"`)
  await expect(page.getByText(`Saved as ${csv.name}.`)).toBeVisible()

  for (const format of ['CSV', 'JSON']) {
    const ledger = await saved(page, `Export as ${format}`)
    expect(ledger.name).toBe(`parley-ledger.${format.toLowerCase()}`)
    expect(verifyLedger(ledger.text)).toMatchObject({ isSound: true, rowCount: 2 })
  }
  await expect(page.getByText('npm run verify-ledger parley-ledger.csv')).toBeVisible()
})

test('a diagnosis says its price first, asks only when agreed, and its requests are in the books', async ({
  chat,
  provider,
  page,
  problems,
}) => {
  test.slow()
  problems.allow(/^download: blob:/)
  const settings = await chat.openSettings('Connection')
  await settings.getByRole('button', { name: 'Show what it would ask…' }).click()
  await expect(settings.getByText(/All of it costs \$0\.00\d+ at most/)).toBeVisible()
  await settings.getByRole('button', { name: 'Not now' }).click()
  expect(provider.books.requestCount).toBe(0)
  await settings.getByRole('button', { name: 'Show what it would ask…' }).click()
  await settings.getByRole('button', { name: /^Ask, for/ }).click()
  const report = settings.getByRole('region', { name: 'Report' })
  await expect(report).toContainText('Spent: $', { timeout: 45_000 })
  await expect(report).toContainText('Parley: what the provider does today')
  const file = await saved(page, 'Save the report')
  expect(file.name).toBe('parley-diagnosis.txt')
  expect(file.text).not.toContain('test-key')
  expect(provider.books.requestCount).toBe(5)
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Spend', exact: true }).click()
  const chats = page.getByRole('table', { name: 'By chat, dearest first' })
  await chats
    .getByRole('row', { name: /Diagnoses/ })
    .getByRole('link')
    .click()
  await expect(page.getByRole('table', { name: 'Ledger' }).getByRole('row')).toHaveCount(6)
})
