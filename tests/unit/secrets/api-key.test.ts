import { describe, expect, test } from 'vitest'
import { FailureError } from '../../../electron/contract/errors.ts'
import { lastFourOf, parseKey } from '../../../electron/main/secrets/api-key.ts'

describe('a pasted key', () => {
  test.each([
    'abc123',
    '  abc123\r\n',
    '"abc123"',
    "'abc123'",
    '`abc123`',
    '“abc123”',
    'Bearer abc123',
    'bearer   abc123',
    '"Bearer abc123"',
    'Bearer "abc123"',
    'Authorization: Bearer abc123',
    '\uFEFFabc123\u00A0',
  ])('%j is abc123', (pasted) => expect(parseKey(pasted)).toBe('abc123'))

  test('keeps every printable sign and 512 characters', () => {
    const printable = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).join('')
    expect(parseKey(`a${printable}a`)).toBe(`a${printable}a`)
    expect(parseKey('k'.repeat(512))).toHaveLength(512)
  })

  test.each([
    '',
    '   ',
    '""',
    'Bearer ',
    'two words',
    'new\nline',
    'ключ-ключ',
    'zero\u200bwidth',
    'null\0',
    'k'.repeat(513),
  ])('%j is refused without being repeated', (pasted) => {
    const error = catchFailure(() => parseKey(pasted))
    expect(error.failure).toMatchObject({ code: 'input.invalid', field: 'key' })
    expect(error.failure.range).toBeTruthy()
    if (pasted.trim().length > 2) expect(JSON.stringify(error.failure) + String(error.stack)).not.toContain(pasted)
  })

  test('gives its last four characters only from 12 on', () => {
    expect(lastFourOf('a2345678901')).toBeNull()
    expect(lastFourOf('a23456789012')).toBe('9012')
  })
})

function catchFailure(run: () => unknown): FailureError {
  try {
    run()
  } catch (error) {
    if (error instanceof FailureError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
