// Where the system's Chromium is: the browser shell opens it, the end-to-end tests drive it. Any browser of the family will do.
import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'

const linuxNames = [
  'chromium',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'brave-browser',
  'chromium-browser',
]
const macNames = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser']
const windowsPlaces = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['BraveSoftware', 'Brave-Browser', 'Application', 'brave.exe'],
]

/** The browser to use, or null. `PARLEY_CHROMIUM` decides when it is set: then nothing else is tried. */
export function findChromium(env = process.env, platform = process.platform) {
  const chosen = env['PARLEY_CHROMIUM']
  if (chosen) return isProgram(chosen) ? chosen : null
  // A snap may not read the profile in ~/.local/share, so it comes last (see the browser shell's data folder).
  const found = candidates(env, platform).filter(isProgram)
  return found.find((file) => !isSnap(file)) ?? found[0] ?? null
}

/** The browser to use. Throws with words for a person when there is none. */
export function chromiumPath(env = process.env, platform = process.platform) {
  const found = findChromium(env, platform)
  if (found) return found
  const chosen = env['PARLEY_CHROMIUM']
  if (chosen) throw new Error(`PARLEY_CHROMIUM names ${chosen}, which is not a program that can be started.`)
  throw new Error(
    'No Chromium, Chrome, Edge or Brave was found. Install one (Debian and Ubuntu: apt-get install chromium), ' +
      'or name its program in PARLEY_CHROMIUM.',
  )
}

/** Whether this browser is a snap package, which sees only its own folders. */
export function isSnap(file) {
  if (file.startsWith('/snap/')) return true
  try {
    return realpathSync(file) === '/usr/bin/snap'
  } catch {
    // Gone since it was found: starting it will say so.
    return false
  }
}

function candidates(env, platform) {
  if (platform === 'darwin') {
    const folders = ['/Applications', join(homedir(), 'Applications')]
    return macNames.flatMap((name) => folders.map((folder) => join(folder, `${name}.app`, 'Contents', 'MacOS', name)))
  }
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter(Boolean)
    return windowsPlaces.flatMap((place) => folders.map((folder) => join(folder, ...place)))
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder))
  const all = [...new Set([...folders, '/usr/bin', '/usr/local/bin', '/snap/bin'])]
  return linuxNames.flatMap((name) => all.map((folder) => join(folder, name)))
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    // Not there, or not ours to run: the next candidate.
    return false
  }
}
