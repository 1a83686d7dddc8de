import { describe, expect, test } from 'vitest'
import { fail, type FailureCode } from '../../../electron/contract/errors.ts'
import type { KeyState } from '../../../electron/contract/key-state.ts'
import type { EnvironmentKey } from '../../../electron/main/secrets/environment.ts'
import { createKeyStore } from '../../../electron/main/secrets/key-store.ts'
import type { Keychain } from '../../../electron/main/secrets/keychain.ts'

const home = 'https://api.aimlapi.com'
const other = 'https://other.example'
const key = 'QXJk8d2mVt-1111'
const typed = 'wZ5yP0rLcn-2222'
const fromEnvironment = { value: 'H9bUe4sGxa-3333', origin: home }

/** A keychain of this test: answers in turn, fails on demand, and holds an answer back until it is let go. */
function memoryKeychain(content: Record<string, string> = {}) {
  const kept = new Map(Object.entries(content))
  const asked: string[] = []
  const control = { failWith: null as FailureCode | null, hold: null as Promise<void> | null }
  let last: Promise<unknown> = Promise.resolve()
  const answer = <Value>(name: string, operation: () => Value): Promise<Value> => {
    asked.push(name)
    const { failWith, hold } = control
    const turn = last.then(async () => {
      await hold
      if (failWith) throw fail(failWith, { detail: 'said the keychain' })
      return operation()
    })
    last = turn.catch(() => undefined)
    return turn
  }
  const keychain: Keychain = {
    probe: () => answer('probe', () => undefined),
    get: (account) => answer('get', () => kept.get(account) ?? null),
    set: (account, secret) => answer('set', () => void kept.set(account, secret)),
    delete: (account) => answer('delete', () => kept.delete(account)),
    close: () => undefined,
  }
  return { keychain, kept, asked, control }
}

function build(content: Record<string, string> = {}, environmentKey: EnvironmentKey | null = null, origin = home) {
  const memory = memoryKeychain(content)
  const redacted: string[] = []
  const states: KeyState[] = []
  const store = createKeyStore({
    keychain: memory.keychain,
    environmentKey,
    origin,
    redact: (secret) => redacted.push(secret),
    onChanged: (state) => states.push(state),
  })
  return { ...memory, store, redacted, states }
}

const none = { present: false, lastFour: null, where: 'none' } as const

describe('where the key comes from', () => {
  test('nothing is known before the keychain was asked', () => {
    const { store, asked } = build({ [home]: key })
    expect(store.state()).toEqual({ ...none, keychain: 'unknown', keychainDetail: null, origin: home })
    expect(store.current()).toBeNull()
    expect(asked).toEqual([])
  })

  test('while the keychain is being asked a key may still come, and can be waited for', async () => {
    const { store, control } = build({ [home]: key })
    const gate = Promise.withResolvers<void>()
    control.hold = gate.promise
    void store.load()
    expect(store.state()).toMatchObject({ ...none, keychain: 'asking' })
    gate.resolve()
    await store.answered()
    expect(store.current()).toBe(key)
  })

  test('the keychain gives the key of the origin in use', async () => {
    const { store, redacted, states } = build({ [home]: key, [other]: typed })
    await store.load()
    const state = {
      present: true,
      lastFour: '1111',
      where: 'keychain',
      keychain: 'available',
      keychainDetail: null,
      origin: home,
    }
    expect(store.state()).toEqual(state)
    expect(states).toEqual([{ ...none, keychain: 'asking', keychainDetail: null, origin: home }, state])
    expect(store.current()).toBe(key)
    expect(redacted).toEqual([key])
    await store.load()
    expect(states).toHaveLength(2)
  })

  test('the environment wins over the keychain, which is then only probed: nobody has to unlock it', async () => {
    const { store, asked, redacted } = build({ [home]: key }, fromEnvironment)
    expect(redacted).toEqual([fromEnvironment.value])
    await store.load()
    expect(asked).toEqual(['probe'])
    expect(store.state()).toMatchObject({ where: 'environment', lastFour: '3333', keychain: 'available' })
    expect(store.current()).toBe(fromEnvironment.value)
  })

  test('a key typed for this session wins over both and goes with the store', async () => {
    const { store, kept } = build({ [home]: key }, fromEnvironment)
    expect(await store.set(` Bearer ${typed} `, 'session')).toMatchObject({ where: 'session', lastFour: '2222' })
    expect(store.current()).toBe(typed)
    expect(kept.get(home)).toBe(key)
    expect(await store.remove()).toMatchObject({ where: 'environment' })
    expect(kept.has(home)).toBe(false)
  })

  test('something in the keychain that is no key is not used, and said', async () => {
    const { store } = build({ [home]: 'two\nlines' })
    await store.load()
    expect(store.state()).toMatchObject({
      ...none,
      keychain: 'available',
      keychainDetail: expect.stringContaining('not a usable key'),
    })
  })
})

describe('a key belongs to one origin', () => {
  test('another origin does not get it', async () => {
    const { store, kept } = build({ [home]: key })
    await store.load()
    expect(store.current(home)).toBe(key)
    expect(store.current(other)).toBeNull()
    expect(await store.useOrigin(`${other}/v1`)).toMatchObject({ ...none, origin: other })
    expect(store.current()).toBeNull()
    expect(store.current(home)).toBeNull()
    await store.set(typed, 'keychain')
    expect(kept.get(other)).toBe(typed)
    expect(kept.get(home)).toBe(key)
    expect(await store.useOrigin(home)).toMatchObject({ lastFour: '1111', origin: home })
    await expect(store.useOrigin('file:///x')).rejects.toThrow('input.invalid')
    expect(store.current()).toBe(key)
  })

  test('the key is gone the moment the origin changes, while the keychain is still being asked', async () => {
    const { store, control, states } = build({ [home]: key, [other]: typed })
    await store.load()
    const gate = Promise.withResolvers<void>()
    control.hold = gate.promise
    const switched = store.useOrigin(other)
    expect(store.current()).toBeNull()
    expect(store.state().origin).toBe(other)
    gate.resolve()
    expect(await switched).toMatchObject({ lastFour: '2222', origin: other })
    expect(states.map((state) => state.lastFour)).toEqual([null, '1111', null, '2222'])
  })

  test('an answer for the origin before last is not taken for the present one', async () => {
    const { store, control } = build({ [home]: key })
    const gate = Promise.withResolvers<void>()
    control.hold = gate.promise
    const slow = store.load()
    const switched = store.useOrigin(other)
    gate.resolve()
    await Promise.all([slow, switched])
    expect(store.current()).toBeNull()
    expect(store.state()).toMatchObject({ ...none, origin: other, keychain: 'available' })
  })

  test("the environment's key is used for its own origin only, and the state says so", async () => {
    const { store } = build({}, fromEnvironment, other)
    await store.load()
    expect(store.current()).toBeNull()
    expect(store.state()).toMatchObject({ ...none, origin: other, keychainDetail: expect.stringContaining(home) })
    expect(await store.useOrigin(home)).toMatchObject({ where: 'environment', keychainDetail: null })
  })

  test("a session's key waits for its origin to come back", async () => {
    const { store } = build()
    await store.set(typed, 'session')
    await store.useOrigin(other)
    expect(store.current()).toBeNull()
    expect(await store.useOrigin(home)).toMatchObject({ where: 'session', lastFour: '2222' })
  })
})

describe('keeping and removing', () => {
  test('a kept key is in the keychain under its origin, and known to the redaction first', async () => {
    const { store, kept, redacted, states } = build()
    expect(await store.set(`"${typed}"`, 'keychain')).toMatchObject({ where: 'keychain', keychain: 'available' })
    expect([...kept]).toEqual([[home, typed]])
    expect(redacted).toEqual([typed])
    expect(states).toHaveLength(1)
    expect(await store.remove()).toMatchObject({ ...none, keychain: 'available' })
    expect(kept.size).toBe(0)
  })

  test.each(['keychain.unavailable', 'keychain.locked', 'keychain.timeout'] as const)(
    'with %s a key to be kept is kept nowhere',
    async (code) => {
      const { store, kept, control } = build()
      control.failWith = code
      await expect(store.set(typed, 'keychain')).rejects.toMatchObject({ failure: { code } })
      expect(store.current()).toBeNull()
      expect(kept.size).toBe(0)
      const keychain = {
        'keychain.unavailable': 'unavailable',
        'keychain.locked': 'locked',
        'keychain.timeout': 'unknown',
      }[code]
      expect(store.state()).toEqual({ ...none, keychain, keychainDetail: 'said the keychain', origin: home })
      expect(await store.set(typed, 'session')).toMatchObject({ where: 'session', keychain })
    },
  )

  test('a failed replacement leaves the key that was', async () => {
    const { store, control } = build({ [home]: key })
    await store.load()
    control.failWith = 'keychain.locked'
    await expect(store.set(typed, 'keychain')).rejects.toThrow('keychain.locked')
    expect(store.current()).toBe(key)
  })

  test('an unusable key changes nothing', async () => {
    const { store, asked, states } = build()
    await expect(store.set('two words', 'keychain')).rejects.toThrow('input.invalid')
    expect(asked).toEqual([])
    expect(states).toEqual([])
  })

  test('a failed removal is told, and the key in memory is gone at once', async () => {
    const { store, control } = build({ [home]: key })
    await store.load()
    control.failWith = 'keychain.locked'
    const removed = store.remove()
    expect(store.current()).toBeNull()
    await expect(removed).rejects.toThrow('keychain.locked')
    expect(store.state()).toMatchObject({ ...none, keychain: 'locked' })
  })

  test("where there is no keychain, a session's key can be removed all the same", async () => {
    const { store, control } = build()
    control.failWith = 'keychain.unavailable'
    await store.set(typed, 'session')
    expect(await store.remove()).toMatchObject({ ...none, keychain: 'unavailable' })
    await expect(store.remove()).rejects.toThrow('keychain.unavailable')
  })

  test('a slow look into the keychain does not bring a removed key back', async () => {
    const { store, control } = build({ [home]: key })
    const gate = Promise.withResolvers<void>()
    control.hold = gate.promise
    const slow = store.load()
    const removed = store.remove()
    gate.resolve()
    await Promise.all([slow, removed])
    expect(store.current()).toBeNull()
  })

  test('of two keys set at once the later one stays, in memory as in the keychain', async () => {
    const { store, kept } = build()
    await Promise.all([store.set(key, 'keychain'), store.set(typed, 'keychain')])
    expect(store.current()).toBe(typed)
    expect(kept.get(home)).toBe(typed)
  })

  test('looking again finds a keychain that was locked before', async () => {
    const { store, control } = build({ [home]: key })
    control.failWith = 'keychain.locked'
    await store.load()
    expect(store.state()).toMatchObject({ ...none, keychain: 'locked' })
    control.failWith = null
    await store.load()
    expect(store.state()).toMatchObject({ where: 'keychain', keychain: 'available', keychainDetail: null })
  })

  test('no state that ever leaves holds more of a key than four characters', async () => {
    const { store, states } = build({ [home]: key }, fromEnvironment)
    await store.load()
    await store.set(typed, 'session')
    await store.set('tiny7QF', 'session')
    await store.useOrigin(other)
    const text = JSON.stringify([...states, store.state()])
    for (const secret of [key, typed, fromEnvironment.value, 'tiny7QF'])
      for (let at = 0; at + 5 <= secret.length; at++) expect(text).not.toContain(secret.slice(at, at + 5))
  })
})
