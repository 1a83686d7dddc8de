// node scripts/run.mjs SCRIPT [ARGUMENT…]: installs what is missing, then runs the script under Parley's own Node.
// Plain JavaScript for Node 18 and later, built-in modules only: it runs before anything is installed.
import { ensureInstalled, nodeForParley, root } from './install.mjs'
import { endChildrenWithUs, run } from './processes.mjs'

endChildrenWithUs()
const node = (await ensureInstalled()) ? nodeForParley() : null
if (node === null) process.exit(1)
const { code } = await run(node, process.argv.slice(2), { cwd: root })
process.exit(code)
