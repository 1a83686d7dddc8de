import { fork, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { KeyState } from '../../electron/contract/key-state.ts'
import { asHelperProcess } from '../../electron/main/ports.ts'
import { createKeyStore } from '../../electron/main/secrets/key-store.ts'
import { createKeychain, type KeychainOptions } from '../../electron/main/secrets/keychain.ts'
import { missingKeyringPrograms, startKeyring, type Keyring } from '../helpers/keyring.ts'

const isLinux = process.platform === 'linux'
const missing = isLinux ? missingKeyringPrograms() : []
const canRun = isLinux && missing.length === 0
const helper = join(import.meta.dirname, '../../electron/main/secrets/keychain-helper.ts')
const origin = 'https://api.aimlapi.com'
const canary = 'c4n4ry-3f9a1d"7e$b2/\\c8~end'

/** The process ids of every helper this file started. */
const pids: number[] = []

const forkHelper: KeychainOptions['forkHelper'] = (_file, env) => {
  const child = fork(helper, [], { env, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  if (child.pid !== undefined) pids.push(child.pid)
  return asHelperProcess(child)
}

const build = (env: NodeJS.ProcessEnv, more: Partial<KeychainOptions> = {}) =>
  createKeychain({ forkHelper, service: 'Parley', env, ...more })

/** How long something took, milliseconds, and the longest time this process could do nothing else meanwhile. */
async function timed(action: () => Promise<unknown>) {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const before = performance.now()
  const [result] = await Promise.allSettled([action()])
  const tookMs = performance.now() - before
  delay.disable()
  const failure = result.status === 'rejected' ? (result.reason as { failure?: { code: string } }).failure : undefined
  return { tookMs, blockedMs: delay.max / 1e6, code: failure?.code, result }
}

/** Linux keeps a folder for every process, also for one that ended and was not waited for (a zombie). */
const isGone = (pid: number) => !existsSync(`/proc/${pid}`)

const lastPid = () => pids.at(-1) ?? 0

test.runIf(isLinux)('the programs of a real Secret Service are here', () => {
  const sentence = `THE KEYCHAIN TESTS WERE NOT RUN: ${missing.join(', ')} not found (gnome-keyring, dbus, libsecret-tools)`
  if (missing.length > 0) console.warn(`\n${'!'.repeat(80)}\n${sentence}\n${'!'.repeat(80)}`)
  if (process.env['CI']) expect(missing, sentence).toEqual([])
})

describe.runIf(canRun)('a real Secret Service', () => {
  let keyring: Keyring
  beforeAll(async () => {
    keyring = await startKeyring()
  })
  afterAll(() => keyring?.stop())
  // Each test finds an open keyring that holds the canary.
  beforeEach(async () => {
    await keyring.restart({ isUnlocked: true })
    await build(keyring.env).set(origin, canary)
    pids.length = 0
  })

  test('keeps, gives and forgets a secret, as another program sees too', async () => {
    const keychain = build(keyring.env)
    await keychain.probe(origin)
    expect(await keychain.delete(origin)).toBe(true)
    expect(await keychain.get(origin)).toBeNull()
    await keychain.set(origin, canary)
    expect(await keyring.lookup('Parley', origin)).toBe(canary)
    expect(await keychain.get(origin)).toBe(canary)
    expect(await keychain.get('https://other.example')).toBeNull()
    expect(await build(keyring.env, { service: 'Parley (development)' }).get(origin)).toBeNull()
    const longest = Array.from({ length: 512 }, (_, at) => String.fromCharCode(33 + (at % 94))).join('')
    await keychain.set(origin, longest)
    expect(await keychain.get(origin)).toBe(longest)
    expect(await keyring.lookup('Parley', origin)).toBe(longest)
    expect(await keychain.delete(origin)).toBe(true)
    expect(await keyring.lookup('Parley', origin)).toBeNull()
    expect(await keychain.delete(origin)).toBe(false)
    expect(pids.filter((pid) => !isGone(pid))).toEqual([])
  })

  test('keeps it in its own encrypted file, not in the memory of the kernel: a restart does not lose it', async () => {
    const keychain = build(keyring.env)
    expect(keyring.files().length).toBeGreaterThan(0)
    expect(keyring.files().includes(canary)).toBe(false)
    if (existsSync('/proc/keys')) expect(readFileSync('/proc/keys', 'utf8')).not.toMatch(/parley|aimlapi|keyring-rs/i)
    await keyring.restart({ isUnlocked: true })
    expect(await keychain.get(origin)).toBe(canary)
    expect(await keyring.lookup('Parley', origin)).toBe(canary)
  })

  test('one operation at a time, in the order asked', async () => {
    const keychain = build(keyring.env)
    const values = await Promise.all([
      keychain.set(origin, 'first-value'),
      keychain.get(origin),
      keychain.set(origin, canary),
      keychain.get(origin),
    ])
    expect(values).toEqual([undefined, 'first-value', undefined, canary])
    expect(pids).toHaveLength(4)
  })

  test('when locked with nobody to ask: locked, at once, and nothing is kept elsewhere', async () => {
    await keyring.lock()
    const keychain = build(keyring.env)
    const states: KeyState[] = []
    const store = createKeyStore({
      keychain,
      environmentKey: null,
      origin,
      redact: () => undefined,
      onChanged: (state) => states.push(state),
    })
    await store.load()
    expect(store.state()).toMatchObject({ where: 'none', keychain: 'locked' })
    const set = await timed(() => store.set('another-key-1234', 'keychain'))
    expect(set.code).toBe('keychain.locked')
    expect(set.tookMs).toBeLessThan(3_000)
    expect(store.current()).toBeNull()
    expect((await timed(() => store.remove())).code).toBe('keychain.locked')
    await keyring.restart({ isUnlocked: false })
    expect((await timed(() => keychain.get(origin))).code).toBe('keychain.locked')
    await keyring.restart({ isUnlocked: true })
    await store.load()
    expect(store.current()).toBe(canary)
    expect(states.map((state) => state.keychain)).toEqual(['asking', 'locked', 'asking', 'available'])
  })

  test('when locked and its prompt is never answered: locked, within the limit, responsive, helper gone', async () => {
    await keyring.lock()
    await keyring.leavePromptsUnanswered()
    const keychain = build(keyring.env, { promptMs: 1_500 })
    for (const operation of [
      () => keychain.get(origin),
      () => keychain.set(origin, 'x'.repeat(20)),
      () => keychain.delete(origin),
    ]) {
      const { code, tookMs, blockedMs } = await timed(operation)
      expect(code).toBe('keychain.locked')
      expect(tookMs).toBeGreaterThan(1_400)
      expect(tookMs).toBeLessThan(4_000)
      expect(blockedMs).toBeLessThan(500)
      expect(isGone(lastPid())).toBe(true)
    }
    await keychain.probe(origin)
    await keyring.restart({ isUnlocked: true })
    expect(await keychain.get(origin)).toBe(canary)
  })

  test('the key is in no process’s environment or command line, even while an operation hangs', async () => {
    await keyring.lock()
    await keyring.leavePromptsUnanswered()
    const keychain = build(
      { ...keyring.env, AIMLAPI_API_KEY: canary, HTTPS_PROXY: `http://u:${canary}@p` },
      { promptMs: 1_000 },
    )
    const hanging = timed(() => keychain.set(origin, canary))
    await expect
      .poll(() => (pids.length > 0 && !isGone(lastPid()) ? readFileSync(`/proc/${lastPid()}/cmdline`, 'utf8') : ''))
      .toContain('keychain-helper')
    const environ = readFileSync(`/proc/${lastPid()}/environ`, 'utf8')
    expect(environ).toContain(keyring.env['DBUS_SESSION_BUS_ADDRESS'])
    expect(environ).not.toContain('AIMLAPI_API_KEY')
    const seen = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => holds(pid, canary))
    expect(seen).toEqual([])
    // The same look does find a key where there is one.
    const careless = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { env: { KEY: canary } })
    await expect.poll(() => holds(String(careless.pid), canary)).toBe(true)
    careless.kill('SIGKILL')
    expect((await hanging).code).toBe('keychain.locked')
  })

  test('a helper ends with the process that started it', async () => {
    await keyring.lock()
    await keyring.leavePromptsUnanswered()
    const program = `
      import { fork } from 'node:child_process'
      const child = fork(${JSON.stringify(helper)}, [], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
      child.on('message', (message) => console.log(child.pid, JSON.stringify(message)))
      child.send({ operation: 'get', service: 'Parley', account: ${JSON.stringify(origin)} })`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], { env: keyring.env })
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once('data', (data: Buffer) => resolve(Number.parseInt(data.toString(), 10))),
    )
    expect(isGone(pid)).toBe(false)
    parent.kill('SIGKILL')
    // Its new parent may be slow to wait for it: what counts is that nothing of it runs.
    await expect.poll(() => isGone(pid) || /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))).toBe(true)
  })

  test.each([
    ['daemon', 1_000],
    ['daemon', 8_000],
    ['bus', 1_000],
  ] as const)(
    'a %s that stands still (limit %i ms): timeout, responsive, helper killed, no zombie',
    async (what, timeoutMs) => {
      const keychain = build(keyring.env, { timeoutMs })
      const pid = what === 'bus' ? keyring.busPid() : keyring.daemonPid()
      process.kill(pid, 'SIGSTOP')
      try {
        const { code, tookMs, blockedMs } = await timed(() => keychain.get(origin))
        expect(code).toBe('keychain.timeout')
        expect(tookMs).toBeLessThan(Math.min(timeoutMs, 4_000) + 1_500)
        expect(blockedMs).toBeLessThan(500)
        expect(isGone(lastPid())).toBe(true)
      } finally {
        process.kill(pid, 'SIGCONT')
      }
      expect(await build(keyring.env).get(origin)).toBe(canary)
    },
  )

  test('without a service on the bus, without a bus, without an address: unavailable at once', async () => {
    await keyring.endDaemon()
    const { DBUS_SESSION_BUS_ADDRESS: _address, XDG_RUNTIME_DIR: _folder, ...bare } = keyring.env
    const environments = [
      keyring.env,
      { ...bare, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' },
      { ...bare, XDG_RUNTIME_DIR: '/nonexistent' },
      bare,
    ]
    for (const env of environments) {
      const keychain = build(env)
      for (const operation of [
        () => keychain.get(origin),
        () => keychain.set(origin, canary),
        () => keychain.probe(origin),
      ]) {
        const { code, tookMs } = await timed(operation)
        expect(code).toBe('keychain.unavailable')
        expect(tookMs).toBeLessThan(2_000)
      }
    }
    expect(pids.filter((pid) => !isGone(pid))).toEqual([])
  })
})

// On a developer's own machine this would touch the keychain in use, so only where tests have a machine of their own.
test.runIf(!isLinux && process.env['CI'] !== undefined)(
  'the keychain of this system keeps, gives and forgets a secret',
  async () => {
    const keychain = build(process.env, { service: `Parley (test ${process.pid})` })
    await keychain.set(origin, canary)
    expect(await keychain.get(origin)).toBe(canary)
    expect(await keychain.delete(origin)).toBe(true)
    expect(await keychain.get(origin)).toBeNull()
  },
)

/** Whether a process shows a text in its environment or command line. This test's own process is one of them. */
function holds(pid: string, text: string): boolean {
  return ['environ', 'cmdline'].some((file) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`).includes(text)
    } catch {
      // It ended while we looked.
      return false
    }
  })
}
