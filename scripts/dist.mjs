// npm run dist [-- --dir]: installs and builds what is missing, then packs Parley for this system and processor into release/.
// Plain JavaScript for Node 18 and later, built-in modules only.
import { join } from 'node:path'
import { build } from './build.mjs'
import { ensureInstalled, nodeForParley, root } from './install.mjs'
import { endChildrenWithUs, run } from './processes.mjs'

const help = `npm run dist [-- --dir]

Packs Parley for this system and processor into release/. The Electron runtime is downloaded when it is missing.
  --dir   the unpacked application only, without an installer`

endChildrenWithUs()
const args = process.argv.slice(2)
if (args.includes('--help')) {
  console.log(help)
  process.exit(0)
}
const unknown = args.find((arg) => arg !== '--dir')
if (unknown !== undefined) {
  console.error(`Unknown option '${unknown}'. See npm run dist -- --help`)
  process.exit(2)
}
// A package must not carry anything of whoever packs it.
for (const name of ['AIMLAPI_API_KEY', 'PARLEY_PROFILE', 'PARLEY_API_URL']) delete process.env[name]

const node = (await ensureInstalled()) ? nodeForParley() : null
if (node === null || !(await build(node, process.env, ['--logLevel', 'warn']))) process.exit(1)
const options = [`--${process.arch}`, '--publish', 'never', ...args]
const { code } = await run(node, [join('node_modules', 'electron-builder', 'cli.js'), ...options], { cwd: root })
process.exit(code)
