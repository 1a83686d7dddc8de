import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, expect as baseExpect, type BrowserContext, type Locator, type Page } from '@playwright/test'
import { startProvider, type Provider } from '../provider/server.ts'
import { startApp, temporaryProfile, type RunningApp } from './app.ts'
import { branchLength } from './thread-view.ts'

/** Waits long enough for a machine that does other things too. */
export const expect = baseExpect.configure({ timeout: 15_000 })

/** The key that most tests use; the imitation lets it in. Its last four characters are `wxyz`. */
export const testKey = 'test-key-for-the-imitation-0123456789-wxyz'

/** How a test starts Parley. */
export interface StartWith {
  /** Given in the environment; `null`: none. Default: `testKey`. */
  key?: string | null
  /** False: nobody imitates the provider, and the address of the API is Parley's own default. */
  hasProvider?: boolean
  env?: Record<string, string>
  flags?: readonly string[]
}

/** Parley as a test drives it: one profile, started as often as the test likes, shown in one page. */
export interface Parley {
  readonly profile: string
  /** The run that is under way. */
  readonly app: RunningApp
  /** Starts it and enters through its one-time address. */
  start(more?: StartWith): Promise<void>
  /** Leaves the page, then ends Parley in order. */
  stop(): Promise<void>
  /** Leaves the page, then ends Parley as a power cut would. */
  kill(): Promise<void>
  /** Another window of this run, beside the first. */
  openWindow(): Promise<Page>
  /** Answers the question that Parley asks outside its page with the button of this name; gives what was asked. */
  answer(button: string): Promise<string>
  /** Resolves to whether Parley asked something outside its page within a moment. */
  isAsking(withinMs?: number): Promise<boolean>
}

/** Everything that happened in the browser and should not have. */
export interface Problems {
  /** What this test provokes on purpose. */
  allow(pattern: RegExp): void
  /** Everything so far that was not allowed. */
  list(): string[]
}

interface Fixtures {
  startWith: StartWith
  problems: Problems
  provider: Provider
  parley: Parley
  /** The parts of the page, with Parley started and open. */
  chat: Chat
}

/** A test in a browser where any error, refusal of the page's policy, dialog, popup or foreign request is a failure. */
export const test = base.extend<Fixtures>({
  startWith: [{}, { option: true }],

  problems: async ({ context }, use) => {
    const problems = watch(context)
    await use(problems)
    expect(problems.list(), 'nothing unexpected happened in the browser').toEqual([])
  },

  // Asking for `problems` is what has every page watched, whether the test asks for them or not.
  page: async ({ page, context, problems: _watched }, use) => {
    await context.addInitScript(reportRefusals)
    await use(page)
  },

  provider: async ({}, use) => {
    const provider = await startProvider()
    await use(provider)
    await provider.close()
  },

  parley: async ({ page, provider, startWith, browser }, use) => {
    const profile = temporaryProfile()
    let app: RunningApp | null = null
    const running = () => {
      if (app === null) throw new Error('Parley is not running.')
      return app
    }
    const end = async (how: 'SIGTERM' | 'SIGKILL') => {
      const ending = running()
      // A page whose server goes away says so in its console, and rightly: so they leave first.
      for (const other of page.context().pages()) if (other !== page) await other.close()
      await page.goto('about:blank')
      app = null
      expect(await ending.kill(how)).toBe(how === 'SIGTERM' ? 143 : 137)
    }
    await use({
      profile,
      get app() {
        return running()
      },
      async start(more = {}) {
        const { key = testKey, hasProvider = true, env = {}, flags = [] } = { ...startWith, ...more }
        app = await startApp({
          profile,
          flags,
          env: { ...(key === null ? {} : { AIMLAPI_API_KEY: key }), ...env },
          ...(hasProvider ? { apiUrl: provider.url } : {}),
        })
        await page.goto(app.url)
        await page.waitForURL((url) => url.pathname === '/')
        await expect(page.getByRole('main').first()).toBeVisible()
      },
      stop: () => end('SIGTERM'),
      kill: () => end('SIGKILL'),
      async openWindow() {
        const other = await page.context().newPage()
        await other.goto(new URL('/', running().url).href)
        return other
      },
      async answer(button) {
        const address = await running().waitForQuestion()
        const elsewhere = await browser.newContext()
        try {
          const question = await elsewhere.newPage()
          await question.goto(address.href)
          const asked = await question.locator('body').innerText()
          await question.getByRole('button', { name: button, exact: true }).click()
          await expect(question.getByText('Thank you.')).toBeVisible()
          return asked
        } finally {
          await elsewhere.close()
        }
      },
      isAsking: (withinMs = 400) =>
        running()
          .waitForQuestion(withinMs)
          .then(
            () => true,
            () => false,
          ),
    })
    if (app !== null) await end('SIGKILL')
    rmSync(join(profile, '..'), { recursive: true, force: true })
  },

  chat: async ({ parley, page }, use) => {
    await parley.start()
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
    await use(partsOf(page))
  },
})

/** The parts of the page by the names that the interface promises. */
export interface Chat {
  page: Page
  nav: Locator
  message: Locator
  send: Locator
  stop: Locator
  log: Locator
  prompts: Locator
  replies: Locator
  alerts: Locator
  spend: Locator
  settings: Locator
  /** One conversation in the list. */
  item(title: string): Locator
  /** Opens a conversation from the list. */
  open(title: string): Promise<void>
  newChat(): Promise<void>
  /** Writes and sends, and waits until the message is in the thread. */
  ask(text: string): Promise<void>
  /** The newest reply. */
  last(): Locator
  openSettings(tab?: string): Promise<Locator>
}

/** The parts of one window. */
export function partsOf(page: Page): Chat {
  const nav = page.getByRole('navigation', { name: 'Conversations' })
  const log = page.getByRole('log', { name: 'Conversation' })
  const message = page.getByRole('textbox', { name: 'Message' })
  const settings = page.getByRole('dialog', { name: 'Settings' })
  const replies = log.getByRole('article', { name: 'Gemma' })
  const prompts = log.getByRole('article', { name: 'You' })
  const item = (title: string) => nav.getByRole('listitem', { name: title, exact: true })
  return {
    page,
    nav,
    message,
    send: page.getByRole('button', { name: 'Send', exact: true }),
    stop: page.getByRole('button', { name: 'Stop', exact: true }),
    log,
    prompts,
    replies,
    alerts: page.getByRole('alert'),
    spend: page.getByRole('status', { name: 'Conversation spend' }),
    settings,
    item,
    open: (title) => item(title).getByRole('button').first().click(),
    async newChat() {
      await nav.getByRole('button', { name: 'New chat' }).click()
      await expect.poll(() => branchLength(log)).toBe(0)
      await expect(message).toBeFocused()
    },
    async ask(text) {
      const before = await branchLength(log)
      await message.fill(text)
      await message.press('Enter')
      await expect.poll(() => branchLength(log)).toBe(before + 2)
    },
    last: () => replies.last(),
    async openSettings(tab) {
      await page.getByRole('button', { name: 'Settings', exact: true }).click()
      await expect(settings).toBeVisible()
      if (tab !== undefined) await settings.getByRole('tab', { name: tab, exact: true }).click()
      // The page left behind is still there while it fades.
      return settings.getByRole('tabpanel', tab === undefined ? {} : { name: tab, exact: true })
    },
  }
}

/** Words that are told apart by their numbers, one token of the imitation each (or two). */
export const words = (count: number, word = 'word') =>
  Array.from({ length: count }, (_, at) => `${word}${at}`).join(' ')

/** That the first amount of dollars in a text is this many credits: to so many significant digits, rounded half up. */
function demandCredits(text: string, credits: number, digits: number): void {
  const [, whole = '', fraction = ''] = /\$([\d,]+)\.(\d+)/.exec(text) ?? []
  const shown = BigInt(whole.replaceAll(',', '') + fraction.padEnd(9, '0'))
  const exact = BigInt(credits) * 500n
  const unit = 10n ** BigInt(Math.max(0, exact.toString().length - digits))
  expect(credits, 'the imitation booked something').toBeGreaterThan(0)
  expect(shown, `${text} are ${credits} credits`).toBe(((exact + unit / 2n) / unit) * unit)
}

/** That a part of the page says this price; what other parts say may come a moment later. */
export async function expectPrice(part: Locator, credits: number, digits = 3): Promise<void> {
  await expect(async () => demandCredits(await part.innerText(), credits, digits)).toPass({ timeout: 15_000 })
}

/** An amount of nothing, which an unknown price must never look like. */
export const zeroDollars = /\$0(?:\.0*)?(?![.\d])/

function watch(context: BrowserContext): Problems {
  const found: string[] = []
  const allowed: RegExp[] = []
  const add = (text: string) => void found.push(text)
  context.on('console', (message) => {
    if (message.type() === 'error' || message.text().startsWith(refusalMark))
      add(`console: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', ({ error }) => {
    const thrown = error()
    add(`error: ${thrown.stack ?? thrown.message}`)
  })
  context.on('dialog', (dialog) => {
    add(`dialog: ${dialog.type()} ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('request', (request) => {
    const url = new URL(request.url())
    const isOurs = url.protocol === 'blob:' || url.protocol === 'about:' || request.frame().url() === 'about:blank'
    const page = new URL(request.frame().url() || 'about:blank')
    if (!isOurs && url.origin !== page.origin) add(`request: ${request.method()} ${request.url()}`)
  })
  context.on('page', (page) => {
    void page.opener().then((opener) => {
      if (opener) add(`popup: ${page.url()}`)
    })
    page.on('download', (download) => add(`download: ${download.url()}`))
  })
  return {
    allow: (pattern) => void allowed.push(pattern),
    list: () => found.filter((text) => !allowed.some((pattern) => pattern.test(text))),
  }
}

const refusalMark = '[policy]'

/** Runs in the page before its own scripts. */
function reportRefusals(): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error(`[policy] ${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`)
  })
}
