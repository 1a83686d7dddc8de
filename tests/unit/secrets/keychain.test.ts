import { describe, expect, test } from 'vitest'
import type { HelperProcess } from '../../../electron/main/ports.ts'
import { createKeychain } from '../../../electron/main/secrets/keychain.ts'
import { reasonOf } from '../../../electron/main/secrets/keychain-message.ts'

interface FakeHelper {
  file: string
  env: Record<string, string>
  sent: unknown[]
  say(message: unknown): void
  end(code: number | null): void
  wasKilled: boolean
}

/** Helpers that do what the test says, to see what no real one can be made to do. */
function build(more: { timeoutMs?: number; promptMs?: number } = {}) {
  const helpers: FakeHelper[] = []
  const forkHelper = (file: string, env: Record<string, string>): HelperProcess => {
    const onMessage: ((message: unknown) => void)[] = []
    const onExit: ((code: number | null) => void)[] = []
    const helper: FakeHelper = {
      file,
      env,
      sent: [],
      say: (message) => onMessage.forEach((listener) => listener(message)),
      end: (code) => onExit.forEach((listener) => listener(code)),
      wasKilled: false,
    }
    helpers.push(helper)
    return {
      send: (message) => helper.sent.push(message),
      onMessage: (listener) => onMessage.push(listener),
      onExit: (listener) => onExit.push(listener),
      kill() {
        helper.wasKilled = true
        queueMicrotask(() => helper.end(null))
      },
    }
  }
  const env = { HOME: '/h', AIMLAPI_API_KEY: 'never' }
  return { helpers, keychain: createKeychain({ forkHelper, service: 'Parley', env, ...more }) }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('the helper', () => {
  test('is asked once, with an environment of its own, and killed after its answer', async () => {
    const { helpers, keychain } = build()
    const got = keychain.get('https://host')
    await settled()
    expect(helpers).toMatchObject([{ file: 'keychain-helper.js', env: { HOME: '/h' } }])
    expect(helpers[0]?.env).toEqual({ HOME: '/h' })
    expect(helpers[0]?.sent).toEqual([{ operation: 'get', service: 'Parley', account: 'https://host' }])
    helpers[0]?.say({ opened: true })
    helpers[0]?.say({ ok: true, value: 'secret' })
    expect(await got).toBe('secret')
    expect(helpers[0]?.wasKilled).toBe(true)
  })

  test('is one at a time, also after a failure', async () => {
    const { helpers, keychain } = build()
    const all = Promise.allSettled([keychain.get('a'), keychain.set('b', 's'), keychain.delete('c')])
    await settled()
    expect(helpers).toHaveLength(1)
    helpers[0]?.say({ ok: false, reason: 'locked', message: 'no' })
    await settled()
    expect(helpers).toHaveLength(2)
    helpers[1]?.end(139)
    await settled()
    expect(helpers).toHaveLength(3)
    helpers[2]?.say({ ok: true, value: false })
    expect(await all).toMatchObject([
      { reason: { failure: { code: 'keychain.locked', detail: 'no' } } },
      { reason: { failure: { code: 'keychain.unavailable', detail: expect.stringContaining('139') } } },
      { value: false },
    ])
  })

  test('that cannot start, or says nonsense, is a failure within the limit', async () => {
    const broken = createKeychain({
      forkHelper: () => {
        throw new Error('no such file')
      },
      service: 'Parley',
      env: {},
    })
    await expect(broken.get('a')).rejects.toMatchObject({ failure: { code: 'keychain.unavailable' } })
    const { helpers, keychain } = build({ timeoutMs: 50 })
    const got = keychain.get('a')
    await settled()
    for (const nonsense of [null, 1, 'ok', {}, { ok: true }, { ok: false }, { opened: 1 }]) helpers[0]?.say(nonsense)
    await expect(got).rejects.toMatchObject({ failure: { code: 'keychain.timeout' } })
  })

  test('has the machine’s time until it opened, then the person’s', async () => {
    const { helpers, keychain } = build({ timeoutMs: 40, promptMs: 120 })
    const silent = keychain.set('a', 's')
    await expect(silent).rejects.toMatchObject({
      failure: { code: 'keychain.timeout', detail: expect.stringContaining('not known') },
    })
    const prompted = keychain.get('a')
    await settled()
    const before = performance.now()
    helpers[1]?.say({ opened: true })
    await expect(prompted).rejects.toMatchObject({ failure: { code: 'keychain.locked' } })
    expect(performance.now() - before).toBeGreaterThan(100)
    expect(helpers.every((helper) => helper.wasKilled)).toBe(true)
  })

  test('does not get its secret into a failure', async () => {
    const { helpers, keychain } = build()
    const set = keychain.set('a', 'the-secret')
    await settled()
    helpers[0]?.say({ ok: false, reason: 'other', message: 'bad value "the-secret"\nat line 1' })
    await expect(set).rejects.toMatchObject({
      failure: { code: 'keychain.unavailable', detail: 'bad value "[redacted]" at line 1' },
    })
  })

  test('ends with the keychain', async () => {
    const { helpers, keychain } = build()
    const all = Promise.allSettled([keychain.get('a'), keychain.get('b')])
    await settled()
    keychain.close()
    expect(await all).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
    expect(helpers).toHaveLength(1)
    expect(helpers[0]?.wasKilled).toBe(true)
  })
})

test.each([
  [
    'Platform failure: DBus error: The name org.freedesktop.secrets was not provided by any .service files',
    'unavailable',
  ],
  ['Platform failure: DBus error: Failed to connect to socket /nope: No such file or directory', 'unavailable'],
  ["Couldn't access platform storage: Secret Service: no result found", 'unavailable'],
  ["Couldn't access platform storage: Secret Service: unlock prompt was dismissed", 'locked'],
  ['Platform failure: DBus error: Did not receive a reply. Possible causes include: …', 'timeout'],
  ["Couldn't access platform storage: User interaction is not allowed.", 'locked'],
  ["Couldn't access platform storage: User canceled the operation.", 'denied'],
  ['Platform secure storage failure: A default keychain could not be found.', 'unavailable'],
  ['Windows ERROR_NO_SUCH_LOGON_SESSION: a specified logon session does not exist', 'unavailable'],
  ['Cannot find native binding', 'unavailable'],
  ['something new', 'other'],
])('%s: %s', (message, reason) => expect(reasonOf(message)).toBe(reason))
