import type { KeyState } from '../../contract/key-state.ts'
import type { EnvironmentKey } from './environment.ts'
import type { Keychain } from './keychain.ts'

/** The API key of this run: held in memory, bound to one origin, kept where the person chose. */
export interface KeyStore {
  state(): KeyState
  /** The key for the origin in use, or `null`. For the API client only; never log it, never send it elsewhere. */
  current(): string | null
  /** Asks the keychain once, at start. Never rejects: how it went is in `state()`. */
  load(): Promise<void>
  /**
   * Takes a key for the origin in use. Fails with `input.invalid`, or with `keychain.*` when it shall be kept in a
   * keychain that does not take it; then nothing is kept anywhere.
   */
  set(key: string, keep: 'keychain' | 'session'): Promise<KeyState>
  /** Forgets the key in memory, then in the keychain. Fails with `keychain.*` when the keychain may still have it. */
  remove(): Promise<KeyState>
  /** From now on the key of another origin is used; the one so far is not sent there. Asks the keychain. */
  useOrigin(origin: string): Promise<KeyState>
}

export interface KeyStoreOptions {
  keychain: Keychain
  environmentKey: EnvironmentKey | null
  origin: string
  redact: (secret: string) => void
  onChanged: (state: KeyState) => void
}

/** A key store; `load()` is called once by whoever builds it. */
export function createKeyStore(_options: KeyStoreOptions): KeyStore {
  throw new Error('not built yet')
}
