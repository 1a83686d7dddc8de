// Finds the Electron runtime, or tries for a short while to fetch it: it is a download of its own, not part of npm ci.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './install.mjs'
import { run } from './processes.mjs'

const fetchLimitMs = 20_000
const rememberFailureMs = 24 * 60 * 60 * 1_000

const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/** The runtime's program, or null when it is not here whole. */
export function findElectron(env = process.env, home = join(root, 'node_modules', 'electron')) {
  const program = programs[process.platform] ?? 'electron'
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) return existsSync(join(override, program)) ? join(override, program) : null
  // path.txt is written last: a download that was cut leaves none.
  const isWhole = existsSync(join(home, 'path.txt')) && existsSync(join(home, 'dist', 'version'))
  const file = join(home, 'dist', program)
  return isWhole && versionOf(home) === pinnedVersion(home) && existsSync(file) ? file : null
}

/** Fetches the runtime within 20 seconds. Resolves to its program, or null after one plain line that says why not. */
export async function fetchElectron(node, env) {
  const failureFile = join(root, 'node_modules', '.parley-electron-failed')
  if (existsSync(failureFile) && Date.now() - statSync(failureFile).mtimeMs < rememberFailureMs) {
    return without('could not be fetched earlier today')
  }
  console.log('Fetching the Electron runtime (at most 20 seconds) …')
  const { code, timedOut } = await run(node, [join('node_modules', 'electron', 'install.js')], {
    cwd: root,
    env,
    isStep: true,
    stdio: 'ignore',
    timeoutMs: fetchLimitMs,
  })
  const found = code === 0 ? findElectron(env) : null
  if (found) {
    rmSync(failureFile, { force: true })
    return found
  }
  writeFileSync(failureFile, '')
  return without(timedOut ? 'did not arrive within 20 seconds' : 'could not be fetched')
}

function without(reason) {
  console.log(
    `The Electron runtime is not here and ${reason}, so Parley opens in a window of the system's Chromium. ` +
      '(To fetch it without a limit: node node_modules/electron/install.js)',
  )
  return null
}

const versionOf = (home) =>
  readFileSync(join(home, 'dist', 'version'), 'utf8')
    .trim()
    .replace(/^v/, '')
const pinnedVersion = (home) => JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version
