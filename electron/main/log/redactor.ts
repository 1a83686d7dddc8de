import { secretPattern } from './secret-forms.ts'

/** What stands where a secret stood. */
export const redacted = '[redacted]'

/** Bounds of one cleaned value, so that no line grows without end. */
const bounds = { text: 2_000, scanned: 32_000, total: 16_000, entries: 50, nodes: 500, depth: 8 } as const

/** Takes secrets out of text and values. Works on copies; never throws. */
export interface Redactor {
  /** From now on this value is taken out in any of its usual encodings. Under 4 characters it is ignored. */
  add(secret: string): void
  /** The text without secrets, cut at 2,000 characters. */
  text(text: string): string
  /** The value as plain JSON data without secrets: errors with their causes, bounded in depth, breadth and size. */
  value(value: unknown): unknown
}

const secretName =
  /(?:^(?:key|auth|pwd|sig)$|(?:api|access|private|secret|auth|encryption|signing)[-_ ]?key$|authorization|token$|secret|passw|passphrase|cookie|credential|signature$)/i

const named = String.raw`(?<![A-Za-z0-9])[\w-]{0,40}`
const assigned = String.raw`\\*["']?\s*[:=]\s*`

/** `authorization`, `cookie` and passwords: everything that follows is secret. */
const wholeValue = new RegExp(
  String.raw`(${named}(?:authorization|cookie|passw(?:or)?d|passphrase)${assigned})(?:\\*(["'])[^\r\n]*?\\*\2|[^\r\n]+)`,
  'gi',
)
/** Other names that hold keys: a value that looks like a token is secret. */
const tokenValue = new RegExp(
  String.raw`(${named}(?:token|secret|credentials?|signature|(?<![A-Za-z])key|(?:api|access|private|auth)[-_]?key)${assigned}\\*["']?)[\w+/=.~%:-]{12,}`,
  'gi',
)
const bearer = /\b(Bearer)(\s+|%20|\+)["']?[\w+/=.~%-]{8,}/gi
/** Told from "basic understanding" by a digit, a capital or padding. */
const scheme = /\b([Bb]asic|[Dd]igest|[Nn]egotiate)(?:\s+|%20|\+)["']?(?=[\w+/.~-]*[A-Z\d=])[\w+/=.~%-]{8,}/g
const keyShape = /\b(?:sk|pk|rk)[-_][\w-]{6,}/g
const webToken = /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g
const urlLogin = /\b([a-z][a-z0-9+.-]{0,20}:(?:\/\/|\\\/\\\/))[^\s/?#"'\\]{1,1000}@/gi

/** A redactor that knows no secret yet, only the shapes of keys. */
export function createRedactor(): Redactor {
  const sources = new Set<string>()
  let registered: RegExp | null = null

  const add = (secret: string) => {
    const source = secretPattern(secret)
    if (source === null || sources.has(source)) return
    sources.add(source)
    registered = new RegExp([...sources].join('|'), 'g')
  }

  const hide = (text: string) =>
    (registered ? text.replace(registered, redacted) : text)
      .replace(urlLogin, `$1${redacted}@`)
      .replace(wholeValue, `$1${redacted}`)
      .replace(tokenValue, `$1${redacted}`)
      .replace(bearer, `$1 ${redacted}`)
      .replace(scheme, `$1 ${redacted}`)
      .replace(webToken, redacted)
      .replace(keyShape, redacted)

  const text = (whole: string, limit: number = bounds.text) => {
    // What lies beyond is never shown, not even the front half of a secret that begins just before the edge.
    const isLong = whole.length > bounds.scanned
    const clean = hide(isLong ? whole.slice(0, bounds.scanned) : whole)
    const shown = Math.min(limit, isLong ? Math.max(0, clean.length - bounds.scanned / 2) : clean.length)
    return shown < clean.length || isLong ? `${clean.slice(0, shown)}… [${whole.length} characters]` : clean
  }

  return {
    add,
    text: (whole) => text(whole),
    value: (value) => createWalk(text).clean(value, false, 0),
  }
}

/** One walk over one value: counts what it has taken so far. */
function createWalk(text: (whole: string, limit?: number) => string) {
  const path = new Set<object>()
  let charsLeft: number = bounds.total
  let nodesLeft: number = bounds.nodes

  const string = (whole: string, isSecret: boolean) => {
    if (isSecret) return redacted
    const shown = text(whole, Math.min(bounds.text, Math.max(0, charsLeft)))
    charsLeft -= shown.length
    return shown
  }

  const list = (items: readonly unknown[], isSecret: boolean, depth: number) => {
    if (items.length >= 8 && items.every(isByte)) return `[${items.length} bytes]`
    if (items.length > 3 && items.every((item) => typeof item === 'string' && item.length === 1))
      return string(items.join(''), isSecret)
    const shown = items.slice(0, bounds.entries).map((item, at) => {
      const before = items[at - 1]
      return clean(item, isSecret || (typeof before === 'string' && secretName.test(before)), depth)
    })
    return items.length > shown.length ? [...shown, `… ${items.length} in all`] : shown
  }

  const object = (value: object, isSecret: boolean, depth: number) => {
    const entries = value instanceof Map ? [...value].map(pairOf) : entriesOf(value)
    const label = read(value, 'name') ?? read(value, 'header')
    const isSecretPair = typeof label === 'string' && secretName.test(label)
    const out: Record<string, unknown> = Object.create(null)
    for (const [key, item] of entries.slice(0, bounds.entries)) {
      out[string(key, false)] = clean(
        item,
        isSecret || secretName.test(key) || (isSecretPair && key === 'value'),
        depth,
      )
    }
    if (entries.length > bounds.entries) out['…'] = `${entries.length} in all`
    return out
  }

  function clean(value: unknown, isSecret: boolean, depth: number): unknown {
    if (value === null || value === undefined || typeof value === 'boolean') return value
    if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
    if (typeof value === 'string') return string(value, isSecret)
    if (typeof value === 'bigint' || typeof value === 'symbol') return string(String(value), isSecret)
    if (typeof value === 'function') return '[function]'
    if (path.has(value)) return '[circular]'
    if (depth >= bounds.depth || --nodesLeft < 0 || charsLeft <= 0) return '[cut]'
    path.add(value)
    try {
      return structure(value, isSecret, depth + 1)
    } catch {
      // A revoked proxy or a throwing iterator: saying that it could not be read is the handling.
      return '[unreadable]'
    } finally {
      path.delete(value)
    }
  }

  const structure = (value: object, isSecret: boolean, depth: number) => {
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
    if (value instanceof URL || value instanceof RegExp) return string(String(value), isSecret)
    if (Array.isArray(value)) return list(value, isSecret, depth)
    if (value instanceof Set) return list([...value], isSecret, depth)
    return object(isPairs(value) ? new Map(value) : value, isSecret, depth)
  }

  return { clean }
}

/** The fields of an object; of an error also those that are not enumerable, name and message first. */
function entriesOf(value: object): [string, unknown][] {
  const isError = value instanceof Error
  const own = isError ? Object.getOwnPropertyNames(value) : Object.keys(value)
  const names = isError ? new Set(['name', 'message', ...own]) : own
  return [...names].map((name) => [name, read(value, name)])
}

const pairOf = ([key, item]: [unknown, unknown]): [string, unknown] => [String(key), item]

const isByte = (item: unknown) => typeof item === 'number' && Number.isInteger(item) && item >= 0 && item <= 255

/** `Headers` and `URLSearchParams` keep their entries out of sight of `Object.keys`. */
const isPairs = (value: object): value is Iterable<[string, string]> =>
  value instanceof URLSearchParams || value instanceof Headers

function read(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key]
  } catch {
    // A getter that throws tells nothing worth logging.
    return '[unreadable]'
  }
}
