import { describe, expect, test } from 'vitest'
import type { Estimate } from '../../../electron/contract/routes/context.ts'
import { createPacer } from '../../../renderer/src/data/pacer.ts'
import { placeAfterKey, placesBetween } from '../../../renderer/src/features/context/range.ts'
import { changesText } from '../../../renderer/src/features/prices/changes-text.ts'
import { estimateCost, estimateLine, formatShare } from '../../../renderer/src/text/estimate.ts'
import { formatLeft } from '../../../renderer/src/text/money.ts'

const estimate: Estimate = {
  promptTokens: 1_240,
  knownTokens: 1_100,
  usualError: 0.02,
  lowNanoUsd: 2_100_000,
  likelyNanoUsd: 4_800_000,
  highNanoUsd: 36_340_000,
  contextTokens: 256_000,
  contextShare: 0.0048,
  limitTokens: 239_616,
  leftNanoUsd: null,
  attachments: [],
}

describe('an estimate in words', () => {
  test('says about how much, and at most how much', () => {
    expect(estimateLine(estimate)).toBe('≈ 1,240 tokens · ≈ $0.0021–0.0048, at most $0.037')
  })
  test('is one amount where both ends read alike', () => {
    expect(estimateCost({ ...estimate, likelyNanoUsd: 2_100_000 })).toBe('≈ $0.0021, at most $0.037')
  })
  test('without a price says so, and no amount', () => {
    const unpriced = { ...estimate, lowNanoUsd: null, likelyNanoUsd: null, highNanoUsd: null }
    expect(estimateLine(unpriced)).toBe('≈ 1,240 tokens · price not known')
  })
  test.each([
    [0, '< 0.1 %'],
    [0.0004, '< 0.1 %'],
    [0.0048, '0.5 %'],
    [0.123, '12 %'],
    [1.5, '150 %'],
  ])('a share of %f reads %s', (share, text) => expect(formatShare(share)).toBe(text))
  test('what is left is never overstated', () => {
    expect(formatLeft(4_998_040_000)).toBe('$4.99')
    expect(formatLeft(-5)).toBe('$0.00')
  })
})

describe('a pacer', () => {
  const ending = () => {
    const ends: (() => void)[] = []
    let started = 0
    let newest = 0
    const seen: number[] = []
    const pacer = createPacer({
      work: () => {
        started += 1
        seen.push(newest)
        return new Promise<void>((done) => ends.push(done))
      },
      gapMs: 80,
      wait: (then) => {
        then()
        return () => undefined
      },
    })
    const settle = () => new Promise((done) => setTimeout(done, 0))
    return {
      poke: (value: number) => {
        newest = value
        pacer.poke()
      },
      end: async () => {
        ends.shift()?.()
        await settle()
      },
      pacer,
      started: () => started,
      seen,
    }
  }

  test('asks once at a time, and once more for the newest of all that came meanwhile', async () => {
    const run = ending()
    for (let key = 1; key <= 50; key += 1) run.poke(key)
    expect(run.started()).toBe(1)
    await run.end()
    expect(run.seen).toEqual([1, 50])
    await run.end()
    expect(run.started()).toBe(2)
    run.poke(51)
    expect(run.seen).toEqual([1, 50, 51])
  })

  test('that was stopped asks no more', async () => {
    const run = ending()
    run.poke(1)
    run.pacer.stop()
    await run.end()
    run.poke(2)
    expect(run.seen).toEqual([1])
  })
})

describe('a list walked by keys', () => {
  test('stays inside', () => {
    expect(placeAfterKey('ArrowDown', 9, 10, 8)).toBe(9)
    expect(placeAfterKey('PageUp', 3, 10, 8)).toBe(0)
    expect(placeAfterKey('End', 3, 10, 8)).toBe(9)
    expect(placeAfterKey('x', 3, 10, 8)).toBeNull()
  })
  test('has the same places between two, whichever came first', () => {
    expect(placesBetween(4, 2)).toEqual([2, 3, 4])
    expect(placesBetween(2, 2)).toEqual([2])
  })
})

test('a change of price is said side by side', () => {
  const change = { fromNanoUsdPerMTok: 1, toNanoUsdPerMTok: 7, factor: 7.07, amount: '7.1×' }
  expect(
    changesText([
      { ...change, side: 'input', direction: 'rose' },
      { ...change, side: 'output', direction: 'fell', amount: '12 %' },
    ]),
  ).toBe('input rose 7.1×, output fell 12 %')
})
