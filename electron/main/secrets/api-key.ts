import { fail } from '../../contract/errors.ts'
import { limits } from '../../contract/limits.ts'

/** Copied along with a key: its quotes and what stands before it in a header. */
const quotes = /^["'`“”‘’«»]+|["'`“”‘’«»]+$/g
const around = /^(?:authorization\s*:\s*)?bearer(?:\s+|$)/i

/**
 * The key in what a person pasted: without surrounding spaces, quotes, `Authorization:` and `Bearer`. Fails with
 * `input.invalid` (field `key`, never the value) unless 1 to 512 printable ASCII characters without spaces are left.
 */
export function parseKey(pasted: string): string {
  const key = pasted.trim().replace(quotes, '').trim().replace(around, '').replace(quotes, '').trim()
  const problem = problemOf(key)
  if (problem !== null) throw fail('input.invalid', { field: 'key', range: problem })
  return key
}

/** Whether a text is a key as it is: what `parseKey` gives back unchanged. */
export const isKey = (text: string): boolean => problemOf(text) === null

function problemOf(key: string): string | null {
  if (key.length === 0) return 'not empty'
  if (key.length > limits.keyChars) return `at most ${limits.keyChars} characters`
  return /^[\x21-\x7e]+$/.test(key) ? null : 'letters, digits and signs without spaces'
}

/** The last four characters of keys that are long enough not to be given away by them: 12 and more. */
export function lastFourOf(key: string): string | null {
  return key.length >= 12 ? key.slice(-4) : null
}
