import type { Page } from '@playwright/test'
import { expect, test, type Chat } from '../helpers/page.ts'

const wide = Array.from({ length: 14 }, (_, at) => `column ${at}`)
const text = [
  'A'.repeat(400),
  `https://example.org/${'path/'.repeat(80)}`,
  `| ${wide.join(' | ')} |\n|${' --- |'.repeat(wide.length)}\n| ${wide.join(' | ')} |`,
  `\`\`\`ts\nconst long = '${'x'.repeat(400)}'\n\`\`\``,
  `- ${'- '.repeat(12)}deep`,
].join('\n\n')

/** Nothing lies beyond the right edge, and what is needed to write can be reached. */
async function expectFits(page: Page, chat: Chat): Promise<void> {
  const beyond = await page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const log = document.querySelector('[role=log]')
    return {
      page: document.documentElement.scrollWidth - width,
      body: document.body.scrollWidth - width,
      log: (log?.scrollWidth ?? 0) - (log?.clientWidth ?? 0),
    }
  })
  expect(beyond).toEqual({ page: 0, body: 0, log: 0 })
  for (const part of [chat.message, page.getByRole('button', { name: /^(Send|Stop)$/ })]) {
    await expect(part).toBeInViewport({ ratio: 1 })
  }
}

const sizes = [
  { name: '900 wide', viewport: { width: 900, height: 700 }, deviceScaleFactor: 1 },
  { name: '1200 wide', viewport: { width: 1_200, height: 800 }, deviceScaleFactor: 1 },
  { name: '2560 wide', viewport: { width: 2_560, height: 1_300 }, deviceScaleFactor: 1 },
  { name: '200 % of 1200', viewport: { width: 600, height: 400 }, deviceScaleFactor: 2 },
]

for (const { name, viewport, deviceScaleFactor } of sizes) {
  test.describe(name, () => {
    test.use({ viewport, deviceScaleFactor })

    test('nothing scrolls sideways and the composer is in reach', async ({ chat, provider, page }) => {
      await expectFits(page, chat)
      provider.setDefault({ text, holdAfter: 40, tokensPerChunk: 4 })
      await chat.ask(`A question ${'without end '.repeat(30)}${'B'.repeat(300)}`)
      await expect(chat.stop).toBeVisible()
      await expectFits(page, chat)
      provider.release()
      await expect(chat.last()).toContainText('billed')
      await expectFits(page, chat)
      await chat.message.fill('line\n'.repeat(60))
      await expectFits(page, chat)
      await expect(chat.log).toBeInViewport()
      expect((await chat.log.boundingBox())?.height).toBeGreaterThan(60)
    })

    test('the settings fit, and every page of them can be closed', async ({ chat, page }) => {
      await page.keyboard.press('Control+,')
      await expect(chat.settings).toBeInViewport({ ratio: 1 })
      for (const tab of ['Key', 'Connection', 'Budget', 'Appearance', 'Data', 'About']) {
        await chat.settings.getByRole('tab', { name: tab, exact: true }).click()
        const panel = chat.settings.getByRole('tabpanel', { name: tab })
        await expect(panel).toBeVisible()
        expect(await panel.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
        await expect(chat.settings.getByRole('button', { name: 'Close' })).toBeInViewport({ ratio: 1 })
      }
    })
  })
}

test('in a narrow window the list of chats comes and goes', async ({ chat, page }) => {
  await page.setViewportSize({ width: 600, height: 700 })
  await page.reload()
  await expect(chat.message).toBeVisible()
  await expect(chat.nav).toBeHidden()
  await page.getByRole('button', { name: 'Show sidebar' }).click()
  await expect(chat.nav).toBeVisible()
  await chat.nav.getByRole('listitem').first().getByRole('button').first().click()
  await expect(chat.nav).toBeHidden()
  await page.keyboard.press('Control+b')
  await expect(chat.nav).toBeVisible()
})
