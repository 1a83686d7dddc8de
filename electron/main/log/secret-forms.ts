/** Shorter values would take ordinary words out of the log. */
const minSecretChars = 4

const escapeRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

const eitherCase = (hex: string) => hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)

const hexOf = (byte: number) => byte.toString(16).padStart(2, '0')

/** A character as itself, or as JSON, JavaScript, a URL (also encoded twice) or HTML writes it. */
function characterPattern(character: string): string {
  const utf8 = [...Buffer.from(character, 'utf8')]
  const percent = utf8.map((byte) => `%(?:25)?${eitherCase(hexOf(byte))}`).join('')
  const units = Array.from(character, (_, at) => character.charCodeAt(at)).slice(0, character.length)
  const unicode = units.map((unit) => `\\\\{1,3}u${eitherCase(unit.toString(16).padStart(4, '0'))}`).join('')
  const code = character.codePointAt(0) ?? 0
  const html = `&#(?:${code}|[xX]0*${eitherCase(code.toString(16))});`
  const forms = [`\\\\{0,3}${escapeRegExp(character)}`, percent, unicode, html]
  if (code < 0x80) forms.push(`\\\\{1,3}x${eitherCase(hexOf(code))}`)
  return `(?:${forms.join('|')})`
}

/** Base64 of the secret wherever it begins inside a longer text: the characters that no neighbour changes. */
function base64Patterns(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const whole = Math.floor(((offset + bytes.length) * 8) / 6)
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    const middle = encoded.slice([0, 2, 3][offset], whole)
    if (middle.length < 6) return []
    const body = middle.replace(/[+/]/g, (sign) => (sign === '+' ? '(?:[+-]|%2[bB])' : '(?:[/_]|%2[fF]|\\\\/)'))
    return [`${body}[\\w+/-]?(?:={1,2}|(?:%3[dD]){1,2})?`]
  })
}

/**
 * A pattern source that matches a secret in the forms it takes in logs: plain, escaped for JSON, JavaScript, HTML or
 * a URL in whole or in part, hexadecimal (with or without separators), base64 and base64url at any alignment, a list
 * of byte values, or single characters in a list. `null` for secrets under 4 characters.
 */
export function secretPattern(secret: string): string | null {
  if (secret.length < minSecretChars) return null
  const bytes = Buffer.from(secret, 'utf8')
  const patterns = [
    Array.from(secret, characterPattern).join(''),
    ...base64Patterns(bytes),
    [...bytes].map((byte) => eitherCase(hexOf(byte))).join('(?:[\\s:,-]{1,2}(?:0x)?)?'),
    [...bytes].join('\\s*,\\s*'),
    Array.from(secret, characterPattern).join('\\\\?["\']?\\s*,\\s*\\\\?["\']?'),
  ]
  return patterns.map((pattern) => `(?:${pattern})`).join('|')
}
