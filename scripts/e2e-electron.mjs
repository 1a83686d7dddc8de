// npm run e2e:electron [-- FILES]: builds, then drives the desktop shell in the real Electron. Says NOT RUN, and fails, without one.
// Plain JavaScript for Node 18 and later, built-in modules only.
import { join } from 'node:path'
import { build } from './build.mjs'
import { findElectron } from './electron.mjs'
import { ensureInstalled, nodeForParley, root } from './install.mjs'
import { endChildrenWithUs, run } from './processes.mjs'

endChildrenWithUs()
for (const name of ['AIMLAPI_API_KEY', 'PARLEY_PROFILE', 'PARLEY_API_URL']) delete process.env[name]

const node = (await ensureInstalled()) ? nodeForParley() : null
if (node === null) process.exit(1)
if (findElectron() === null) {
  console.error(
    'NOT RUN: the Electron runtime is not here, so nothing of the desktop shell was tested.\n' +
      'Fetch it with: node node_modules/electron/install.js (or name its folder in ELECTRON_OVERRIDE_DIST_PATH)',
  )
  process.exit(1)
}
if (!(await build(node, process.env, ['--logLevel', 'warn']))) process.exit(1)
const options = ['test', '--config', 'tests/electron/playwright.config.ts', ...process.argv.slice(2)]
const { code } = await run(node, [join('node_modules', '@playwright', 'test', 'cli.js'), ...options], { cwd: root })
process.exit(code)
