/**
 * All that ever leaves main about the API key: whether there is one for the API origin in use, its last four
 * characters, where it is kept, and how the system's keychain answered.
 */
export interface KeyState {
  present: boolean
  /** `null` without a key, and for keys under 12 characters. */
  lastFour: string | null
  where: 'environment' | 'keychain' | 'session' | 'none'
  /**
   * `unknown` until the keychain was asked, or when it answered in a way that says nothing about it; `asking` while it is
   * being asked for a key, so that a key may still come.
   */
  keychain: 'available' | 'unavailable' | 'locked' | 'unknown' | 'asking'
  /** One line of what the keychain or the environment said, safe to show; never holds a key. */
  keychainDetail: string | null
  /** The one origin this key is sent to, such as `https://api.aimlapi.com`. */
  origin: string
}
