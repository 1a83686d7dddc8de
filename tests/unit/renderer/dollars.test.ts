import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseUsd, typedUsd } from '../../../renderer/src/text/dollars.ts'

const most = 1_000_000_000_000_000
const read = (text: string, sign = '.') => {
  const written = parseUsd(text, most, sign)
  return written.kind === 'amount' ? written.nanoUsd : written.kind === 'refused' ? written.why : written.kind
}

describe('dollars as people write them', () => {
  test.each([
    ['0.05', 50_000_000],
    ['0,05', 50_000_000],
    ['.5', 500_000_000],
    ['5.', 5_000_000_000],
    ['$5', 5_000_000_000],
    ['5 $', 5_000_000_000],
    ['1 000', 1_000_000_000_000],
    ['1\u202f000,50', 1_000_500_000_000],
    ['1,234.50', 1_234_500_000_000],
    ['1.234,50', 1_234_500_000_000],
    ['1,000,000', 1_000_000_000_000_000],
    ["1'000", 1_000_000_000_000],
    ['0.000000001', 1],
    ['1.361646', 1_361_646_000],
    ['0.1000000000000', 100_000_000],
    ['0,125', 125_000_000],
    ['0', 0],
  ])('%s', (text, nanoUsd) => expect(read(text)).toBe(nanoUsd))

  test.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['$', 'empty'],
    ['-1', 'negative'],
    ['−0.05', 'negative'],
    ['$-1', 'negative'],
    ['0.0000000001', 'too-many-decimals'],
    ['1,000', 'ambiguous'],
    ['five', 'not-a-number'],
    ['1e3', 'not-a-number'],
    ['1.2.3', 'not-a-number'],
    ['1 00', 'not-a-number'],
    ['1,00,000', 'not-a-number'],
    ['.', 'not-a-number'],
    ['1000000.01', 'too-large'],
  ])('%s is refused or empty: %s', (text, why) => expect(read(text)).toBe(why))

  test('a lone sign of the language in use is the decimal sign, and the other one may not be', () => {
    expect(read('1.000', '.')).toBe(1_000_000_000)
    expect(read('1.000', ',')).toBe('ambiguous')
    expect(read('1,000', ',')).toBe(1_000_000_000)
  })

  test('any amount is read back exactly as it is typed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: most }), (nanoUsd) => {
        expect(parseUsd(typedUsd(nanoUsd), most)).toEqual({ kind: 'amount', nanoUsd })
      }),
    )
  })
})
