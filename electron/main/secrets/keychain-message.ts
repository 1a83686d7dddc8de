/** What the helper process is asked, once. The secret travels over the process channel only. */
export interface KeychainRequest {
  operation: 'probe' | 'get' | 'set' | 'delete'
  service: string
  account: string
  /** With `set` only. */
  secret?: string
}

/** Why the system's keychain did not do what was asked. */
export type KeychainReason = 'unavailable' | 'locked' | 'denied' | 'timeout' | 'other'

/**
 * What the helper answers. `opened` comes first: the keychain was reached, and whatever takes time now waits for a
 * person. Then one result: the secret of `get` (or `null`), whether `delete` found something, else `null`.
 */
export type KeychainReply =
  | { opened: true }
  | { ok: true; value: string | boolean | null }
  | { ok: false; reason: KeychainReason; message: string }

/** In this order: the first pattern that fits names the reason. */
const reasons: [KeychainReason, RegExp][] = [
  ['timeout', /did not receive a reply|timed? ?out/i],
  ['locked', /dismissed|locked|interaction is not allowed|dark wake|-25308/i],
  ['denied', /denied|cancell?ed|not permitted|not authorized|passphrase you entered|-25293|-128\b/i],
  [
    'unavailable',
    /dbus|d-bus|secret service|platform storage|platform failure|logon session|no default|keychain could not be found|cannot find (?:module|native)/i,
  ],
]

/** Why, from what the keychain library says; its errors carry no code. Sources: keyring-rs, libdbus, Security.framework. */
export function reasonOf(message: string): KeychainReason {
  return reasons.find(([, pattern]) => pattern.test(message))?.[0] ?? 'other'
}

/** Whether a message is a reply of the helper. */
export function isKeychainReply(message: unknown): message is KeychainReply {
  if (typeof message !== 'object' || message === null) return false
  if ('opened' in message) return message.opened === true
  if (!('ok' in message)) return false
  if (message.ok === true) return 'value' in message
  return message.ok === false && 'reason' in message && 'message' in message && typeof message.message === 'string'
}
