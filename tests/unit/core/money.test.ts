import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeCost, creditsToNanoUsd, isCredits } from '../../../electron/main/core/money.ts'
import { outputBound, upperBound, utf8Bytes } from '../../../electron/main/core/upper-bound.ts'

/** Prices that fit the one sample there is: $0.192556 in and $0.55016 out per million tokens. */
const price = {
  model: 'google/gemma-4-31b-it',
  inputNanoUsdPerMTok: 192_556_000,
  outputNanoUsdPerMTok: 550_160_000,
  cachedNanoUsdPerMTok: null,
  contextTokens: 256_000,
  maxOutputTokens: 16_384,
}
const usage = (promptTokens: number | null, completionTokens: number | null, cachedTokens: number | null = 0) => ({
  promptTokens,
  completionTokens,
  cachedTokens,
  reasoningTokens: null,
})

describe('money', () => {
  it('a credit is 500 nano-USD: the documented sample', () => {
    expect(creditsToNanoUsd(507)).toBe(253_500)
  })

  it.each([NaN, -1, 0.5, 1e300, Infinity, '5', null, {}])('%s is not a number of credits', (value) => {
    expect(isCredits(value)).toBe(false)
    expect(() => creditsToNanoUsd(value as number)).toThrow(RangeError)
  })

  it('computes the sample to the credit', () => {
    expect(computeCost(usage(22, 453), price)).toBe(253_500)
  })

  it('rounds up to a whole credit, once', () => {
    expect(computeCost(usage(1, 0), { ...price, inputNanoUsdPerMTok: 1 })).toBe(500)
    expect(computeCost(usage(0, 0), price)).toBe(0)
    expect(computeCost(usage(1_000_000, 0), { ...price, inputNanoUsdPerMTok: 1_000_000 })).toBe(1_000_000)
  })

  it('a count that is missing makes the cost unknown, never zero', () => {
    expect(computeCost(usage(null, 5), price)).toBeNull()
    expect(computeCost(usage(5, null), price)).toBeNull()
  })

  it('cached tokens cost their own price, where there is one, and never more tokens than were sent', () => {
    const cached = { ...price, cachedNanoUsdPerMTok: 0 }
    expect(computeCost(usage(1_000, 0, 1_000), cached)).toBe(0)
    expect(computeCost(usage(1_000, 0, 5_000), cached)).toBe(0)
    expect(computeCost(usage(1_000, 0, 1_000), price)).toBe(computeCost(usage(1_000, 0), price))
  })

  it('is whole credits, exact, and never less than the exact amount or a credit more', () => {
    fc.assert(
      fc.property(
        fc.nat(300_000),
        fc.nat(20_000),
        fc.nat(10_000_000_000),
        fc.nat(10_000_000_000),
        (prompt, completion, input, output) => {
          const cost = computeCost(usage(prompt, completion), {
            ...price,
            inputNanoUsdPerMTok: input,
            outputNanoUsdPerMTok: output,
          })
          const exact = BigInt(prompt) * BigInt(input) + BigInt(completion) * BigInt(output)
          const charged = BigInt(cost ?? -1) * 1_000_000n
          expect(Number.isSafeInteger(cost) && (cost ?? -1) % 500 === 0).toBe(true)
          expect(charged >= exact && charged - exact < 500n * 1_000_000n).toBe(true)
        },
      ),
    )
  })
})

describe('the upper bound', () => {
  const size = (text: string, maxTokens: number | null = null) => ({
    textBytes: utf8Bytes(text),
    messageCount: 1,
    imageCount: 0,
    fileTokens: 0,
    maxTokens,
  })

  it('counts UTF-8 bytes like an encoder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(utf8Bytes(text)).toBe(Buffer.byteLength(text))
      }),
    )
  })

  it('is never below what the reply can cost: a token is a byte at least', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), fc.integer({ min: 1, max: 16_384 }), (text, completion) => {
        const bound = upperBound(size(text), price)
        const cost = computeCost(usage(utf8Bytes(text) + 13, completion), price)
        expect(bound).toBeGreaterThanOrEqual(cost ?? Infinity)
      }),
    )
  })

  it('max_tokens lowers it; no price means no bound, not zero', () => {
    expect(upperBound(size('hello', 10), price)).toBeLessThan(upperBound(size('hello'), price) ?? 0)
    expect(upperBound(size('hello'), null)).toBeNull()
    expect(outputBound(null, { ...price, maxOutputTokens: null, contextTokens: null })).toBeGreaterThanOrEqual(256_000)
  })
})
