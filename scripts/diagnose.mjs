// npm run diagnose: asks the provider what only a call with a key can settle. Says its price and asks first, then prints a
// report without key, balance or ids. Runs under Parley's own Node, with the same code as the application.
import { fork } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { ensureBuilt } from './build.mjs'
import { root } from './install.mjs'

const help = `npm run diagnose [-- --yes]

Asks the provider, with your key, what its documentation leaves open: where the bill is in a reply, whether
a PDF works, whether a reply that is cut is billed. Says what it costs at most and asks before anything is
sent. Parley must not be running. The key is that of Parley's keychain entry, or of AIMLAPI_API_KEY.

  --yes   agrees to the price beforehand`

const args = process.argv.slice(2)
if (args.some((arg) => arg !== '--yes')) {
  console.log(help)
  process.exit(args.includes('--help') ? 0 : 2)
}
const environment = { ...process.env }
delete process.env['AIMLAPI_API_KEY']
if (!(await ensureBuilt(process.execPath, process.env))) process.exit(1)

const { startParley } = await import('../electron/main/compose.ts')
const { profileFolder } = await import('../electron/main/core/profile-paths.ts')
const { asHelperProcess } = await import('../electron/main/ports.ts')
const place = { platform: process.platform, home: homedir(), env: environment, isDevelopment: true }
const profile = environment['PARLEY_PROFILE'] || profileFolder(place)
mkdirSync(profile, { recursive: true, mode: 0o700 })
const helperFolder = join(root, 'dist', 'main')
const start = await startParley({
  ports: {
    openExternal: async () => undefined,
    confirm: async () => false,
    resolveProxy: async () => 'DIRECT',
    raiseWindow: () => undefined,
    forkHelper: (file, env) =>
      asHelperProcess(
        fork(join(helperFolder, file), [], { env, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }),
      ),
    onPower: () => () => undefined,
  },
  profile,
  environment,
  version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
  shell: 'browser',
  isDemo: false,
  isDevelopment: true,
  helperFolder,
})
if (start.kind === 'already-running') {
  console.error('Parley is running. Close it first, or use Settings → Connection there.')
  process.exit(1)
}
const { parley } = start
process.exitCode = await diagnose().catch((error) => {
  console.error(error.message)
  return 1
})
await parley.stop()
process.exit()

async function diagnose() {
  await call('key.reload', {})
  const { steps, upToNanoUsd } = await call('diagnose.plan', {})
  for (const { question, upToNanoUsd: most } of steps) console.log(`- ${question} (up to ${dollars(most)})`)
  if (upToNanoUsd === null) throw new Error('No price is known, so nothing bounds what this costs. Nothing was sent.')
  console.log(`All of it costs ${dollars(upToNanoUsd)} at most.`)
  if (!args.includes('--yes') && !(await agrees())) {
    console.log('Nothing was sent.')
    return 0
  }
  const { text, spentNanoUsd, unknownCount } = await call('diagnose.run', { agreedNanoUsd: upToNanoUsd })
  console.log(
    `\n${text}\nSpent: ${dollars(spentNanoUsd)}${unknownCount > 0 ? `, and ${unknownCount} not yet known` : ''}.`,
  )
  return 0
}

async function call(name, input) {
  const result = await parley.call(name, input)
  if (result.ok) return result.value
  throw new Error(`${name}: ${result.failure.code}${result.failure.detail ? `, ${result.failure.detail}` : ''}`)
}

async function agrees() {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await lines.question('Send these requests? Type yes: ').catch(() => '')
  lines.close()
  return answer.trim().toLowerCase() === 'yes'
}

function dollars(nanoUsd) {
  return nanoUsd === null ? 'unknown' : `$${(nanoUsd / 1e9).toFixed(6)}`
}
