import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { computeCost } from '../../../electron/main/core/money.ts'
import { everything, purposes, readPlace, spendAddress, states } from '../../../renderer/src/data/spend-place.ts'
import { dayStep } from '../../../renderer/src/features/spend/day-walk.ts'
import { barParts, heatLevels, scaleTop } from '../../../renderer/src/features/spend/scale.ts'
import { addDays, addMonths, daysBetween, monthRange, weekdayOf } from '../../../renderer/src/text/days.ts'
import { formatExact, formatExactly } from '../../../renderer/src/text/money.ts'
import { formatFine, priceTokens } from '../../../renderer/src/text/priced.ts'
import { outcomeText, tokensPerSecond, whyOpen } from '../../../renderer/src/text/request-words.ts'

describe('the address of a place on the spend page', () => {
  const id = fc.uuid()
  const day = fc
    .date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  const place = fc.record({
    tab: fc.constantFrom('overview' as const, 'ledger' as const, 'open' as const, 'statement' as const),
    filter: fc.record({
      from: fc.option(day),
      to: fc.option(day),
      conversationId: fc.option(id),
      messageId: fc.option(id),
      states: fc.subarray([...states]),
      purposes: fc.subarray([...purposes]),
    }),
    attemptId: fc.option(id),
  })

  test('leads back to the same place', () => {
    fc.assert(
      fc.property(place, (each) => {
        expect(readPlace(spendAddress(each as never))).toEqual(each)
      }),
    )
  })

  test('that is not ours, or holds nonsense, limits nothing', () => {
    expect(readPlace('#/chat/1')).toBeNull()
    expect(readPlace('#/spending')).toBeNull()
    expect(readPlace('#/spend/ledger?from=yesterday&chat=%27&state=free,held&request=1')).toEqual({
      tab: 'ledger',
      filter: { ...everything, states: ['held'] },
      attemptId: null,
    })
  })
})

describe('the calculation behind a cost', () => {
  const price = { inputNanoUsdPerMTok: 1_361_646_000, outputNanoUsdPerMTok: 2_049_346_000, cachedNanoUsdPerMTok: null }
  const count = fc.integer({ min: 0, max: 300_000 })
  const rate = fc.integer({ min: 0, max: 20_000_000_000 })

  test('comes to what main computes, to the credit', () => {
    const usage = fc.record({
      promptTokens: count,
      completionTokens: count,
      cachedTokens: fc.option(count),
      reasoningTokens: fc.constant(null),
    })
    const rates = fc.record({
      inputNanoUsdPerMTok: rate,
      outputNanoUsdPerMTok: rate,
      cachedNanoUsdPerMTok: fc.option(rate),
    })
    fc.assert(
      fc.property(usage, rates, (tokens, at) => {
        const rest = { model: 'm', contextTokens: null, maxOutputTokens: null }
        expect((priceTokens(tokens, at)?.credits ?? -1) * 500).toBe(computeCost(tokens, { ...at, ...rest }))
      }),
    )
  })

  test('is shown exactly, and not at all where a count is missing', () => {
    const tokens = { promptTokens: 22, completionTokens: 453, cachedTokens: 8, reasoningTokens: 100 }
    const priced = priceTokens(tokens, price)
    expect(priced?.lines.map(({ kind }) => kind)).toEqual(['input', 'output'])
    expect(formatFine([...(priced?.lines.map(({ amount }) => amount) ?? []), priced?.sum ?? 0n])).toEqual([
      '$0.000029956212',
      '$0.000928353738',
      '$0.000958309950',
    ])
    expect(formatFine([1_500_000_000_000_000n])).toEqual(['$1.50'])
    expect(priceTokens({ ...tokens, completionTokens: null }, price)).toBeNull()
    expect(priceTokens(tokens, null)).toBeNull()
  })

  test('a column of exact amounts has its points below each other', () => {
    expect(formatExactly([500, 1_500_000_000, 0])).toEqual(['$0.0000005', '$1.5000000', '$0.0000000'])
    expect(formatExact(1_234_567_890_123)).toBe('$1,234.567890123')
  })
})

describe('the scale of a chart', () => {
  test('holds the largest amount, is not twice as high as it must be, and its half is whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 13 }), (most) => {
        const top = scaleTop(most)
        expect(top).toBeGreaterThanOrEqual(most)
        expect(Number.isSafeInteger(top / 2)).toBe(true)
        if (most > 20) expect(top).toBeLessThanOrEqual(most * 1.5 + 1)
      }),
    )
    expect(scaleTop(0)).toBe(20)
  })

  test('what is there can be seen, and what is not is not', () => {
    const cost = { nanoUsd: 1_000, computedNanoUsd: 500, unknownCount: 0, reservedNanoUsd: 0 }
    expect(barParts(cost, 1_000_000_000, 100)).toEqual({ billed: 2, computed: 2, held: 0 })
    expect(barParts({ ...cost, reservedNanoUsd: 1_000 }, 2_000, 100)).toEqual({ billed: 25, computed: 25, held: 50 })
  })

  test('shades rise with the amount', () => {
    const level = heatLevels([1, 2, 3, 4, 5, 6, 7, 8])
    expect([0, 1, 4, 6, 8].map(level)).toEqual([0, 1, 2, 3, 4])
    expect(heatLevels([])(0)).toBe(0)
    expect(heatLevels([7])(7)).toBe(4)
  })

  test('the arrows walk by days and by weeks, and stay among the days', () => {
    const week = { across: 7, along: 1 }
    expect(dayStep('ArrowRight', 3, 30, week)).toBe(10)
    expect(dayStep('ArrowUp', 0, 30, week)).toBe(0)
    expect(dayStep('End', 3, 30, week)).toBe(29)
    expect(dayStep('ArrowUp', 3, 30, { across: 1, along: 0 })).toBeNull()
    expect(dayStep('a', 3, 30, week)).toBeNull()
  })
})

test('calendar days are counted as they are written', () => {
  expect(monthRange('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(addMonths('2026-01', -1)).toBe('2025-12')
  expect(addDays('2026-03-28', 2)).toBe('2026-03-30')
  expect(daysBetween('2026-03-28', '2026-03-30')).toEqual(['2026-03-28', '2026-03-29', '2026-03-30'])
  expect(weekdayOf('2026-11-22')).toBe(6)
})

describe('why a cost is not known', () => {
  const row = { state: 'unknown', outcome: 'aborted', reservedNanoUsd: 1 } as const
  test('is said by how the request ended', () => {
    expect(whyOpen(row)).toContain('It was cut')
    expect(whyOpen({ ...row, outcome: 'stop' })).toContain('without a bill')
    expect(whyOpen({ ...row, outcome: 'network.failed' })).toContain('connection ended')
    expect(whyOpen({ ...row, reservedNanoUsd: null })).toContain('nothing bounds')
    expect(whyOpen({ ...row, state: 'held' })).toContain('still writing the reply')
    expect(whyOpen({ ...row, state: 'settled' })).toBeNull()
  })
  test('an end has words, or stands for itself', () => {
    expect(outcomeText('aborted')).toBe('Cut here before it was complete')
    expect(outcomeText('something-new')).toBe('something-new')
  })
  test('a speed is told only where there was time to measure it', () => {
    const fast = { usage: { completionTokens: 50 }, firstTokenMs: 100, totalMs: 1_100 }
    expect(tokensPerSecond(fast)).toBe('50')
    expect(tokensPerSecond({ ...fast, totalMs: 150 })).toBeNull()
    expect(tokensPerSecond({ ...fast, firstTokenMs: null })).toBeNull()
  })
})
