import { test as base, expect as baseExpect, type Locator, type Page } from '@playwright/test'
import { startApp, type AppOptions, type RunningApp } from '../helpers/app.ts'
import { branchLength } from '../helpers/thread-view.ts'
import { startProvider, type Provider, type ProviderOptions } from '../provider/server.ts'

/** Waits long enough for a machine that does other things too. */
export const expect = baseExpect.configure({ timeout: 15_000 })

/** What a person sees, by the names that the interface promises. */
class Screen {
  readonly page: Page
  readonly log: Locator
  readonly message: Locator
  readonly send: Locator
  readonly stop: Locator
  readonly sidebar: Locator

  constructor(page: Page) {
    this.page = page
    this.log = page.getByRole('main').getByRole('log', { name: 'Conversation' })
    this.message = page.getByRole('textbox', { name: 'Message' })
    this.send = page.getByRole('button', { name: 'Send', exact: true })
    this.stop = page.getByRole('button', { name: 'Stop', exact: true })
    this.sidebar = page.getByRole('navigation', { name: 'Conversations' })
  }

  /** The replies so far, oldest first. */
  replies(): Locator {
    return this.log.getByRole('article', { name: 'Gemma' })
  }

  async ask(text: string): Promise<void> {
    await this.message.fill(text)
    await this.page.keyboard.press('Enter')
    await expect(this.message).toHaveValue('')
  }

  /** Asks and waits until the reply has ended. */
  async askAndWait(text: string): Promise<Locator> {
    const before = await branchLength(this.log)
    await this.ask(text)
    await expect.poll(() => branchLength(this.log)).toBe(before + 2)
    await expect(this.stop).toHaveCount(0)
    return this.replies().last()
  }
}

interface House {
  /** How Parley is started; without it with a key, at the imitation. */
  appOptions: AppOptions
  providerOptions: ProviderOptions
  provider: Provider
  parley: RunningApp
  view: Screen
}

/**
 * Parley as built, with an imitated provider and a real Chromium. Every test fails if the page broke the content
 * security policy, logged an error, asked another origin for anything or ran what it was told in a message.
 */
export const test = base.extend<House>({
  appOptions: [{}, { option: true }],
  providerOptions: [{}, { option: true }],

  provider: async ({ providerOptions }, give) => {
    const provider = await startProvider(providerOptions)
    await give(provider)
    await provider.close()
  },

  parley: async ({ provider, appOptions }, give) => {
    const env = { AIMLAPI_API_KEY: 'test-imitation-0123456789', ...appOptions.env }
    const app = await startApp({ apiUrl: provider.url, ...appOptions, env })
    await give(app)
    await app.stop()
  },

  view: async ({ page, parley }, give) => {
    const wrong: string[] = []
    page.on('console', (line) => {
      if (line.type() === 'error' || line.type() === 'warning') wrong.push(line.text())
    })
    page.on('pageerror', (error) => wrong.push(String(error)))
    page.on('dialog', (dialog) => {
      wrong.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== new URL(parley.url).origin) wrong.push(`a request: ${request.url()}`)
    })
    await page.goto(parley.url)
    await give(new Screen(page))
    expect(wrong).toEqual([])
  },
})
