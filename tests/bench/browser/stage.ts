import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test'
import { chromiumPath } from '../../../scripts/chromium.mjs'
import { startApp, type RunningApp } from '../../helpers/app.ts'
import { startTokenSource, type TokenSource } from './token-source.ts'

/** Parley in a Chromium of its own, with the token server as its provider. */
export interface Stage {
  source: TokenSource
  app: RunningApp
  /** Parley's page. */
  page: Page
  /** A page of the same origin that only puts what arrives into one text node: the floor of what a page can do. */
  plain: PlainPage
  close(): Promise<void>
}

/** The least a page can do with a reply. */
export interface PlainPage {
  page: Page
  /** Begins a reply in a new chat, and shows it from its first token on. */
  ask(): Promise<void>
  ended(): Promise<void>
}

/** Starts everything. `profile`: one that is there already. */
export async function openStage(profile?: string): Promise<Stage> {
  const source = await startTokenSource()
  const app = await startApp({
    apiUrl: source.url,
    env: { AIMLAPI_API_KEY: 'bench-key-for-the-imitation-0123456789' },
    readyMs: 60_000,
    ...(profile === undefined ? {} : { profile }),
  })
  const browser = await launch()
  const context = await browser.newContext({ viewport: { width: 1_100, height: 720 } })
  const page = await context.newPage()
  await page.goto(app.url)
  await page.waitForURL((url) => url.pathname === '/')
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
  // It stays with its own chat while the other page has a reply of its own.
  await page.locator('nav [data-conversation] button').first().click()
  const plain = await openPlain(await context.newPage(), new URL(app.url).origin)
  return {
    source,
    app,
    page,
    plain,
    async close() {
      await browser.close()
      await app.stop()
      await source.close()
    },
  }
}

const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), chromiumSandbox: process.getuid?.() !== 0 })

const plainHtml =
  '<!doctype html><title>Plain</title><body style="margin:0"><main style="height:100vh;overflow-y:auto;' +
  'white-space:pre-wrap;overflow-wrap:break-word;font:16px/1.6 sans-serif;padding:0 20%"></main>'

async function openPlain(page: Page, origin: string): Promise<PlainPage> {
  await page.route(`${origin}/plain`, (route) => route.fulfill({ contentType: 'text/html', body: plainHtml }))
  await page.goto(`${origin}/plain`)
  await page.unrouteAll()
  await page.evaluate(() => {
    const main = document.querySelector('main')
    if (!main) return
    let text = document.createTextNode('')
    let arrived = ''
    main.dataset['state'] = 'away'
    const draw = () => {
      text.appendData(arrived)
      arrived = ''
      main.scrollTop = main.scrollHeight
    }
    const source = new EventSource('/events')
    source.addEventListener('message', (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as { name: string; text?: string }
      if (main.dataset['state'] === 'away') return
      if (event.name === 'turn.started') {
        text = document.createTextNode('')
        main.replaceChildren(text)
        main.dataset['state'] = 'open'
      } else if (event.name === 'turn.delta') {
        if (arrived === '') requestAnimationFrame(draw)
        arrived += event.text ?? ''
      } else if (event.name === 'turn.ended') main.dataset['state'] = 'ended'
    })
    return new Promise((resolve) => source.addEventListener('open', resolve, { once: true }))
  })
  return {
    page,
    ask: () =>
      page.evaluate(async () => {
        const call = async (name: string, input: unknown) => {
          const headers = { 'content-type': 'application/json' }
          const response = await fetch('/call', { method: 'POST', headers, body: JSON.stringify({ name, input }) })
          const result = (await response.json()) as { ok: boolean; value: { id: string } }
          if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result)}`)
          return result.value
        }
        document.querySelector('main')?.setAttribute('data-state', 'asking')
        const { id } = await call('conversations.create', { isDemo: false })
        await call('turns.send', { turnId: crypto.randomUUID(), conversationId: id, text: 'Go' })
      }),
    async ended() {
      await page.locator('main[data-state=ended]').waitFor({ timeout: 60_000 })
      await page.locator('main').evaluate((main) => main.setAttribute('data-state', 'away'))
    },
  }
}

/** Begins a reply in Parley's page, in a new chat unless it is to go into the one that is open. */
export async function askInParley(page: Page, { isNew = true } = {}): Promise<void> {
  if (isNew) await page.getByRole('button', { name: 'New chat' }).click()
  const message = page.getByRole('textbox', { name: 'Message' })
  await message.fill('Go')
  await message.press('Enter')
  await page.getByRole('button', { name: 'Stop', exact: true }).waitFor()
}

/** Waits until the reply in Parley's page has ended. */
export const endedInParley = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Stop', exact: true }).waitFor({ state: 'detached', timeout: 60_000 })

/** Brings a page to the front, so that it gets its frames, and lets it come to rest. */
export async function bringForward(page: Page): Promise<void> {
  await page.bringToFront()
  await sleep(300)
}

/** What the main thread of a page works. */
export interface MainThread {
  /** Milliseconds of its processor time that the work takes beyond idling. */
  during(work: () => Promise<unknown>): Promise<number>
}

const idleMs = 500
const settleMs = 400
/** At rest is less than this share of the time; if it never comes, what is left over counts as work. */
const restShare = 0.08
const restTries = 20

/** Looks at the main thread of a page through Chromium's own counters. */
export async function mainThreadOf(page: Page): Promise<MainThread> {
  const cdp: CDPSession = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busyMs = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
  }
  return {
    async during(work) {
      let idleShare = 1
      for (let tries = 0; idleShare > restShare && tries < restTries; tries++) {
        const before = await busyMs()
        await sleep(idleMs)
        idleShare = Math.min(idleShare, ((await busyMs()) - before) / idleMs)
      }
      const from = await busyMs()
      const startedAt = performance.now()
      await work()
      await sleep(settleMs)
      return (await busyMs()) - from - idleShare * (performance.now() - startedAt)
    },
  }
}
