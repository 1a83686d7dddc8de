import { app, dialog, nativeTheme, powerMonitor, session, type BrowserWindow } from 'electron'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { native as english } from '../../contract/strings/native-en.ts'
import { startParley } from '../../main/compose.ts'
import { desktopFlags, refusedAmong } from '../../main/core/desktop-policy.ts'
import { profileFolder } from '../../main/core/profile-paths.ts'
import { native, speak, systemLanguages } from './language.ts'
import { followLook } from './look.ts'
import { setApplicationMenu } from './menu.ts'
import { desktopPorts } from './ports.ts'
import { registerPageScheme, servePage } from './protocol.ts'
import { createQuit } from './quit.ts'
import { say, warn } from './say.ts'
import { connect } from './transport.ts'
import { wallContents, wallSession } from './walls.ts'
import { openWindowMemory } from './window-memory.ts'
import { openWindow, raise } from './window.ts'

const { isPackaged } = app
const args = process.argv.slice(1)
const flags = desktopFlags(args)
const refused = refusedAmong(args, process.platform, isPackaged)
// Read once: from here on no child process inherits the key. (Chromium's own first children are older than this line.)
const environment = { ...process.env }
delete process.env['AIMLAPI_API_KEY']

// Everything down to `whenReady` runs before Electron is ready: most of it has no effect, or throws, afterwards.
if (flags.problem !== null) {
  warn(english.refused.flag(flags.problem), 'see npm start -- --help')
  app.exit(2)
} else if (refused.length > 0) {
  for (const name of refused) app.commandLine.removeSwitch(name)
  app.whenReady().then(refuse, failToStart)
} else {
  launch()
}

/** Not awaited: Electron is not ready before this module has run to its end. A dialog needs it ready, on Linux at least. */
function launch(): void {
  try {
    const profile = prepare()
    app
      .whenReady()
      .then(() => start(profile))
      .catch(failToStart)
  } catch (error) {
    app.whenReady().then(() => failToStart(error), failToStart)
  }
}

/** What must be said to Electron before it is ready. Returns the profile. */
function prepare(): string {
  const isDevelopment = !isPackaged
  const wanted = flags.profile ?? environment['PARLEY_PROFILE']?.trim()
  const place = { platform: process.platform, home: homedir(), env: environment, isDevelopment }
  const profile = resolve(wanted || profileFolder(place))
  // Chromium's own files; the page's session is in memory only, so this holds no text. Must exist before it is set.
  const chromium = join(profile, 'desktop')
  mkdirSync(chromium, { recursive: true, mode: 0o700 })
  app.setPath('userData', chromium)
  app.setPath('sessionData', chromium)
  registerPageScheme()
  wallContents(app)
  // Exists on Windows only: the installer's entry and the window then belong together in the task bar.
  if (process.platform === 'win32') app.setAppUserModelId('app.parley.desktop')
  // enableSandbox takes --no-sandbox away again, which is too late for root: Chromium has set up its processes by now.
  if (app.commandLine.hasSwitch('no-sandbox')) warn('starting', english.unsandboxed)
  else app.enableSandbox()
  return profile
}

async function start(profile: string): Promise<void> {
  const helperFolder = dirname(fileURLToPath(import.meta.url))
  // Without `persist:` it lives in memory: no cookie, cache or storage of the page is ever written.
  const pages = session.fromPartition('parley', { cache: false })
  wallSession(session.defaultSession, false)
  wallSession(pages, !isPackaged)
  servePage(pages, join(helperFolder, '..', 'renderer'))
  const keeper = openWindowMemory(join(profile, 'window.json'))
  speak(keeper.memory.language)
  setApplicationMenu(isPackaged)
  app.setAboutPanelOptions({ applicationName: native().name, applicationVersion: app.getVersion() })
  nativeTheme.themeSource = keeper.memory.theme
  let window: BrowserWindow | null = null
  // Before main answers there is no window to raise; when it answers, one opens.
  let show: (() => void) | null = null
  const started = await startParley({
    ports: desktopPorts({ session: pages, helperFolder, window: () => window, raiseWindow: () => show?.() }),
    profile,
    environment,
    systemLanguages: systemLanguages(),
    version: app.getVersion(),
    shell: 'desktop',
    isDemo: flags.isDemo,
    isDevelopment: !isPackaged,
    helperFolder,
  })
  if (started.kind === 'already-running') {
    say(native().alreadyRunning(started.pid))
    app.exit(0)
    return
  }

  const { parley } = started
  const quit = createQuit({
    parley,
    window: () => window,
    beforeStop() {
      if (window === null) return
      keeper.keep(window)
      window.hide()
    },
  })
  connect(parley, () => window?.webContents ?? null)
  followLook(parley, keeper, isPackaged)
  show = () => {
    if (window !== null) return raise(window)
    window = openWindow({
      session: pages,
      preload: join(helperFolder, '..', 'preload', 'preload.cjs'),
      isPackaged,
      keeper,
      mayClose: () => quit.mayClose(),
      giveUp: () => quit.request(true),
    })
    window.once('closed', () => (window = null))
    // Windows ends its session without asking the application: this is the only word of it.
    window.on('session-end', () => quit.request(true))
  }
  show()
  // macOS: the icon in the Dock, or a second start from Finder.
  app.on('activate', show)
  endWithTheSystem(() => quit.request(true))
}

/** A signal, or the end of the system's session: quits without asking. */
function endWithTheSystem(quit: () => void): void {
  powerMonitor.on('shutdown', quit)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit)
}

/** An installed Parley was started with a switch that would open it to others. */
function refuse(): void {
  const isSandbox = refused.includes('no-sandbox')
  const detail = isSandbox ? native().refused.sandbox : native().refused.switch(refused.join(', --'))
  warn(native().refused.title, detail)
  dialog.showErrorBox(native().refused.title, detail)
  app.exit(1)
}

function failToStart(error: unknown): void {
  warn(native().failedToStart, error)
  dialog.showErrorBox(native().failedToStart, error instanceof Error ? error.message : String(error))
  app.exit(1)
}
