const longest = 300
/** Control characters, line and paragraph separators, bidi controls, zero-width characters. */
const unsafe = /[\p{Cc}\u2028\u2029\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu

/**
 * Text from outside as one safe line: no control characters, no bidi overrides, no lone surrogates, the key and any
 * `user:password@` replaced, at most 300 UTF-16 units. `undefined` when nothing readable is left, or when it looks like
 * a page (begins with `<`), which is never shown.
 */
export function cleanDetail(text: string, key: string | null): string | undefined {
  const line = text
    .slice(0, 16_384)
    .toWellFormed()
    .replace(/[\t\n\r]+/g, ' ')
    .replace(unsafe, '')
    .replace(/ {2,}/g, ' ')
    .trim()
  if (line === '' || line.startsWith('<')) return undefined
  const redacted = redact(line, key).replace(/\/\/[^/\s@]*@/g, '//')
  return redacted.length > longest ? `${redacted.slice(0, longest - 1).toWellFormed()}…` : redacted
}

/** The text with every occurrence of the key, plain or percent-encoded, replaced by `[key]`. */
function redact(text: string, key: string | null): string {
  if (key === null || key.length < 4) return text
  return text.replaceAll(key, '[key]').replaceAll(encodeURIComponent(key), '[key]')
}
