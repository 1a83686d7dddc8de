// What the tests need of the system: a Chromium, and on Linux a keyring to try the keychain with.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromiumPath, findChromium } from './chromium.mjs'
import { run } from './processes.mjs'

const keyringTools = {
  'gnome-keyring-daemon': 'gnome-keyring',
  'dbus-run-session': 'dbus',
  'secret-tool': 'libsecret-tools',
}

/** Looks for it, installs it where that is ours to do (root with apt-get), and returns what is still missing, in words. */
export async function ensureSystemNeeds(env) {
  const packages = missingPackages(env)
  if (packages.length > 0 && process.getuid?.() === 0 && findInPath('apt-get', env)) {
    console.log(`Installing ${packages.join(', ')} (apt-get) …`)
    const options = {
      isStep: true,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    }
    await run('apt-get', ['update', '-qq'], options)
    await run('apt-get', ['install', '-y', '-qq', ...packages], options)
  }
  return stillMissing(env)
}

function missingPackages(env) {
  return [...(findChromium(env) || env['PARLEY_CHROMIUM'] ? [] : ['chromium']), ...missingKeyringTools(env)]
}

function missingKeyringTools(env) {
  if (process.platform !== 'linux') return []
  return Object.entries(keyringTools).flatMap(([program, name]) => (findInPath(program, env) ? [] : [name]))
}

function stillMissing(env) {
  const missing = missingKeyringTools(env).map((name) => `${name} is missing: the keychain tests need it.`)
  try {
    chromiumPath(env)
  } catch (error) {
    missing.push(error.message)
  }
  return missing
}

function findInPath(program, env) {
  const folders = (env['PATH'] ?? '').split(delimiter)
  return [...folders, '/usr/bin', '/usr/sbin'].some((folder) => folder !== '' && existsSync(join(folder, program)))
}
