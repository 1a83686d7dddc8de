import type { Ports } from '../ports.ts'

/** The system's keychain. Every call ends within its time limit and fails with a `keychain.*` failure. */
export interface Keychain {
  /** Resolves if the keychain can be reached; asks for no secret and unlocks nothing. */
  probe(account: string): Promise<void>
  /** `null`: the keychain answered that it has no such secret. */
  get(account: string): Promise<string | null>
  set(account: string, secret: string): Promise<void>
  /** Whether there was something to delete. A failed deletion is a failure, never `false`. */
  delete(account: string): Promise<boolean>
}

export interface KeychainOptions {
  forkHelper: Ports['forkHelper']
  /** `Parley`, or `Parley (development)` for the development profile. */
  service: string
  /** The environment the helper's allow-list is taken from. */
  env: NodeJS.ProcessEnv
  platform?: NodeJS.Platform
  /** How long the machine may take to reach the keychain, milliseconds. */
  timeoutMs?: number
  /** How long a person may take to answer the system's unlock prompt, milliseconds. */
  promptMs?: number
}

/** A keychain whose every operation runs in a helper process of its own, one at a time, killed when its time is over. */
export function createKeychain(_options: KeychainOptions): Keychain {
  throw new Error('not built yet')
}
