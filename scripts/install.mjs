// Installs what the lockfile names when it is not there yet, and finds the Node that Parley runs on.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './processes.mjs'

const oldestNode = 18
const nodeOfParley = 24

/** The folder of package.json. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** Makes node_modules match the lockfile. Resolves to whether it does. */
export async function ensureInstalled() {
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    console.error(`Parley's scripts need Node ${oldestNode} or newer; this is ${process.version}.`)
    return false
  }
  const stampFile = join(root, 'node_modules', '.parley-installed')
  const lockfile = readFileSync(join(root, 'package-lock.json'))
  const wanted = createHash('sha256').update(lockfile).update(`${process.platform} ${process.arch}`).digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return true
  if (!isInstalledByHand(JSON.parse(lockfile.toString()))) {
    console.log('Installing what Parley needs (npm ci) …')
    const { code } = await npm([
      'ci',
      '--include=dev',
      '--include=optional',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ])
    if (code !== 0) {
      console.error(`npm ci failed with exit code ${code}. Parley cannot go on without what it installs.`)
      return false
    }
  }
  writeFileSync(stampFile, wanted)
  return true
}

/** The pinned Node (or this one, when it is new enough); null with a word on stderr when there is none for this machine. */
export function nodeForParley() {
  const program = process.platform === 'win32' ? 'node.exe' : 'node'
  const system = process.platform === 'win32' ? 'win' : process.platform
  for (const name of [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`]) {
    const file = join(root, 'node_modules', name, 'bin', program)
    if (existsSync(file)) return file
  }
  if (Number(process.versions.node.split('.')[0]) >= nodeOfParley) return process.execPath
  console.error(
    `Parley runs on Node ${nodeOfParley}; none is packaged for ${process.platform} ${process.arch}, and this is ${process.version}.`,
  )
  return null
}

/** Whether a plain `npm ci` already put every required package of the lockfile here, at its version. */
function isInstalledByHand(lockfile) {
  const hiddenFile = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(hiddenFile)) return false
  const installed = JSON.parse(readFileSync(hiddenFile, 'utf8')).packages ?? {}
  return Object.entries(lockfile.packages).every(([path, wanted]) => {
    if (path === '' || wanted.optional || wanted.devOptional) return true
    return installed[path]?.version === wanted.version && existsSync(join(root, path, 'package.json'))
  })
}

function npm(args) {
  const options = { cwd: root, isStep: true, stdio: ['ignore', 'inherit', 'inherit'] }
  const cli = process.env['npm_execpath']
  if (cli && /^npm(-cli)?\.[cm]?js$/.test(basename(cli))) return run(process.execPath, [cli, ...args], options)
  return run('npm', args, { ...options, shell: process.platform === 'win32' })
}
