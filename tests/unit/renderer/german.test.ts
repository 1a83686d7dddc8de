import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { formatMoment, formatMonth, formatSeconds } from '../../../renderer/src/text/dates.ts'
import { formatBound, formatCount, formatUsd, shortCost } from '../../../renderer/src/text/money.ts'
import { formatBytes } from '../../../renderer/src/text/sizes.ts'
import { speak, t } from '../../../renderer/src/text/strings.ts'

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: {} })
  vi.stubGlobal('navigator', { languages: ['de-DE', 'en-US'] })
  await speak('de')
})
afterAll(async () => {
  await speak('en')
  vi.unstubAllGlobals()
})

test('amounts are written as German writes them, exactly', () => {
  expect([0, 500, 253_500, 1_234_567_890_123, -500_000_000].map((amount) => formatUsd(amount))).toEqual([
    '0,00\u00A0$',
    '0,0000005\u00A0$',
    '0,000254\u00A0$',
    '1.234,57\u00A0$',
    '−0,50\u00A0$',
  ])
  expect(formatBound(1_000_001)).toBe('0,00101\u00A0$')
  expect(shortCost({ nanoUsd: 0, computedNanoUsd: 0, unknownCount: 1, reservedNanoUsd: 0 })).toBe('? $')
})

test('so are counts, sizes, seconds and dates', () => {
  expect(formatCount(262_144)).toBe('262.144')
  expect([999, 1_500].map(formatBytes)).toEqual(['999 Byte', '1,5 KB'])
  expect(formatSeconds(1_250)).toBe('1,3')
  const july = new Date(2026, 6, 3, 16, 5).getTime()
  expect(formatMonth(july)).toBe('Juli')
  expect(formatMoment(july)).toBe('03.07.2026, 16:05')
})

test('the page speaks German from then on, and says so', () => {
  expect(t.composer.send).toBe('Senden')
  expect(document.documentElement.lang).toBe('de')
})
