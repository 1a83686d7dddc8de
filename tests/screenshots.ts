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
const browser = await chromium.launch({ executablePath: chromiumPath(), chromiumSandbox: process.getuid?.() !== 0 })
const key = { AIMLAPI_API_KEY: 'test-key-of-the-pictures' }

interface Look {
  colorScheme?: 'light' | 'dark'
  locale?: string
}

let app = await startApp({ profile: temporaryProfile(), apiUrl: provider.url })
let page = await open()

async function open({ colorScheme = 'light', locale = 'en-US' }: Look = {}): Promise<Page> {
  const shown = await browser.newPage({ viewport: { width: 1200, height: 800 }, colorScheme, locale })
  await shown.goto(app.url)
  await shown.getByRole('main').first().waitFor()
  await shown.waitForTimeout(900)
  return shown
}
/** Another start of Parley on this profile, shown in a fresh window. */
async function reopen(profile: string, env: Record<string, string>, look: Look = {}): Promise<Page> {
  await page.close()
  await app.stop()
  app = await startApp({ profile, apiUrl: provider.url, env })
  return open(look)
}
async function shoot(name: string): Promise<void> {
  await page.waitForTimeout(600)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
async function ask(text: string): Promise<void> {
  await page.getByRole('textbox', { name: /Message|Nachricht/ }).fill(text)
  await page.getByRole('button', { name: /^(Send|Senden)$/ }).click()
}
const isIdle = () => page.getByRole('button', { name: 'Send', exact: true }).waitFor()

await page.getByLabel('API key').first().fill('test-key-of-the-pictures')
await page.getByRole('button', { name: 'Test', exact: true }).click()
await page.getByText('The key works.').waitFor()
await shoot('onboarding')
await page.getByRole('button', { name: 'Start' }).click()
await page.getByRole('textbox', { name: 'Message' }).waitFor()
await shoot('empty')

// From here on somebody has used it for a year.
const titles = ['Sourdough at altitude', 'Contract review', 'Refactoring the billing worker', 'A week in Lisbon']
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
const profile = temporaryProfile()
writeOldBooks(profile, provider.url, [...history.flat(), { daysAgo: 0, title: 'A week in Lisbon', credits: null }])
page = await reopen(profile, key)
await page.keyboard.press('Control+n')
provider.setDefault({ text: answer, delayMs: 2 })
await ask('How do I bake a simple loaf of bread?')
await page.getByText('billed').first().waitFor()
await shoot('chat')

provider.setDefault({ text: answer, delayMs: 10, holdAfter: 45 })
await ask('And with rye?')
await page.getByRole('button', { name: 'Stop', exact: true }).waitFor()
await page.waitForTimeout(1_200)
await shoot('streaming')
provider.release()
await isIdle()

await page.getByRole('searchbox', { name: 'Search' }).fill('flour')
await page.getByRole('navigation', { name: 'Conversations' }).getByText('bread').first().waitFor()
await shoot('search')
await page.keyboard.press('Escape')
await page.keyboard.press('Control+Shift+P')
await page.getByRole('combobox').waitFor()
await shoot('palette')
await page.keyboard.press('Escape')

provider.setDefault({
  failure: { status: 403, kind: 'err_insufficent_credits', message: "You've run out of credits." },
})
await ask('One more question')
await page.getByRole('alert').first().waitFor()
await shoot('failure')
await page.getByRole('link', { name: 'Spend' }).click()
await page.setViewportSize({ width: 1200, height: 1120 })
await page.getByRole('region', { name: /so far$/ }).waitFor()
await shoot('spend')
await page.setViewportSize({ width: 1200, height: 800 })
await page.getByRole('button', { name: 'Settings', exact: true }).click()
await page.getByRole('dialog', { name: 'Settings' }).getByRole('tab', { name: 'Appearance' }).click()
await shoot('settings')
await page.getByRole('radio', { name: 'Compact' }).click()
await page.keyboard.press('Escape')
await page.getByRole('navigation', { name: 'Conversations' }).getByText('How do I bake').first().click()
await shoot('compact')
await page.getByRole('button', { name: 'Settings', exact: true }).click()
await page.getByRole('dialog', { name: 'Settings' }).getByRole('tab', { name: 'Appearance' }).click()
await page.getByRole('radio', { name: 'Comfortable' }).click()

page = await reopen(profile, key, { colorScheme: 'dark' })
await page.getByRole('navigation', { name: 'Conversations' }).getByText('How do I bake').first().click()
await shoot('dark')
page = await reopen(profile, key, { locale: 'de-DE' })
await page.getByRole('navigation').getByText('How do I bake').first().click()
await shoot('german')

await page.close()
await app.stop()
writeFileSync(join(profile, 'store.db'), Buffer.alloc(4096, 'not a database'))
app = await startApp({ profile, apiUrl: provider.url })
page = await open()
await shoot('recovery')

await page.close()
await browser.close()
await app.stop()
await provider.close()
