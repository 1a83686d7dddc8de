import { BrowserWindow, dialog, nativeTheme, screen, type Session } from 'electron'
import { afterCrash, startUrl } from '../../main/core/desktop-policy.ts'
import { backgroundColor, pagePreferences, placeWindow, windowSize } from '../../main/core/desktop-window.ts'
import { native } from './language.ts'
import { offerContextMenu } from './menu.ts'
import { warn } from './say.ts'
import type { WindowKeeper } from './window-memory.ts'

export interface WindowNeeds {
  session: Session
  /** The preload's file. */
  preload: string
  isPackaged: boolean
  keeper: WindowKeeper
  /** Asked when the window is about to close; `false` keeps it open. */
  mayClose(): boolean
  /** The person chose to end Parley instead of opening a broken window again. */
  giveUp(): void
}

/** Opens the one window and, in the same tick, its page; shows it with its first paint on the theme's background. */
export function openWindow(needs: WindowNeeds): BrowserWindow {
  const { memory } = needs.keeper
  const window = new BrowserWindow({
    ...placeWindow(memory.bounds, workAreas()),
    minWidth: windowSize.minWidth,
    minHeight: windowSize.minHeight,
    show: false,
    backgroundColor: backgroundColor(nativeTheme.shouldUseDarkColors),
    title: native().name,
    autoHideMenuBar: true,
    webPreferences: { ...pagePreferences(needs.isPackaged), session: needs.session, preload: needs.preload },
  })
  sayWhenItDoesNotLoad(window, needs)
  // Also rejects when something else is loaded meanwhile, which is no error.
  window.loadURL(startUrl).catch((error: unknown) => warn('the page did not load', error))
  window.once('ready-to-show', () => {
    // Both show the window, so they wait until there is something to show.
    if (memory.isMaximized) window.maximize()
    if (memory.isFullScreen) window.setFullScreen(true)
    window.show()
  })
  followTheme(window)
  keepPlace(window, needs.keeper)
  offerContextMenu(window)
  reopenAfterCrash(window, needs)
  window.on('close', (event) => {
    if (needs.mayClose()) needs.keeper.keep(window)
    else event.preventDefault()
  })
  // The title is ours, not the page's: it shows up in the task bar and to other programs.
  window.on('page-title-updated', (event) => event.preventDefault())
  return window
}

/** Brings the window forward, wherever it is. */
export function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

const aborted = -3

/** A page of our own that does not load is a broken installation: a window that never shows would say nothing. */
function sayWhenItDoesNotLoad(window: BrowserWindow, needs: WindowNeeds): void {
  window.webContents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (!isMainFrame || code === aborted) return
    dialog.showErrorBox(native().failedToStart, `${description} (${code})`)
    needs.giveUp()
  })
}

function workAreas() {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  return [primary, ...others].map(({ workArea }) => workArea)
}

function followTheme(window: BrowserWindow): void {
  const paint = (): void => window.setBackgroundColor(backgroundColor(nativeTheme.shouldUseDarkColors))
  nativeTheme.on('updated', paint)
  window.once('closed', () => nativeTheme.off('updated', paint))
}

const settleMs = 1_000

/** A place survives a crash of Parley too: it is written a second after the window came to rest. */
function keepPlace(window: BrowserWindow, keeper: WindowKeeper): void {
  let timer: NodeJS.Timeout | undefined
  const settle = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => keeper.keep(window), settleMs)
  }
  window.on('resize', settle)
  window.on('move', settle)
  window.once('closed', () => clearTimeout(timer))
}

/** The page's process died: main still has every reply, so the page is loaded anew, but not for ever. */
function reopenAfterCrash(window: BrowserWindow, needs: WindowNeeds): void {
  const crashTimes: number[] = []
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return
    warn('the page stopped working', details.reason)
    crashTimes.push(Date.now())
    if (afterCrash(crashTimes, Date.now()) === 'reload') window.webContents.reload()
    else ask().catch((error: unknown) => warn('the question after a crash failed', error))
  })
  const ask = async (): Promise<void> => {
    const { title, detail, confirm, cancel } = native().crash
    const options = { message: title, detail, buttons: [confirm, cancel], defaultId: 0, cancelId: 0, noLink: true }
    const { response } = await dialog.showMessageBox(window, { type: 'error', ...options })
    if (response === 1) needs.giveUp()
    else if (!window.isDestroyed()) window.webContents.reload()
  }
}
