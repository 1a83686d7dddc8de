import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { failureCodes } from '../../../electron/contract/errors.ts'
import type { Cost } from '../../../electron/contract/money.ts'
import type { Message, MessageCost } from '../../../electron/contract/routes/conversations.ts'
import { sameMessages } from '../../../renderer/src/data/same-messages.ts'
import { groupByDate } from '../../../renderer/src/text/dates.ts'
import { describeFailure } from '../../../renderer/src/text/failure.ts'
import { costParts, formatBound, formatUsd, messageCostText, shortCost } from '../../../renderer/src/text/money.ts'
import { formatBytes } from '../../../renderer/src/text/sizes.ts'

describe('an amount', () => {
  test.each([
    [0, '$0.00'],
    [500, '$0.0000005'],
    [253_500, '$0.000254'],
    [33_700_000, '$0.0337'],
    [999_999_999, '$1.00'],
    [1_361_646_000, '$1.36'],
    [1_500_000_000, '$1.50'],
    [1_234_567_890_123, '$1,234.57'],
    [-500_000_000, '−$0.50'],
  ])('%i nano-USD reads %s', (nanoUsd, text) => {
    expect(formatUsd(nanoUsd)).toBe(text)
  })

  test('that is not zero never reads as zero, and a bound is never understated', () => {
    const value = (text: string) => Number(text.replaceAll(/[$,]/g, ''))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 13 }), (nanoUsd) => {
        expect(value(formatUsd(nanoUsd))).toBeGreaterThan(0)
        expect(Math.round(value(formatBound(nanoUsd)) * 1e9)).toBeGreaterThanOrEqual(nanoUsd)
      }),
    )
  })
})

describe('what a message has cost', () => {
  const cost: MessageCost = {
    state: 'settled',
    source: 'billed',
    nanoUsd: 253_500,
    credits: 507,
    reservedNanoUsd: null,
    usage: { promptTokens: null, completionTokens: null, reasoningTokens: null, cachedTokens: null },
    attemptCount: 1,
    firstTokenMs: null,
    totalMs: null,
  }
  const unknown = { source: 'unknown', nanoUsd: null, credits: null } as const

  test.each<[Partial<MessageCost>, string]>([
    [{}, '$0.000254 billed'],
    [{ source: 'header' }, '$0.000254 billed'],
    [{ source: 'computed' }, '≈ $0.000254, computed'],
    [{ ...unknown, state: 'unknown', reservedNanoUsd: 33_700_000 }, 'not known yet, up to $0.0337 held'],
    [{ ...unknown, state: 'unknown' }, 'not known yet'],
    [{ ...unknown, source: null, state: 'held', reservedNanoUsd: 33_700_000 }, 'up to $0.0337 held'],
    [{ state: 'not-charged', nanoUsd: 0 }, 'not charged'],
    [{ state: 'demo', nanoUsd: null }, 'demo, nothing billed'],
  ])('%j reads "%s"', (more, text) => {
    expect(messageCostText({ ...cost, ...more })).toBe(text)
  })

  test('tells of the money what the ledger knows by now', () => {
    const failure = { code: 'reply.ended-early', text: 'partly-kept', money: 'unknown' } as const
    const said = (more: Partial<MessageCost>) => describeFailure(failure, { ...cost, ...more }).sentence
    expect(said({ state: 'settled', nanoUsd: 5_000 })).toMatch(/What arrived was charged\.$/)
    expect(said({ state: 'settled', nanoUsd: 0 })).toMatch(/Nothing was charged\.$/)
    expect(said({ state: 'not-charged', nanoUsd: 0 })).toMatch(/Nothing was charged\.$/)
    expect(said({ ...unknown, state: 'unknown' })).toMatch(/is not known yet; Parley looks it up/)
  })

  test('unknown never reads as $0', () => {
    const sum: Cost = { nanoUsd: 0, computedNanoUsd: 0, unknownCount: 1, reservedNanoUsd: 5_000_000 }
    expect(costParts(sum)).toEqual(['1 not known yet, up to $0.005 held'])
    expect(shortCost(sum)).toBe('$?')
    for (const text of [messageCostText({ ...cost, ...unknown, state: 'unknown' }), ...costParts(sum)])
      expect(text).not.toContain('$0.00 ')
  })

  test('a sum says how much of it was computed', () => {
    expect(costParts({ nanoUsd: 3_000_000, computedNanoUsd: 1_000_000, unknownCount: 0, reservedNanoUsd: 0 })).toEqual([
      '$0.003',
      'of it ≈ $0.001 computed',
    ])
    expect(costParts({ nanoUsd: 1_000_000, computedNanoUsd: 1_000_000, unknownCount: 0, reservedNanoUsd: 0 })).toEqual([
      '≈ $0.001, computed',
    ])
  })
})

describe('a failure', () => {
  test.each(failureCodes)('%s has a title and a sentence', (code) => {
    const { title, sentence } = describeFailure({ code, text: 'kept', money: 'not-charged' })
    expect(title).toMatch(/^[A-Z].*[^.]$/)
    expect(sentence).toMatch(/\. Your text is kept\. Nothing was charged\.$/)
  })

  test('names fields as the person knows them', () => {
    const { sentence } = describeFailure({ code: 'input.invalid', text: 'none', money: 'none', field: 'origin' })
    expect(sentence).toMatch(/Look at API address\.$/)
  })

  test('says the field, the wait and what the provider said', () => {
    const text = describeFailure({
      code: 'rate.limited',
      text: 'partly-kept',
      money: 'unknown',
      status: 429,
      detail: 'slow down',
      field: 'temperature',
      range: '0 to 2',
      value: '3',
      retryAfterMs: 1_200,
    })
    expect(text.sentence).toContain('Temperature is 3. Allowed: 0 to 2. The provider asks to wait 2 seconds.')
    expect(text.sentence).toContain('What had arrived is kept. Whether it was charged is not known yet')
    expect(text.detail).toBe('HTTP 429: slow down')
  })
})

test('conversations are grouped by date in their order', () => {
  const now = new Date(2026, 10, 22, 15).getTime()
  const at = (...date: [number, number, number]) => new Date(...date, 12).getTime()
  const days = [at(2026, 10, 22), at(2026, 10, 21), at(2026, 10, 18), at(2026, 10, 1), at(2026, 8, 3), at(2026, 8, 1)]
  const groups = groupByDate(days, (day) => day, now)
  expect(groups.map(({ name, items }) => [name, items.length])).toEqual([
    ['Today', 1],
    ['Yesterday', 1],
    ['Previous 7 days', 1],
    ['Previous 30 days', 1],
    ['September 2026', 2],
  ])
  expect(groups.flatMap(({ items }) => items)).toEqual(days)
})

test('messages that did not change are the objects they were', () => {
  const one = { id: 'a', text: 'x' } as unknown as Message
  const two = { id: 'b', text: 'y' } as unknown as Message
  const next = sameMessages([one, two], [{ ...two }, { ...one, text: 'changed' }] as Message[])
  expect(next[0]).toBe(two)
  expect(next[1]).not.toBe(one)
})

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_500, '1.5 KB'],
  [48_300_000, '48.3 MB'],
  [250_000_000, '250 MB'],
])('%i bytes read %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})
