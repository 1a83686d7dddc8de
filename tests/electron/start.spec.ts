import { expect, test } from '@playwright/test'
import { en } from '../../electron/contract/strings/en.ts'
import { launch, type Desktop } from './launch.ts'

let desktop: Desktop
test.beforeAll(async () => {
  desktop = await launch()
})
test.afterAll(async () => {
  await desktop.app.close()
})

test('the window opens with the first screen', async () => {
  const { app, page } = desktop
  await expect(page.getByRole('heading', { name: en.onboarding.title })).toBeVisible()
  expect(page.url()).toBe('parley-app://app/')
  const windows = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({ title: window.getTitle(), isVisible: window.isVisible() })),
  )
  expect(windows).toEqual([{ title: 'Parley', isVisible: true }])
})

test('the page has exactly the pipe, and nothing of Node or Electron', async () => {
  const found = await desktop.page.evaluate(() => {
    const all = window as unknown as Record<string, unknown>
    const foreign = [
      'require',
      'process',
      'module',
      'exports',
      'Buffer',
      'global',
      'electron',
      'ipcRenderer',
      '__dirname',
    ]
    return {
      pipe: Object.keys(all['parley'] as object),
      foreign: foreign.filter((name) => all[name] !== undefined),
      isSecure: window.isSecureContext,
    }
  })
  expect(found).toEqual({ pipe: ['call', 'onEvent'], foreign: [], isSecure: true })
})

test('the pipe cannot be changed by the page', async () => {
  const isSame = await desktop.page.evaluate(() => {
    const all = window as unknown as { parley: { call: unknown } }
    const before = all.parley
    const { call } = before
    try {
      before.call = () => 'mine'
      all.parley = { call: () => 'mine' }
    } catch {
      // Frozen, in strict mode: as it should be.
    }
    return all.parley === before && all.parley.call === call
  })
  expect(isSame).toBe(true)
})

test('the window runs with the settings of the threat model', async () => {
  const preferences = await desktop.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    return {
      preferences: (contents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences(),
      isPersistent: contents?.session.isPersistent(),
    }
  })
  expect(preferences.isPersistent).toBe(false)
  expect(preferences.preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    nodeIntegration: false,
    webviewTag: false,
  })
})

test('there is a menu, without reload', async () => {
  const roles = await desktop.app.evaluate(({ Menu }) => {
    const all = (menu: Electron.Menu | null | undefined): string[] =>
      (menu?.items ?? []).flatMap((item) => [item.role ?? '', ...all(item.submenu)])
    return all(Menu.getApplicationMenu()).map((role) => role.toLowerCase())
  })
  expect(roles).toEqual(expect.arrayContaining(['copy', 'paste', 'quit', 'togglefullscreen']))
  expect(roles).not.toContain('reload')
  expect(roles).not.toContain('forcereload')
})
