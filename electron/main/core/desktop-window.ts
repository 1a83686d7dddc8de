import { languageSettings, type LanguageSetting } from '../../contract/strings/languages.ts'

/** A rectangle in device-independent pixels, as Electron gives it. */
export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

export type Theme = 'system' | 'light' | 'dark'

/** What `window.json` in the profile keeps between starts. */
export interface WindowMemory {
  bounds: Rectangle | null
  isMaximized: boolean
  isFullScreen: boolean
  /** The theme last chosen in the settings: known before the store is open, so that no window flashes. */
  theme: Theme
  /** The same of the language, for what is said before the store is open. */
  language: LanguageSetting
}

/** Size of a first window, and the least a window can be. */
export const windowSize = { width: 1_100, height: 760, minWidth: 480, minHeight: 420 } as const

const nothing: WindowMemory = {
  bounds: null,
  isMaximized: false,
  isFullScreen: false,
  theme: 'system',
  language: 'system',
}

/** Reads the text of `window.json`. Anything unexpected is forgotten: a window's place is never worth an error. */
export function readWindowMemory(text: string): WindowMemory {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Cut off by a crash or edited by hand: start with the defaults.
    return nothing
  }
  if (typeof value !== 'object' || value === null) return nothing
  const { bounds, isMaximized, isFullScreen, theme, language } = value as Record<string, unknown>
  return {
    bounds: isRectangle(bounds) ? { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height } : null,
    isMaximized: isMaximized === true,
    isFullScreen: isFullScreen === true,
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    language: languageSettings.find((known) => known === language) ?? 'system',
  }
}

/** Where a window opens: without `x` and `y` it is centred. */
export type Placement = { width: number; height: number } & ({ x: number; y: number } | { x?: never; y?: never })

/**
 * Puts a remembered window onto the screens there are now (their work areas, the primary first). It keeps its place when
 * enough of its top edge to grab is on one of them; otherwise it is centred on the primary. It never exceeds its screen.
 */
export function placeWindow(remembered: Rectangle | null, workAreas: readonly Rectangle[]): Placement {
  const primary = workAreas[0]
  if (remembered === null) return fit(windowSize, primary)
  const screen = workAreas.find((area) => isGrabbable(remembered, area))
  if (screen === undefined) return fit(remembered, primary)
  const size = fit(remembered, screen)
  return {
    ...size,
    x: Math.max(screen.x, Math.min(remembered.x, screen.x + screen.width - size.width)),
    y: Math.max(screen.y, Math.min(remembered.y, screen.y + screen.height - size.height)),
  }
}

/** The colour behind the page before its first paint: the `--color-paper` of `renderer/src/styles.css` in each theme. */
export function backgroundColor(isDark: boolean): string {
  return isDark ? '#1d1c1a' : '#ffffff'
}

/** What the page's process may do. A preload is added by the shell; a packaged build has no developer tools. */
export function pagePreferences(isPackaged: boolean) {
  return {
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
    disableDialogs: true,
    autoplayPolicy: 'user-gesture-required',
    // The built-in checker downloads dictionaries from a host of its own choice.
    spellcheck: false,
    webgl: false,
    devTools: !isPackaged,
  } as const
}

const grabWidth = 120
const grabHeight = 32

function isGrabbable(window: Rectangle, area: Rectangle): boolean {
  const visible = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  return visible >= grabWidth && window.y >= area.y && window.y + grabHeight <= area.y + area.height
}

function fit(size: { width: number; height: number }, area: Rectangle | undefined): { width: number; height: number } {
  const width = Math.max(size.width, windowSize.minWidth)
  const height = Math.max(size.height, windowSize.minHeight)
  return area === undefined
    ? { width, height }
    : { width: Math.min(width, area.width), height: Math.min(height, area.height) }
}

function isRectangle(value: unknown): value is Rectangle {
  if (typeof value !== 'object' || value === null) return false
  const { x, y, width, height } = value as Record<string, unknown>
  return [x, y, width, height].every(isWhole) && Number(width) > 0 && Number(height) > 0
}

function isWhole(edge: unknown): boolean {
  return Number.isSafeInteger(edge) && Math.abs(edge as number) < 100_000
}
