/** The desktop's own scheme and its one host: nothing else is ever shown in the window. */
export const pageScheme = 'parley-app'
const pageOrigin = `${pageScheme}://app`
export const startUrl = `${pageOrigin}/`

/** Whether this address, as Chromium writes it, is of our page. A prefix: Node's `URL` knows no origin for such a scheme. */
export function isPageUrl(url: string): boolean {
  return url === pageOrigin || url.startsWith(startUrl)
}

export type Served = { kind: 'file'; file: string; contentType: string } | { kind: 'refused'; status: 404 | 405 }

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
}

/**
 * The file that answers a request: looked up whole in the list of what the build made (`/assets/x.js` → its file).
 * Nothing of the address becomes a path, so `..`, `%2e`, backslashes and NUL are merely names that are not there.
 */
export function pageFile(method: string, url: string, files: ReadonlyMap<string, string>): Served {
  if (method !== 'GET') return { kind: 'refused', status: 405 }
  if (!isPageUrl(url)) return { kind: 'refused', status: 404 }
  const path = withoutFragment(url).slice(pageOrigin.length)
  const name = path === '' || path === '/' ? '/index.html' : path
  const file = files.get(name)
  const contentType = contentTypes[name.slice(name.lastIndexOf('.') + 1)]
  if (file === undefined || contentType === undefined) return { kind: 'refused', status: 404 }
  return { kind: 'file', file, contentType }
}

/** The request wall: our scheme, blobs the page made itself, and in development the bundled developer tools. */
export function mayRequest(url: string, isDevelopment: boolean): boolean {
  return (
    isPageUrl(url) || url.startsWith(`blob:${startUrl}`) || (isDevelopment && url.startsWith('devtools://devtools/'))
  )
}

/** What the page may save, always after the system's own question where: a text of its own, by its ending no program. */
export function maySave(url: string, fileName: string): boolean {
  return url.startsWith(`blob:${startUrl}`) && /\.(?:csv|html|json|md|txt)$/.test(fileName)
}

/** Where a window may go: nowhere, but for a reload of the page itself in the main frame. */
export function mayNavigate(url: string, isMainFrame: boolean): boolean {
  return isMainFrame && withoutFragment(url) === startUrl
}

/** What a web permission asks for, and who: the name is Electron's. */
export interface PermissionAsk {
  permission: string
  url: string | undefined
  isMainFrame: boolean
}

/** Every permission is denied, but for writing text or images to the clipboard from our page. */
export function mayUse({ permission, url, isMainFrame }: PermissionAsk): boolean {
  return permission === 'clipboard-sanitized-write' && isMainFrame && url !== undefined && isPageUrl(url)
}

/** Who sent a message, as the shell sees it. `frame` is `null` when it navigated or died before it was looked at. */
export interface Sender {
  isOurWindow: boolean
  frame: { isMainFrame: boolean; origin: string; url: string } | null
}

/** Only the main frame of our window, while it shows our page, may call main. */
export function isTrustedSender({ isOurWindow, frame }: Sender): boolean {
  return isOurWindow && frame !== null && frame.isMainFrame && frame.origin === pageOrigin && isPageUrl(frame.url)
}

/** Switches of Chromium and Node that open a door into a running Parley. `inspect*` is also cut off by a fuse. */
const refusedSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'inspect-wait',
  'inspect-publish-uid',
  'js-flags',
  'no-sandbox',
  'disable-web-security',
  'disable-site-isolation-trials',
  'allow-running-insecure-content',
  'load-extension',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
] as const

/**
 * The switches an installed Parley refuses to start with. Read from the command line as given (Chromium knows `--x` and
 * `-x`, on Windows also `/x`), because Electron adds switches of its own later. A development start refuses nothing.
 */
export function refusedAmong(args: readonly string[], platform: string, isPackaged: boolean): string[] {
  if (!isPackaged) return []
  const marks = platform === 'win32' ? /^(?:--?|\/)([^=]+)/ : /^--?([^=]+)/
  const given = new Set(args.map((arg) => marks.exec(arg)?.[1]?.toLowerCase()))
  return refusedSwitches.filter((name) => given.has(name))
}

/** What a start of the desktop understands. Switches of Chromium are not ours and are passed over. */
export interface DesktopFlags {
  profile: string | null
  isDemo: boolean
  /** A flag that lacks its value. */
  problem: string | null
}

/** Reads `--profile DIR` (or `--profile=DIR`) and `--demo`; the last one wins. */
export function desktopFlags(args: readonly string[]): DesktopFlags {
  const flags: DesktopFlags = { profile: null, isDemo: false, problem: null }
  for (const [index, arg] of args.entries()) {
    if (arg === '--demo') flags.isDemo = true
    if (arg !== '--profile' && !arg.startsWith('--profile=')) continue
    const value = arg === '--profile' ? args[index + 1] : arg.slice('--profile='.length)
    if (value === undefined || value === '' || value.startsWith('--')) flags.problem = '--profile'
    else flags.profile = value
  }
  return flags
}

/** How far quitting has come. Only forwards, but from `asking` back to `running` when the person declines. */
export type QuitState = 'running' | 'asking' | 'stopping' | 'stopped'

/**
 * What to do when something asks to quit: a person with running replies is asked once; a signal or a shutdown of the
 * system (`isUrgent`) asks nobody; main is stopped exactly once; then the process may end.
 */
export function quitStep(state: QuitState, runningCount: number, isUrgent: boolean): 'ask' | 'stop' | 'wait' | 'exit' {
  if (state === 'stopped') return 'exit'
  if (state === 'stopping') return 'wait'
  if (isUrgent) return 'stop'
  if (state === 'asking') return 'wait'
  return runningCount > 0 ? 'ask' : 'stop'
}

/** What closing the last window means (design §5.10): macOS keeps running, elsewhere it quits. */
export function closingQuits(platform: string): boolean {
  return platform !== 'darwin'
}

/** How long a quit waits for main: 5 s for running replies (design §5.10) and 1 s to close the store. */
export const stopLimitMs = 6_000

const crashWindowMs = 60_000

/** After the page's process died: open it again, unless that happened three times within a minute. */
export function afterCrash(crashTimes: readonly number[], now: number): 'reload' | 'ask' {
  return crashTimes.filter((time) => now - time < crashWindowMs).length < 3 ? 'reload' : 'ask'
}

function withoutFragment(url: string): string {
  const mark = url.indexOf('#')
  return mark < 0 ? url : url.slice(0, mark)
}
