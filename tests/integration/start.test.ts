import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const isBuilt = existsSync(join(root, 'dist', '.parley-built'))

interface Started {
  child: ChildProcess
  /** Everything printed so far. */
  printed(): string
  /** 128 + n when a signal ended it without an answer. */
  ended: Promise<number>
}

let folder: string
let profile: string
let children: ChildProcess[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-start-'))
  profile = join(folder, 'profile')
  children = []
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await expect.poll(processes, { timeout: 15_000 }).toEqual([])
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

function start(program: string, args: string[], env: Record<string, string> = {}): Started {
  const clean = { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: tmpdir() }
  const child = spawn(program, args, {
    cwd: root,
    env: { ...clean, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  children.push(child)
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (printed += text.toString()))
  const ended = new Promise<number>((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGTERM' ? 143 : 137)))
  })
  return { child, printed: () => printed, ended }
}
const startParley = (flags: string[] = ['--no-open'], env: Record<string, string> = {}) =>
  start(process.execPath, ['scripts/start.mjs', ...flags, '--profile', profile], env)
const ready = async ({ printed }: Started) => {
  await expect.poll(printed, { timeout: 25_000 }).toMatch(/Parley is ready: \S+\n/)
  return /Parley is ready: (\S+)/.exec(printed())?.[1] ?? ''
}

/** Command lines of every process that names our profile. */
function processes(): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readProc(pid))
    .filter((cmdline) => cmdline.includes(profile))
}

function readProc(pid: string): string[] {
  try {
    return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()]
  } catch {
    // It ended meanwhile.
    return []
  }
}

const run = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/start.mjs', ...args], { cwd: root, encoding: 'utf8' })

describe('the command line', () => {
  test('--help explains every flag and variable', () => {
    const { status, stdout } = run('--help')
    expect(status).toBe(0)
    const words = [
      '--browser',
      '--no-open',
      '--port',
      '--demo',
      '--profile',
      'PARLEY_PROFILE',
      'PARLEY_API_URL',
      'AIMLAPI_API_KEY',
    ]
    for (const word of words) expect(stdout).toContain(word)
  })

  test.each([
    ['--nonsense', "'--nonsense'"],
    ['word', "'word'"],
    ['--port=abc', "'abc'"],
    ['--port=65536', "'65536'"],
    ['--profile=', '--profile'],
    ['--demo=yes', '--demo'],
  ])('%s is refused in one line', (flag, named) => {
    const { status, stdout, stderr } = run(flag)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(named)
    expect(stderr).toContain('--help')
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})

describe.runIf(isBuilt && process.platform === 'linux')('a start', { timeout: 60_000 }, () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s to the script alone ends everything with %i', async (signal, code) => {
    const parley = startParley()
    await ready(parley)
    expect(processes().length).toBeGreaterThanOrEqual(2)
    parley.child.kill(signal)
    expect(await parley.ended).toBe(code)
    expect(processes()).toEqual([])
  })

  test('Ctrl-C, twice and to the whole group, ends everything once', async () => {
    const parley = startParley()
    await ready(parley)
    const group = -(parley.child.pid ?? 0)
    process.kill(group, 'SIGINT')
    process.kill(group, 'SIGINT')
    expect(await parley.ended).toBe(130)
    expect(processes()).toEqual([])
  })

  test('TERM to npm alone ends everything', async () => {
    const parley = start('npm', ['start', '--silent', '--', '--no-open', '--profile', profile])
    await ready(parley)
    parley.child.kill('SIGTERM')
    await parley.ended
    await expect.poll(processes, { timeout: 15_000 }).toEqual([])
  })

  test('kill -9 of npm alone ends everything', async () => {
    const parley = start('npm', ['start', '--silent', '--', '--no-open', '--profile', profile])
    await ready(parley)
    parley.child.kill('SIGKILL')
    await expect.poll(processes, { timeout: 15_000 }).toEqual([])
  })

  test('kill -9 of the script ends the application in order', async () => {
    const parley = startParley()
    await ready(parley)
    parley.child.kill('SIGKILL')
    await expect.poll(processes, { timeout: 15_000 }).toEqual([])
  })

  test('goes on when nobody reads its output any more', async () => {
    const parley = startParley()
    const { origin } = new URL(await ready(parley))
    parley.child.stdout?.destroy()
    parley.child.stderr?.destroy()
    // A second start makes the first one print.
    const second = startParley()
    expect(await second.ended).toBe(0)
    expect(second.printed()).toMatch(/already running \(process \d+\)/)
    expect((await fetch(origin)).status).toBe(403)
    parley.child.kill('SIGTERM')
    expect(await parley.ended).toBe(143)
  })

  test('a port that is taken is said in one line', async () => {
    const parley = startParley()
    const { port } = new URL(await ready(parley))
    const other = start(process.execPath, [
      'scripts/start.mjs',
      '--port',
      port,
      '--no-open',
      '--profile',
      `${profile}2`,
    ])
    expect(await other.ended).toBe(1)
    expect(other.printed()).toContain(`Port ${port} is taken by another program.`)
  })
})

/** Stands for Chromium or Electron and writes down how it was started. */
const standIn = (name: string, then: string) => {
  const lines = ['#!/bin/sh', `echo "$@" > '${folder}/args'`, `env > '${folder}/env'`, then]
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`, { mode: 0o755 })
  return join(folder, name)
}
const written = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '')
const key = { AIMLAPI_API_KEY: 'canary-key', SOME_SECRET: 'canary-secret' }

describe.runIf(isBuilt && process.platform === 'linux')('windows and runtimes', { timeout: 60_000 }, () => {
  test('closing the window ends Parley, and the key never reached it', async () => {
    const parley = startParley(['--browser'], { ...key, PARLEY_CHROMIUM: standIn('chromium', 'sleep 4') })
    expect(await ready(parley)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    expect(await parley.ended).toBe(0)
    expect(written('args')).toContain(`--user-data-dir=${profile}`)
    expect(written('args')).not.toContain('ticket=')
    expect(written('env')).not.toContain('canary')
  })

  test('a window that does not open leaves an address', async () => {
    const parley = startParley(['--browser'], { PARLEY_CHROMIUM: standIn('chromium', 'exit 1') })
    await expect.poll(parley.printed, { timeout: 25_000 }).toMatch(/did not open[\s\S]*enter\?ticket=/)
    parley.child.kill('SIGTERM')
    expect(await parley.ended).toBe(143)
  })

  test('the Electron runtime is preferred, and is the application that gets the key', async () => {
    standIn('electron', 'exit 7')
    const parley = startParley(['--demo'], { ...key, ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':0' })
    expect(await parley.ended).toBe(7)
    expect(written('args')).toMatch(/^\. (--no-sandbox )?--demo --profile /)
    expect(written('env')).toContain('AIMLAPI_API_KEY=canary-key')
    expect(parley.printed()).toContain('Electron ended at once (exit code 7)')
  })
})
