import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { environmentForPrograms } from '../../electron/shells/browser/environment.ts'
import { createWindows, type Windows } from '../../electron/shells/browser/window.ts'
import { chromiumPath } from '../../scripts/chromium.mjs'
import { startTestServer, type TestServer } from '../helpers/page-server.ts'

/** What the page tries in a real browser before it reports: nothing of it may work. */
const script = `
const tries = { refused: [], allowed: [] }
const attempt = async (name, action) => {
  try { await action(); tries.allowed.push(name) } catch { tries.refused.push(name) }
}
await attempt('new Function', () => new Function('return 1')())
await attempt('innerHTML', () => { document.body.innerHTML = '<b>x</b>' })
await attempt('another local port', () => fetch('http://127.0.0.1:9/'))
await attempt('data worker', () => new Worker('data:text/javascript,1'))
await attempt('service worker', () => navigator.serviceWorker.register('/assets/app-1a2b.js'))
const events = new EventSource('/events')
events.onmessage = ({ data }) => call('heard', JSON.parse(data).name)
events.onopen = () => call('report', { ...tries, cookie: document.cookie })
function call(name, input) {
  const headers = { 'content-type': 'application/json' }
  return fetch('/call', { method: 'POST', headers, body: JSON.stringify({ name, input }) })
}
`

let folder: string
let app: TestServer
let windows: Windows

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-window-'))
  // The same browser without a display, so that this runs anywhere.
  const program = join(folder, 'headless-chromium')
  writeFileSync(program, `#!/bin/sh\nexec '${chromiumPath()}' --headless=new "$@"\n`)
  chmodSync(program, 0o755)
  app = await startTestServer({ script })
  windows = createWindows({
    program,
    dataFolder: join(folder, 'profile', 'browser'),
    size: { width: 800, height: 600 },
    isRoot: process.getuid?.() === 0,
    env: environmentForPrograms({ ...process.env, AIMLAPI_API_KEY: 'canary-key', SECRET_TOKEN: 'canary' }),
  })
})

afterEach(async () => {
  await windows.close()
  await app.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const calls = (name: string) => app.calls.filter((call) => call.name === name).map(({ input }) => input)
const open = () => {
  const ticket = app.session.issueTicket(30_000)
  return { ticket, ended: windows.open(app.server.entryAddress(ticket)) }
}

/** `/proc` of every process that names our folder on its command line. */
const processes = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && (readProc(name, 'cmdline') ?? '').includes(folder))
    .map((name) => ({ cmdline: readProc(name, 'cmdline') ?? '', environ: readProc(name, 'environ') ?? '' }))

function readProc(pid: string, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It ended meanwhile.
    return null
  }
}

describe.runIf(process.platform === 'linux')('a window of the real browser', () => {
  test('enters by the redirect file, calls, hears events, and may do nothing else', async () => {
    const { ticket } = open()
    await expect.poll(() => calls('report'), { timeout: 20_000 }).toHaveLength(1)
    const all = ['new Function', 'innerHTML', 'another local port', 'data worker', 'service worker']
    expect(calls('report')).toEqual([{ refused: all, allowed: [], cookie: '' }])
    app.publish({ name: 'spend.changed' })
    await expect.poll(() => calls('heard'), { timeout: 5_000 }).toEqual(['spend.changed'])

    const redirect = join(folder, 'profile', 'browser', 'parley.html')
    expect(readFileSync(redirect, 'utf8')).toContain(ticket)
    expect(statSync(redirect).mode & 0o777).toBe(0o600)
    for (const name of ['profile', 'profile/browser']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o700)

    const seen = processes()
    expect(seen.length).toBeGreaterThan(2)
    for (const { cmdline, environ } of seen) {
      expect(cmdline).not.toContain(ticket)
      expect(cmdline).not.toContain('ticket=')
      expect(environ).not.toContain('canary')
    }
  })

  test('ends when asked to, and leaves no process and no redirect file', async () => {
    const { ended } = open()
    await expect.poll(() => calls('report'), { timeout: 20_000 }).toHaveLength(1)
    await windows.close()
    await expect(ended).resolves.toMatchObject({ kind: 'closed' })
    await expect.poll(processes, { timeout: 5_000 }).toEqual([])
    expect(existsSync(join(folder, 'profile', 'browser', 'parley.html'))).toBe(false)
  })
})

const base = () => ({ dataFolder: join(folder, 'x'), size: { width: 1, height: 1 }, isRoot: false, env: {} })

/** Stands for a browser: what it does is all that can be seen of a real one from outside. */
const standIn = (lines: string) => {
  const program = join(folder, 'stand-in')
  writeFileSync(program, `#!/bin/sh\n${lines}\n`, { mode: 0o755 })
  return createWindows({ ...base(), program })
}

describe.runIf(process.platform !== 'win32')('how a window ended', () => {
  const address = 'http://127.0.0.1:9/'

  test('a second one joins the first', async () => {
    const marker = join(folder, 'running')
    const both = standIn(`[ -e '${marker}' ] && exit 0; : > '${marker}'; exec sleep 30`)
    const first = both.open(address)
    await expect.poll(() => existsSync(marker)).toBe(true)
    await expect(both.open(address)).resolves.toMatchObject({ kind: 'joined' })
    await both.close()
    await expect(first).resolves.toMatchObject({ kind: 'closed' })
  })

  test('one that ends well at once was handed over to a browser of an earlier run', async () => {
    await expect(standIn('exit 0').open(address)).resolves.toMatchObject({ kind: 'handed-over' })
  })

  test('one that ends well later was closed', async () => {
    await expect(standIn('sleep 3').open(address)).resolves.toMatchObject({ kind: 'closed' })
  })

  test('one that does not end when asked is ended', async () => {
    const stubborn = standIn("trap '' TERM; exec sleep 30")
    const ended = stubborn.open(address)
    await new Promise((resolve) => setTimeout(resolve, 200))
    await stubborn.close()
    await expect(ended).resolves.toMatchObject({ kind: 'closed' })
  })

  test('one that cannot be started, or fails at once, says why', async () => {
    const missing = createWindows({ ...base(), program: join(folder, 'missing') })
    await expect(missing.open(address)).resolves.toMatchObject({ kind: 'failed' })
    await expect(standIn('exit 7').open(address)).resolves.toEqual({ kind: 'failed', detail: 'exit code 7' })
  })

  test('a folder that cannot be written says why', async () => {
    writeFileSync(join(folder, 'x'), 'a file where the folder should be')
    await expect(standIn('exit 0').open(address)).resolves.toMatchObject({ kind: 'failed' })
  })
})
