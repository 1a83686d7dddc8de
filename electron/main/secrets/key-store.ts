import { FailureError } from '../../contract/errors.ts'
import type { KeyState } from '../../contract/key-state.ts'
import { isKey, lastFourOf, parseKey } from './api-key.ts'
import { normaliseOrigin } from '../core/origin.ts'
import type { EnvironmentKey } from './environment.ts'
import type { Keychain } from './keychain.ts'

/**
 * The API key of this run: held in memory, bound to one origin, kept where the person chose. A key typed for this
 * session wins over the environment's, which wins over the keychain's.
 */
export interface KeyStore {
  state(): KeyState
  /**
   * The key for the origin in use, or `null`. With `forOrigin`, `null` unless that is the origin in use: for the API
   * client, which names the origin it is about to call. Never log it, never send it elsewhere.
   */
  current(forOrigin?: string): string | null
  /**
   * Looks into the keychain: at start, and when a person asks to look again. Never rejects: how it went is in
   * `state()`. May take as long as the keychain's limits, so nothing a person waits for should wait for it.
   */
  load(): Promise<void>
  /** Resolves when the keychain has answered whoever looked last, however it went. */
  answered(): Promise<void>
  /**
   * Takes a key for the origin in use. Fails with `input.invalid`, or with `keychain.*` when it shall be kept in a
   * keychain that does not take it; then it is kept nowhere.
   */
  set(key: string, keep: 'keychain' | 'session'): Promise<KeyState>
  /**
   * Forgets the key of the origin in use: at once in memory, then in the keychain. Fails with `keychain.*` when the
   * keychain may still have it, but for a session's key where there is no keychain at all (the state says so). A key of
   * the environment is not Parley's to remove and stays in use.
   */
  remove(): Promise<KeyState>
  /**
   * Forgets the keys of all these origins and of the one in use. Fails with `keychain.*` when the keychain may still have
   * one; where there is no keychain there is nothing to forget. A key of the environment is not Parley's to remove.
   */
  forget(origins: readonly string[]): Promise<void>
  /**
   * From now on the key of this origin is used; the one so far is not sent there. Looks into the keychain. Fails with
   * `input.invalid` for what is not an http or https address.
   */
  useOrigin(origin: string): Promise<KeyState>
}

export interface KeyStoreOptions {
  keychain: Keychain
  environmentKey: EnvironmentKey | null
  origin: string
  /** Called with every key before anything else happens to it: the logger's `redact`. */
  redact: (secret: string) => void
  /** Called after every change of the state, with the new one. */
  onChanged: (state: KeyState) => void
}

type KeychainStatus = Pick<KeyState, 'keychain' | 'keychainDetail'>

const notAsked: KeychainStatus = { keychain: 'unknown', keychainDetail: null }
const beingAsked: KeychainStatus = { keychain: 'asking', keychainDetail: null }

/** A key store that has not looked into the keychain yet. */
export function createKeyStore(options: KeyStoreOptions): KeyStore {
  const { keychain, environmentKey, redact, onChanged } = options
  const sessionKeys = new Map<string, string>()
  let origin = normaliseOrigin(options.origin)
  let keychainKey: string | null = null
  let status = notAsked
  /** Grows with everything a person does, so that an answer that comes too late changes nothing. */
  let generation = 0
  if (environmentKey) redact(environmentKey.value)

  const held = (): { key: string | null; where: KeyState['where'] } => {
    const session = sessionKeys.get(origin)
    if (session !== undefined) return { key: session, where: 'session' }
    if (environmentKey?.origin === origin) return { key: environmentKey.value, where: 'environment' }
    if (keychainKey !== null) return { key: keychainKey, where: 'keychain' }
    return { key: null, where: 'none' }
  }

  const state = (): KeyState => {
    const { key, where } = held()
    const foreign = where === 'none' && environmentKey !== null ? foreignKey(environmentKey.origin) : null
    const keychainDetail = [foreign, status.keychainDetail].filter((line) => line !== null).join(' · ') || null
    const lastFour = key === null ? null : lastFourOf(key)
    return { present: key !== null, lastFour, where, keychain: status.keychain, keychainDetail, origin }
  }

  let told = JSON.stringify(state())
  const change = (apply: () => void) => {
    apply()
    const now = state()
    const text = JSON.stringify(now)
    if (text === told) return
    told = text
    onChanged(now)
  }

  /** Asks the keychain; `apply` gets the answer unless it came too late. Throws the keychain's failure. */
  const ask = async <Value>(operation: () => Promise<Value>, apply: (value: Value) => void) => {
    const asked = generation
    const value = await operation().catch((error: unknown) => {
      change(() => (status = statusOf(error)))
      throw error
    })
    change(() => {
      status = { keychain: 'available', keychainDetail: null }
      if (asked === generation) apply(value)
    })
  }

  const keep = (found: string | null) => {
    if (found !== null) redact(found)
    keychainKey = found !== null && isKey(found) ? found : null
    if (found !== keychainKey) status = { ...status, keychainDetail: 'What is kept there is not a usable key' }
  }

  const look = async () => {
    const account = origin
    // The environment's key is used anyway: no reason to make a person unlock anything.
    const isSpared = held().where === 'environment'
    if (held().key === null) change(() => (status = beingAsked))
    try {
      if (isSpared) await ask(() => keychain.probe(account), ignore)
      else await ask(() => keychain.get(account), keep)
    } catch (error) {
      // Already in the state, with its reason; anything but the keychain's own failure is a fault of ours.
      if (!(error instanceof FailureError)) throw error
    }
  }

  let looking: Promise<void> = Promise.resolve()
  const load = () => (looking = look())

  return {
    state,
    current: (forOrigin) => (forOrigin === undefined || forOrigin === origin ? held().key : null),
    load,
    answered: () => looking,
    async set(pasted, keepIn) {
      const key = parseKey(pasted)
      redact(key)
      const account = origin
      generation++
      if (keepIn === 'session') {
        change(() => sessionKeys.set(account, key))
      } else {
        await ask(
          () => keychain.set(account, key),
          () => {
            sessionKeys.delete(account)
            keychainKey = key
          },
        )
      }
      return state()
    },
    async remove() {
      const account = origin
      const was = held().where
      generation++
      change(() => {
        sessionKeys.delete(account)
        keychainKey = null
      })
      try {
        await ask(() => keychain.delete(account), ignore)
      } catch (error) {
        if (was !== 'session' || !isNoKeychain(error)) throw error
      }
      return state()
    },
    async forget(origins) {
      generation++
      for (const account of new Set([origin, ...origins])) {
        await ask(() => keychain.delete(account), ignore).catch((error: unknown) => {
          if (!isNoKeychain(error)) throw error
        })
      }
      change(() => {
        sessionKeys.clear()
        keychainKey = null
      })
    },
    async useOrigin(address) {
      const next = normaliseOrigin(address)
      if (next === origin) return state()
      generation++
      change(() => {
        origin = next
        keychainKey = null
        status = held().key === null ? beingAsked : notAsked
      })
      await load()
      return state()
    },
  }
}

const ignore = () => undefined

const isNoKeychain = (error: unknown) => error instanceof FailureError && error.failure.code === 'keychain.unavailable'

const foreignKey = (origin: string) => `The key in AIMLAPI_API_KEY belongs to ${origin} and is sent only there`

function statusOf(error: unknown): KeychainStatus {
  if (!(error instanceof FailureError)) return notAsked
  const { code, detail = null } = error.failure
  if (code === 'keychain.unavailable') return { keychain: 'unavailable', keychainDetail: detail }
  if (code === 'keychain.locked') return { keychain: 'locked', keychainDetail: detail }
  return { keychain: 'unknown', keychainDetail: detail }
}
