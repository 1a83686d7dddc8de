// npm start: installs and builds what is missing, then opens Parley in Electron, or in the system's Chromium without it.
// Plain JavaScript for Node 18 and later, built-in modules only.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './build.mjs'
import { fetchElectron, findElectron } from './electron.mjs'
import { ensureInstalled, nodeForParley, root } from './install.mjs'
import { endChildrenWithUs, run } from './processes.mjs'

const help = `Parley: a desktop chat application for Gemma 4 31B over the AI/ML API.

  npm start [-- FLAGS]

  --browser       use a window of the system's Chromium even when Electron is here
  --no-open       serve on 127.0.0.1 and print an address instead of opening a window
                  (the address works once, without a time limit; implies --browser)
  --port N        the port on 127.0.0.1 (default: any free one; implies --browser)
  --demo          try Parley without a key: replies are made up on this machine, nothing is sent
  --profile DIR   keep everything in this folder
  --help          this text

Environment
  PARLEY_PROFILE    like --profile (the flag wins). Without either, a start from the sources has
                    a profile of its own, apart from an installed Parley
  PARLEY_API_URL    another address of the API, for testing
  AIMLAPI_API_KEY   a key for this run only; it is not stored
  PARLEY_CHROMIUM   the program of the Chromium to use

Ctrl-C ends Parley. Running replies get up to 5 seconds to be settled.`

// The application runs in the folder of the sources; a relative folder is meant from where the person is.
const whereThePersonIs = process.env['INIT_CWD'] ?? process.cwd()

endChildrenWithUs()
const flags = flagsOrExit(process.argv.slice(2))
if (flags.help) {
  console.log(help)
  process.exit(0)
}

// Only the application itself may see the key: not npm, the build, or a download.
const appEnv = { ...process.env }
if (appEnv['PARLEY_PROFILE']) appEnv['PARLEY_PROFILE'] = resolve(whereThePersonIs, appEnv['PARLEY_PROFILE'])
delete process.env['AIMLAPI_API_KEY']

const node = (await ensureInstalled()) ? nodeForParley() : null
if (node === null || !(await ensureBuilt(node, process.env))) process.exit(1)

const wantsBrowser = flags.browser || flags['no-open'] || flags.port !== undefined || !hasDisplay()
const electron = wantsBrowser ? null : (findElectron() ?? (await fetchElectron(node, process.env)))
const { code } = electron ? await startDesktop(electron) : await startBrowser(node)
process.exit(code)

function startBrowser(program) {
  const options = [
    ...(flags['no-open'] ? ['--no-open'] : []),
    ...(flags.port === undefined ? [] : ['--port', flags.port]),
    ...sharedOptions(),
  ]
  // The channel closes when we die in any way; the application then ends too.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc']
  return run(program, ['dist/main/browser.js', ...options], { cwd: root, env: appEnv, stdio })
}

async function startDesktop(program) {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  if (isRoot) console.log("Running as root: Electron's sandbox is off. Start Parley as an ordinary user to have it.")
  const startedAt = Date.now()
  const options = [...(isRoot ? ['--no-sandbox'] : []), ...sharedOptions()]
  const ended = await run(program, ['.', ...options], { cwd: root, env: appEnv })
  if (ended.code !== 0 && Date.now() - startedAt < 5_000) {
    console.error(
      `Electron ended at once (exit code ${ended.code}). npm start -- --browser uses a window of the system's Chromium.`,
    )
  }
  return ended
}

/** Electron needs one; the browser shell can still print an address. */
function hasDisplay() {
  if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return true
  console.log('There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).')
  return false
}

function sharedOptions() {
  return [...(flags.demo ? ['--demo'] : []), ...(flags.profile === undefined ? [] : ['--profile', flags.profile])]
}

function flagsOrExit(args) {
  try {
    const { values } = parseArgs({
      args,
      strict: true,
      allowPositionals: false,
      options: {
        browser: { type: 'boolean' },
        'no-open': { type: 'boolean' },
        demo: { type: 'boolean' },
        profile: { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) <= 65_535)) {
      throw new Error(`--port takes a number from 0 to 65535, not '${values.port}'.`)
    }
    if (values.profile === '') throw new Error('--profile takes a folder.')
    if (values.profile !== undefined) values.profile = resolve(whereThePersonIs, values.profile)
    return values
  } catch (error) {
    console.error(`${error.message.split('. ')[0].replace(/\.$/, '')}. See npm start -- --help`)
    return process.exit(2)
  }
}
