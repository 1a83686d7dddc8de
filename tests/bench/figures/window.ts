import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromiumPath } from '../../../scripts/chromium.mjs'
import { chromiumFlags } from '../../../electron/shells/browser/chromium-flags.ts'
import { startProvider, type Provider } from '../../provider/server.ts'
import { attach, type Devtools } from '../browser/devtools.ts'
import { chatNames, makeLongProfile } from '../browser/long-profile.ts'
import { treePssMb } from '../browser/process-tree.ts'
import type { Figure, Measured } from '../harness.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const emptyShell = fileURLToPath(new URL('../browser/empty-shell.mjs', import.meta.url))
const restMs = 3_000

/** Notes the moment when a text field that has the keyboard was painted. */
const beacon = `(() => {
  if (window.benchBeacon !== undefined) return
  window.benchBeacon = null
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => { window.benchBeacon = performance.timeOrigin + performance.now() }
  const look = () => {
    const field = document.activeElement
    if (field instanceof HTMLTextAreaElement && !field.disabled) port2.postMessage(null)
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()`

interface House {
  folder: string
  provider: Provider
  parley: { profile: string; remove(): void }
}

let opened: Promise<House> | null = null

async function open(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
  return { folder, provider: await startProvider(), parley: makeLongProfile() }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** A program that starts Chromium without a display, listening for the one who measures. */
function writeProgram(folder: string, port: number): string {
  const file = join(folder, 'chromium')
  writeFileSync(file, `#!/bin/sh\nexec '${chromiumPath()}' --headless --remote-debugging-port=${port} "$@"\n`)
  chmodSync(file, 0o755)
  return file
}

interface Running {
  /** From the start of the process until a text field with the keyboard is painted. */
  startMs: number
  devtools: Devtools
  restingMb(): Promise<number>
  end(): Promise<void>
}

async function run(start: (program: string) => ChildProcess): Promise<Running> {
  const { folder } = await (opened ??= open())
  const port = await freePort()
  const program = writeProgram(folder, port)
  const startedAt = performance.timeOrigin + performance.now()
  const child = start(program)
  const devtools = await attach(port, beacon)
  let readyAt: unknown = null
  for (const end = performance.now() + 30_000; typeof readyAt !== 'number'; await sleep(40)) {
    if (performance.now() > end) throw new Error('No text field got the keyboard.')
    // Between two documents there is nothing to ask.
    readyAt = await devtools.evaluate('window.benchBeacon').catch(() => null)
  }
  return {
    startMs: readyAt - startedAt,
    devtools,
    async restingMb() {
      await sleep(restMs)
      await devtools.send('HeapProfiler.collectGarbage')
      await sleep(500)
      return treePssMb(child.pid ?? 0)
    },
    async end() {
      devtools.close()
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

const startEmpty = (folder: string) => (program: string) =>
  spawn(
    process.execPath,
    [
      emptyShell,
      program,
      ...chromiumFlags({
        app: '{url}',
        dataFolder: join(folder, 'empty'),
        isRoot: process.getuid?.() === 0,
        size: { width: 1_200, height: 820 },
      }),
    ],
    { stdio: 'ignore' },
  )

const startParley =
  ({ provider, parley }: House) =>
  (program: string) =>
    spawn(process.execPath, [join(root, 'dist', 'main', 'browser.js'), '--profile', parley.profile], {
      cwd: root,
      stdio: 'ignore',
      env: {
        ...process.env,
        PARLEY_CHROMIUM: program,
        PARLEY_API_URL: provider.url,
        AIMLAPI_API_KEY: 'bench-key-for-the-imitation-0123456789',
      },
    })

const openLongChat = `[...document.querySelectorAll('nav [data-conversation] button')]
  .find((button) => button.textContent.startsWith(${JSON.stringify(chatNames.long)}))?.click()`

/** Figures 4 and 7, of the browser shell: start and memory, beside a shell with a blank page. */
export const windowFigure: Figure = {
  key: 'window',
  repeats: 10,
  dropped: 1,
  lines: [
    {
      number: '4',
      name: 'start → composer takes a key (browser shell)',
      floor: 'Node and Chromium with a blank page',
      unit: 'ms',
      target: { of: 'ratio', atMost: 1.35 },
    },
    {
      number: '7',
      name: 'memory at rest (browser shell)',
      floor: 'Node and Chromium with a blank page',
      unit: 'MB',
      target: { of: 'ratio', atMost: 1.25 },
    },
    {
      number: '7',
      name: 'memory with a chat of 5,000 messages open (browser shell)',
      floor: 'at rest',
      unit: 'MB',
      target: { of: 'ratio', atMost: 1.1 },
    },
  ],
  async measure(): Promise<Measured[]> {
    const house = await (opened ??= open())
    const empty = await run(startEmpty(house.folder))
    const emptyMb = await empty.restingMb()
    await empty.end()
    const parley = await run(startParley(house))
    const restMb = await parley.restingMb()
    await parley.devtools.evaluate(openLongChat)
    const openMb = await parley.restingMb()
    await parley.end()
    return [
      { value: parley.startMs, floor: empty.startMs },
      { value: restMb, floor: emptyMb },
      { value: openMb, floor: restMb },
    ]
  },
  async close() {
    const house = await opened
    await house?.provider.close()
    house?.parley.remove()
    if (house) rmSync(house.folder, { recursive: true, force: true })
    opened = null
  },
}
