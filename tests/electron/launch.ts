import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { fileURLToPath } from 'node:url'
import type { Result } from '../../electron/contract/errors.ts'
import type { InputOf, OutputOf, RouteName } from '../../electron/contract/registry.ts'
import { temporaryProfile } from '../helpers/app.ts'

/** The folder of package.json. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The runtime's program, or null. Never downloads: importing `electron` would. */
export async function electronProgram(): Promise<string | null> {
  const script = new URL('../../scripts/electron.mjs', import.meta.url).href
  const { findElectron } = (await import(script)) as { findElectron: () => string | null }
  return findElectron()
}

/** What the preload gives the page. */
export interface Pipe {
  call(name: unknown, input: unknown): Promise<Result<unknown>>
  onEvent(listener: (event: { name: string }) => void): () => void
}

export interface Desktop {
  app: ElectronApplication
  page: Page
  profile: string
}

export interface LaunchOptions {
  profile?: string
  apiUrl?: string
  flags?: string[]
}

/** What the desktop is started with: nothing of whoever runs the tests but display and folders, and a key for tests. */
export function desktopEnvironment(apiUrl?: string): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !/^(?:AIMLAPI_|PARLEY_|ELECTRON_RUN|NODE_)/.test(name)) env[name] = value
  }
  // Without a session bus no test ever touches a person's keyring.
  delete env['DBUS_SESSION_BUS_ADDRESS']
  return apiUrl === undefined ? env : { ...env, PARLEY_API_URL: apiUrl, AIMLAPI_API_KEY: 'sk-test-0123456789abcdef' }
}

/** Starts the built desktop in the real Electron and waits for its window. */
export async function launch({
  profile = temporaryProfile(),
  apiUrl,
  flags = [],
}: LaunchOptions = {}): Promise<Desktop> {
  const executablePath = await electronProgram()
  if (executablePath === null) throw new Error('The Electron runtime is not here.')
  const app = await _electron.launch({
    executablePath,
    args: ['.', '--profile', profile, ...flags],
    cwd: root,
    env: desktopEnvironment(apiUrl),
    chromiumSandbox: process.getuid?.() !== 0,
  })
  const page = await app.firstWindow()
  await page.waitForLoadState('domcontentloaded')
  return { app, page, profile }
}

/** Calls main the way the page does. */
function call<Name extends RouteName>(page: Page, name: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>>> {
  const request: [string, unknown] = [name, input]
  return page.evaluate(
    ([route, value]) => (window as unknown as { parley: Pipe }).parley.call(route, value),
    request,
  ) as Promise<Result<OutputOf<Name>>>
}

/** Calls main; a failure fails the test. */
export async function ask<Name extends RouteName>(
  page: Page,
  name: Name,
  input: InputOf<Name>,
): Promise<OutputOf<Name>> {
  const result = await call(page, name, input)
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.failure)}`)
  return result.value
}

/** A dialog of the system as it was asked for, and an address handed to the system. */
export interface Outside {
  dialogs: { message: string; detail: string; buttons: string[]; defaultId: number; cancelId: number }[]
  opened: string[]
}

/**
 * Answers the system's dialogs with button `response` and keeps addresses from leaving: nobody can click a native dialog
 * from here. Everything up to the call into the system is the real thing.
 */
export async function standInForThePerson(app: ElectronApplication, response: number): Promise<() => Promise<Outside>> {
  await app.evaluate(({ dialog, shell }, button) => {
    const seen: { dialogs: unknown[]; opened: string[] } = { dialogs: [], opened: [] }
    Object.assign(globalThis, { parleyOutside: seen })
    dialog.showMessageBox = ((...given: unknown[]) => {
      seen.dialogs.push(given.at(-1))
      return Promise.resolve({ response: button, checkboxChecked: false })
    }) as typeof dialog.showMessageBox
    shell.openExternal = (url) => {
      seen.opened.push(url)
      return Promise.resolve()
    }
  }, response)
  return () => app.evaluate(() => (globalThis as unknown as { parleyOutside: Outside }).parleyOutside)
}
