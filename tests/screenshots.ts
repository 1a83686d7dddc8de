import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { chromiumPath } from '../scripts/chromium.mjs'
import { startApp, temporaryProfile } from './helpers/app.ts'
import { writeOldBooks } from './helpers/old-books.ts'
import { startProvider } from './provider/server.ts'

/** Takes the pictures of the README from the running application, against the imitation of the provider: `node tests/screenshots.ts`. */
const folder = join(import.meta.dirname, '..', 'docs')
mkdirSync(folder, { recursive: true })

const answer = `A plain loaf needs four things and a night.

| What | How much |
| --- | ---: |
| Flour | 500 g |
| Water | 350 g |
| Salt | 10 g |
| Yeast | 2 g |

1. Mix everything until no dry flour is left.
2. Fold the dough four times in the first two hours.
3. Let it rest in the fridge overnight, then bake at 250 °C for 40 minutes in a covered pot.

The share of water is what bakers call hydration, $h = \\frac{350}{500} = 70\\,\\%$. To scale the recipe:

\`\`\`ts
const scale = (flourGrams: number) => ({
  water: flourGrams * 0.7, // hydration of 70 %
  salt: flourGrams * 0.02,
  yeast: flourGrams * 0.004,
})
\`\`\``

const provider = await startProvider()
const profile = temporaryProfile()
let app = await startApp({ profile, apiUrl: provider.url })
const browser = await chromium.launch({ executablePath: chromiumPath(), chromiumSandbox: process.getuid?.() !== 0 })
const open = async (colorScheme: 'light' | 'dark') => {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, colorScheme, deviceScaleFactor: 1 })
  await page.goto(app.url)
  await page.waitForTimeout(900)
  return page
}
const shoot = async (page: Page, name: string) => {
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
const ask = async (page: Page, text: string) => {
  await page.getByRole('textbox', { name: 'Message' }).fill(text)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}
const reopen = async (colorScheme: 'light' | 'dark') => {
  await app.kill('SIGTERM')
  app = await startApp({ profile, apiUrl: provider.url, env: { AIMLAPI_API_KEY: 'test-key-of-the-pictures' } })
  return open(colorScheme)
}

let page = await open('light')
await page.getByLabel('API key').first().fill('test-key-of-the-pictures')
await page.getByRole('button', { name: 'Test', exact: true }).click()
await page.getByText('The key works.').waitFor()
await shoot(page, 'onboarding')
await page.getByRole('button', { name: 'Start' }).click()
await page.getByRole('textbox', { name: 'Message' }).waitFor()
await shoot(page, 'empty')

provider.setDefault({ text: answer, delayMs: 3 })
await ask(page, 'How do I bake a simple loaf of bread?')
await page.getByText('billed').first().waitFor()
await shoot(page, 'chat')

provider.setDefault({ text: answer, delayMs: 10, holdAfter: 45 })
await ask(page, 'And with rye?')
await page.getByRole('button', { name: 'Stop', exact: true }).waitFor()
await page.waitForTimeout(1_200)
await shoot(page, 'streaming')
provider.release()
await page.getByRole('button', { name: 'Send', exact: true }).waitFor()

provider.setDefault({
  failure: { status: 403, kind: 'err_insufficent_credits', message: "You've run out of credits." },
})
await ask(page, 'One more question')
await page.getByRole('alert').first().waitFor()
await shoot(page, 'failure')
await page.getByRole('button', { name: 'Settings', exact: true }).click()
await page.getByRole('dialog', { name: 'Settings' }).waitFor()
await shoot(page, 'settings')
await page.close()

page = await reopen('dark')
await page.getByRole('navigation', { name: 'Conversations' }).getByText('How do I bake').first().click()
await shoot(page, 'dark')
await page.close()

await app.kill('SIGTERM')
writeFileSync(join(profile, 'store.db'), Buffer.alloc(4096, 'not a database'))
app = await startApp({ profile, apiUrl: provider.url })
page = await open('light')
await shoot(page, 'recovery')

await page.close()
await app.stop()

const titles = ['Sourdough at altitude', 'Contract review', 'Refactoring the billing worker', 'A week in Lisbon']
const spender = temporaryProfile()
let state = 20
const below = (many: number) => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((state / 2_147_483_648) * many)
}
const history = Array.from({ length: 330 }, (_, daysAgo) =>
  Array.from({ length: Math.max(0, below(13) - 4) }, () => ({
    daysAgo,
    title: titles[Math.min(below(5), below(4))] ?? '',
    credits: 800 + below(21_000),
  })),
)
writeOldBooks(spender, provider.url, [...history.flat(), { daysAgo: 0, title: 'A week in Lisbon', credits: null }])
app = await startApp({ profile: spender, apiUrl: provider.url, env: { AIMLAPI_API_KEY: 'test-key-of-the-pictures' } })
page = await open('light')
await page.setViewportSize({ width: 1200, height: 1120 })
await page.getByRole('link', { name: 'Spend', exact: true }).click()
await page.getByRole('region', { name: /so far$/ }).waitFor()
await shoot(page, 'spend')

await browser.close()
await app.stop()
await provider.close()
