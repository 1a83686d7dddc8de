// Builds dist/ when the sources are newer than it, by their contents: a checkout changes times, not sources.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './install.mjs'
import { run } from './processes.mjs'

const folders = ['electron', 'renderer', 'scripts']
const files = ['vite.config.ts', 'package.json', 'package-lock.json']
const stampFile = join(root, 'dist', '.parley-built')

/** Builds if need be. Resolves to whether dist/ now is what the sources say. */
export async function ensureBuilt(node, env) {
  const wanted = fingerprint()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return true
  console.log('Building Parley …')
  return build(node, env, ['--logLevel', 'error'], wanted)
}

/** Builds in any case. Resolves to whether it worked. */
export async function build(node, env, options = [], wanted = fingerprint()) {
  rmSync(stampFile, { force: true })
  const { code } = await run(node, ['node_modules/vite/bin/vite.js', 'build', ...options], {
    cwd: root,
    env,
    isStep: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (code === 0) writeFileSync(stampFile, wanted)
  else console.error(`The build failed with exit code ${code}.`)
  return code === 0
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const file of [...folders.flatMap(walk), ...files]) {
    const content = readFileSync(join(root, file))
    hash.update(`${file} ${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

function walk(folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  // oxlint-disable-next-line unicorn/no-array-sort -- Node 18 has no toSorted
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? walk(path) : [path]
  })
}
