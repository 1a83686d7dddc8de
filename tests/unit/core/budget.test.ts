import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  changeZone,
  dayIn,
  daysInMonth,
  decideFit,
  fittingMaxTokens,
  isZone,
  reachedThresholds,
  windowDay,
  zoneAt,
  type ZoneSetting,
} from '../../../electron/main/core/budget.ts'
import { upperBound } from '../../../electron/main/core/upper-bound.ts'

const hour = 3_600_000
const berlin: ZoneSetting = { zone: 'Europe/Berlin', next: null }

describe('windows', () => {
  it('a day in spring has 23 hours, one in autumn 25, and each is one window', () => {
    const spring = Date.UTC(2026, 2, 28, 23)
    const autumn = Date.UTC(2026, 9, 24, 22)
    const hoursOf = (from: number, day: string) =>
      Array.from({ length: 30 }, (_, each) => windowDay(berlin, from + each * hour, null)).filter(
        (each) => each === day,
      )
    expect(hoursOf(spring, '2026-03-29')).toHaveLength(23)
    expect(hoursOf(autumn, '2026-10-25')).toHaveLength(25)
    // The hour that is twice there is in the same window both times.
    expect(dayIn('Europe/Berlin', Date.UTC(2026, 9, 25, 0, 30))).toBe('2026-10-25')
    expect(dayIn('Europe/Berlin', Date.UTC(2026, 9, 25, 1, 30))).toBe('2026-10-25')
  })

  it('midnights that do not exist, quarter-hour zones and both sides of the date line', () => {
    // In Santiago the clock went from 24:00 straight to 01:00.
    expect(dayIn('America/Santiago', Date.UTC(2026, 8, 6, 3, 59))).toBe('2026-09-05')
    expect(dayIn('America/Santiago', Date.UTC(2026, 8, 6, 4))).toBe('2026-09-06')
    expect(dayIn('Asia/Kathmandu', Date.UTC(2026, 0, 1, 18, 15))).toBe('2026-01-02')
    expect(dayIn('Pacific/Kiritimati', Date.UTC(2026, 0, 1, 10))).toBe('2026-01-02')
    expect(dayIn('Pacific/Honolulu', Date.UTC(2026, 0, 1, 9, 59))).toBe('2025-12-31')
  })

  it('months have 28 to 31 days', () => {
    const lengths = ['2026-01', '2026-02', '2028-02', '2100-02', '2026-04', '2026-12'].map(daysInMonth)
    expect(lengths).toEqual([31, 28, 29, 28, 30, 31])
  })

  it('a clock set back a day opens no window again', () => {
    expect(windowDay(berlin, Date.UTC(2026, 2, 1, 12), '2026-03-02')).toBe('2026-03-02')
    expect(windowDay(berlin, Date.UTC(2026, 2, 3, 12), '2026-03-02')).toBe('2026-03-03')
  })

  it('another zone starts when the day is over in the one before', () => {
    const at = Date.UTC(2026, 4, 10, 12)
    const setting = changeZone(berlin, 'Pacific/Auckland', at, '2026-05-10')
    expect(zoneAt(setting, at)).toBe('Europe/Berlin')
    expect(zoneAt(setting, Date.UTC(2026, 4, 10, 21, 59))).toBe('Europe/Berlin')
    expect(zoneAt(setting, Date.UTC(2026, 4, 10, 22))).toBe('Pacific/Auckland')
    expect(changeZone(setting, 'Europe/Berlin', at, '2026-05-10')).toEqual(berlin)
    expect([isZone('Europe/Nowhere'), isZone('Asia/Tokyo')]).toEqual([false, true])
  })

  it('whatever clock and zone do, windows only go forward', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/Los_Angeles',
      'Pacific/Kiritimati',
      'Pacific/Honolulu',
      'Asia/Tokyo',
    ]
    const step = fc.record({
      moveMs: fc.integer({ min: -3 * 24 * hour, max: 4 * 24 * hour }),
      zone: fc.constantFrom(...zones, null),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let at = Date.UTC(2026, 1, 26)
        let setting: ZoneSetting = berlin
        let newest: string | null = null
        for (const { moveMs, zone } of steps) {
          at += moveMs
          const day = windowDay(setting, at, newest)
          expect(newest === null || day >= newest).toBe(true)
          newest = day
          // A zone changes nothing about the day it is changed on.
          if (zone) setting = changeZone(setting, zone, at, day)
          expect(windowDay(setting, at, newest)).toBe(day)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('fitting', () => {
  const use = (limitNanoUsd: number, usedNanoUsd: number) => ({
    budgetId: `b${limitNanoUsd}`,
    scope: 'day' as const,
    window: '2026-01-01',
    limitNanoUsd,
    usedNanoUsd,
  })
  const price = {
    model: 'm',
    inputNanoUsdPerMTok: 1_361_646_000,
    outputNanoUsdPerMTok: 2_049_346_000,
    cachedNanoUsdPerMTok: null,
    contextTokens: 256_000,
    maxOutputTokens: 16_384,
  }

  it('says by how much, the worst first; exactly full fits; no budget asks for no price', () => {
    expect(decideFit([use(100, 60), use(50, 45)], 40)).toMatchObject({
      kind: 'exceeded',
      refusals: [{ limitNanoUsd: 50, overNanoUsd: 35 }],
    })
    expect(decideFit([use(100, 60)], 40)).toEqual({ kind: 'fits' })
    expect(decideFit([use(100, 60)], null)).toEqual({ kind: 'unpriced' })
    expect(decideFit([], null)).toEqual({ kind: 'fits' })
  })

  it('names the longest reply that would fit', () => {
    const size = { textBytes: 4_000, messageCount: 3, imageCount: 0, fileTokens: 0, maxTokens: null }
    const left = 20_000_000
    const most = fittingMaxTokens(size, price, left) ?? 0
    expect(upperBound({ ...size, maxTokens: most }, price)).toBeLessThanOrEqual(left)
    expect(upperBound({ ...size, maxTokens: most + 1 }, price)).toBeGreaterThan(left)
    expect(fittingMaxTokens(size, price, 1_000)).toBeNull()
  })

  it('warns at 50, 80 and 100 %', () => {
    expect([0, 49, 50, 79, 80, 99, 100, 300].map((used) => reachedThresholds(100, used).at(-1) ?? 0)).toEqual([
      0, 0, 50, 50, 80, 80, 100, 100,
    ])
    expect(reachedThresholds(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1)).toEqual([50, 80])
  })
})
