import { readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startParley } from '../../main/compose.ts'
import { profileFolder, profileLayout } from '../../main/core/profile-paths.ts'
import { createQuestions } from './ask.ts'
import { environmentForPrograms } from './environment.ts'
import { parseFlags, type Flags } from './flags.ts'
import { complain, outliveOutput, say } from './say.ts'
import { createPageServer } from './server.ts'
import { createSession, ticketLifetimeMs } from './session.ts'
import { createShellPorts } from './shell-ports.ts'
import { createDisplay, showQuestion } from './show.ts'
import { readStaticFiles } from './static-files.ts'
import { createStopper, endOnSignals } from './stop.ts'
import { whenWindowsStayAway } from './presence.ts'

/** Where this build lies: dist/main, beside dist/renderer. */
const buildFolder = dirname(fileURLToPath(import.meta.url))

outliveOutput()
const flags = flagsOrExit()
// Read once: from here on no child process can inherit the key.
const environment = { ...process.env }
delete process.env['AIMLAPI_API_KEY']

const stopper = createStopper()
endOnSignals(stopper)

run(flags).catch((error: unknown) => {
  complain(`Parley could not start: ${error instanceof Error ? error.message : String(error)}`)
  stopper.stop(1)
})

async function run({ isOpening, isDemo, profile: wantedProfile, port }: Flags): Promise<void> {
  const { platform } = process
  const place = { platform, home: homedir(), env: environment, isDevelopment: true }
  const profile = wantedProfile ?? (environment['PARLEY_PROFILE'] || profileFolder(place))
  const env = environmentForPrograms(environment)

  const files = readStaticFiles(join(buildFolder, '..', 'renderer'))
  const layout = profileLayout(profile, platform)
  const display = createDisplay(layout, env, isOpening)
  const questions = createQuestions({ show: showQuestion(display.questions) })
  // Another start may ask for the window before there is one to show: then it comes anyway.
  let showPage: (() => void) | null = null
  let isForgetting = false
  // Added first, so done last: the windows are closed by then.
  stopper.add(async () => {
    if (isForgetting)
      for (const folder of [layout.browser, layout.questions]) rmSync(folder, { recursive: true, force: true })
  })
  const ports = createShellPorts({
    questions,
    raiseWindow: () => showPage?.(),
    forgetWindow: () => (isForgetting = true),
    helperFolder: buildFolder,
    env,
    platform,
  })

  const start = await startParley({
    ports,
    profile,
    environment,
    systemLanguages: [Intl.DateTimeFormat().resolvedOptions().locale],
    version: versionOf(join(buildFolder, '..', '..', 'package.json')),
    shell: 'browser',
    isDemo,
    isDevelopment: true,
    helperFolder: buildFolder,
  })
  if (start.kind === 'already-running') {
    const who = start.pid === null ? '' : ` (process ${start.pid})`
    say(`Parley is already running${who}; it was asked to show its window.`)
    process.exit(0)
  }
  const { parley } = start
  stopper.add(() => parley.stop())

  const session = createSession({ nowMs: () => Number(process.hrtime.bigint() / 1_000_000n) })
  const server = await createPageServer({ port, files, session, call: parley.call, onEvent: parley.onEvent })
  stopper.add(() => server.close())
  stopper.add(() => questions.close())

  const print = () => say(`Parley is ready: ${server.entryAddress(session.issueTicket(null))}`)
  const { pages } = display
  for (const note of display.notes) complain(note)
  if (!pages) {
    showPage = print
    return print()
  }
  for (const windows of [pages, display.questions]) {
    stopper.add(() => windows?.close())
    process.on('exit', () => windows?.kill())
  }
  const endWhenAway = () => whenWindowsStayAway(server.windowCount, () => stopper.stop(0))
  const openPage = async (): Promise<void> => {
    const end = await pages.open(server.entryAddress(session.issueTicket(ticketLifetimeMs)))
    if (end.kind === 'closed') stopper.stop(0)
    if (end.kind === 'handed-over') endWhenAway()
    if (end.kind === 'failed') {
      complain(`The window did not open (${end.detail}). Open the address below in a browser.`)
      print()
    }
  }
  showPage = () => void openPage()
  // On a Mac the browser stays when its last window is closed.
  if (platform === 'darwin') endWhenAway()
  say(`Parley is ready: ${server.address}`)
  showPage()
}

function flagsOrExit(): Flags {
  try {
    return parseFlags(process.argv.slice(2))
  } catch (error) {
    complain(`${error instanceof Error ? error.message : String(error)}. See npm start -- --help`)
    return process.exit(2)
  }
}

function versionOf(file: string): string {
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  return version
}
