import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { native } from '../../electron/contract/strings/native-en.ts'
import { applicationMenu, contextMenu, type MenuEntry } from '../../electron/main/core/desktop-menu.ts'
import {
  backgroundColor,
  pagePreferences,
  placeWindow,
  readWindowMemory,
  windowSize,
  type Rectangle,
} from '../../electron/main/core/desktop-window.ts'

const laptop: Rectangle = { x: 0, y: 25, width: 1_440, height: 875 }
const beside: Rectangle = { x: 1_440, y: 0, width: 2_560, height: 1_400 }

describe('the place of a window', () => {
  test('is kept on the screen it was on', () => {
    const bounds = { x: 1_600, y: 100, width: 1_200, height: 900 }
    expect(placeWindow(bounds, [laptop, beside])).toEqual(bounds)
  })

  test('moves to the primary screen, centred, when its screen is gone', () => {
    const bounds = { x: 1_600, y: 100, width: 1_200, height: 900 }
    expect(placeWindow(bounds, [laptop])).toEqual({ width: 1_200, height: 875 })
  })

  test('is not kept where nobody could grab it', () => {
    const size = { width: 800, height: 600 }
    for (const [x, y] of [
      [-700, 100],
      [1_430, 100],
      [100, -500],
      [100, 890],
      [100, 0],
    ] as const) {
      expect(placeWindow({ x, y, ...size }, [laptop])).toEqual(size)
    }
  })

  test('a first window has the default size; without a screen there is no place', () => {
    expect(placeWindow(null, [laptop])).toEqual({ width: windowSize.width, height: windowSize.height })
    expect(placeWindow(null, [])).toEqual({ width: windowSize.width, height: windowSize.height })
    expect(placeWindow({ x: 5, y: 5, width: 700, height: 500 }, [])).toEqual({ width: 700, height: 500 })
  })

  test('a placed window is wholly on one screen', () => {
    const edge = fc.integer({ min: -5_000, max: 5_000 })
    const side = fc.integer({ min: 1, max: 6_000 })
    const areas = [laptop, beside, { x: -1_080, y: -300, width: 1_080, height: 1_920 }]
    fc.assert(
      fc.property(edge, edge, side, side, (x, y, width, height) => {
        const place = placeWindow({ x, y, width, height }, areas)
        if (place.x === undefined) return place.width <= laptop.width && place.height <= laptop.height
        const { x: left, y: top } = place
        return areas.some(
          (area) =>
            left >= area.x &&
            top >= area.y &&
            left + place.width <= area.x + area.width &&
            top + place.height <= area.y + area.height,
        )
      }),
    )
  })
})

describe('window.json', () => {
  const full = { bounds: laptop, isMaximized: true, isFullScreen: true, theme: 'dark', language: 'de' }
  test('is read back as it was written', () => {
    expect(readWindowMemory(JSON.stringify(full))).toEqual(full)
  })

  test('anything else in it is forgotten', () => {
    const nothing = { bounds: null, isMaximized: false, isFullScreen: false, theme: 'system', language: 'system' }
    for (const text of ['', '{', 'null', '7', '[]', '{"bounds":{"x":1}}', '{"isMaximized":"yes","theme":"neon"}']) {
      expect(readWindowMemory(text), text).toEqual(nothing)
    }
    for (const bad of [1e9, -1e9, 0.5, null, '3', -1]) {
      expect(readWindowMemory(JSON.stringify({ bounds: { ...laptop, width: bad } })).bounds, String(bad)).toBeNull()
    }
    fc.assert(fc.property(fc.json(), (text) => readWindowMemory(text).theme.length > 0))
  })
})

test('the colour before the first paint is that of the page', () => {
  const styles = readFileSync(new URL('../../renderer/src/styles.css', import.meta.url), 'utf8')
  expect(styles).toContain(`--color-paper: light-dark(${backgroundColor(false)}, ${backgroundColor(true)})`)
})

test('the page gets no power over its process', () => {
  expect(pagePreferences(true)).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    plugins: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: false,
  })
  expect(pagePreferences(false)).toEqual({ ...pagePreferences(true), devTools: true })
})

describe('menus', () => {
  const roles = (entries: MenuEntry[]): string[] =>
    entries.flatMap((entry) => [
      ...('role' in entry && entry.role !== undefined ? [entry.role] : []),
      ...('submenu' in entry ? roles(entry.submenu) : []),
    ])
  const common = [
    'undo',
    'redo',
    'cut',
    'copy',
    'paste',
    'selectAll',
    'resetZoom',
    'zoomIn',
    'zoomOut',
    'quit',
    'close',
  ]

  test.each(['linux', 'win32', 'darwin'])('have the conventional roles on %s, and no reload', (platform) => {
    for (const isPackaged of [true, false]) {
      const found = roles(applicationMenu(native, platform, isPackaged))
      expect(found).toEqual(expect.arrayContaining([...common, 'about', 'minimize', 'togglefullscreen']))
      expect(found).not.toContain('reload')
      expect(found).not.toContain('forceReload')
      expect(found.includes('toggleDevTools')).toBe(!isPackaged)
      expect(new Set(found).size).toBe(found.length)
      expect(JSON.stringify(applicationMenu(native, platform, isPackaged))).not.toMatch(/accelerator|click/)
    }
  })

  test('at the pointer there is what applies to what was clicked', () => {
    const none = {
      isEditable: false,
      hasSelection: false,
      canCut: false,
      canCopy: false,
      canPaste: false,
      canSelectAll: false,
    }
    expect(contextMenu(native, none)).toEqual([])
    expect(roles(contextMenu(native, { ...none, hasSelection: true, canCopy: true }))).toEqual(['copy'])
    const editing = contextMenu(native, { ...none, isEditable: true, canPaste: true })
    expect(editing.filter((entry) => 'enabled' in entry && entry.enabled)).toMatchObject([{ role: 'paste' }])
  })
})
