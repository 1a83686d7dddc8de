// npm test: every check in order, each under its heading, a summary at the end. `--long` runs the long tests instead.
// Plain JavaScript for Node 18 and later, built-in modules only.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { ensureInstalled, nodeForParley, root } from './install.mjs'
import { endChildrenWithUs, run } from './processes.mjs'
import { ensureSystemNeeds } from './system-needs.mjs'
import { playwrightTotals, vitestTotals } from './test-totals.mjs'

const help = `npm test [-- --long]

Runs, in order: format, lint, types, dead code, build, tests (unit, integration, hostile, faults), end to end.
All of them run even when one fails; the exit code tells whether all passed.
  --long   runs the long tests (tests/long) instead`

endChildrenWithUs()
const args = process.argv.slice(2)
if (args.includes('--help')) {
  console.log(help)
  process.exit(0)
}
const unknown = args.find((arg) => arg !== '--long')
if (unknown !== undefined) {
  console.error(`Unknown option '${unknown}'. See npm test -- --help`)
  process.exit(2)
}

// No test may spend a real key or touch a person's profile.
for (const name of ['AIMLAPI_API_KEY', 'PARLEY_PROFILE', 'PARLEY_API_URL']) delete process.env[name]

const node = (await ensureInstalled()) ? nodeForParley() : null
if (node === null) process.exit(1)

const reports = mkdtempSync(join(tmpdir(), 'parley-test-'))
const totals = { passed: 0, failed: 0, skipped: 0 }
const summary = []

if (args.includes('--long')) {
  await step('System', needs)
  await step('Build', () => build(node, process.env, ['--logLevel', 'warn']))
  await step('Long tests', () => vitest(['--config', 'scripts/vitest.long.config.mjs']))
} else {
  await step('Format', () => tool('oxfmt/bin/oxfmt', ['--check']))
  await step('Lint', () => tool('oxlint/bin/oxlint'))
  await step('Types', () => tool('typescript/bin/tsc', ['-b']))
  await step('Dead code', () => tool('knip/bin/knip.js'))
  await step('Build', () => build(node, process.env, ['--logLevel', 'warn']))
  await step('System', needs)
  await step('Unit, integration, hostile, faults', () => vitest([]))
  await step('End to end', endToEnd)
}
finish()

async function step(title, action) {
  console.log(`\n── ${title} ${'─'.repeat(Math.max(0, 76 - title.length))}`)
  const start = Date.now()
  const isFine = await action()
  summary.push({ title, isFine, seconds: ((Date.now() - start) / 1_000).toFixed(1) })
}

async function tool(file, options = [], more = {}) {
  const { code } = await run(node, [join('node_modules', file), ...options], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    isStep: true,
    ...more,
  })
  return code === 0
}

async function needs() {
  const missing = await ensureSystemNeeds(process.env)
  for (const line of missing) console.error(line)
  if (missing.length === 0) console.log('A Chromium and what the keychain tests need are here.')
  return missing.length === 0
}

async function vitest(options) {
  const file = join(reports, 'vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const isFine = await tool('vitest/vitest.mjs', ['run', ...reporters, ...options])
  return count(vitestTotals(file), isFine)
}

async function endToEnd() {
  const file = join(reports, 'playwright.json')
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: file, CI: process.env['CI'] ?? '1' }
  const isFine = await tool('@playwright/test/cli.js', ['test', '--reporter=list,json'], { env })
  return count(playwrightTotals(file), isFine)
}

/** A run that failed without naming a failed test (it never got that far) counts as one failure. */
function count(found, isFine) {
  totals.passed += found.passed
  totals.skipped += found.skipped
  totals.failed += found.failed === 0 && !isFine ? 1 : found.failed
  return isFine && found.failed === 0
}

function finish() {
  rmSync(reports, { recursive: true, force: true })
  console.log(`\n── Summary ${'─'.repeat(69)}`)
  for (const { title, isFine, seconds } of summary) {
    console.log(`${isFine ? 'passed' : 'FAILED'}  ${title} (${seconds} s)`)
  }
  if (totals.skipped > 0) console.log(`${totals.skipped} skipped`)
  console.log(`${totals.passed} passed, ${totals.failed} failed`)
  process.exit(summary.every(({ isFine }) => isFine) ? 0 : 1)
}
