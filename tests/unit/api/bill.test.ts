import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBill, readCredits, readHeaderBill, usdToCredits, usdToNanoUsd } from '../../../electron/main/api/bill.ts'

describe('a bill', () => {
  it('in credits is whole, not negative and not absurd', () => {
    expect(readCredits(507)).toBe(507)
    expect(readCredits(0)).toBe(0)
    for (const bad of [
      -1,
      0.5,
      Number.NaN,
      Infinity,
      1e300,
      2 ** 53,
      2_000_000_001,
      '507',
      null,
      undefined,
      {},
      [507],
    ]) {
      expect(readCredits(bad)).toBeNull()
    }
  })

  it('in dollars is a whole number of credits, exactly', () => {
    expect(usdToCredits(0.0002535)).toBe(507)
    expect(usdToCredits(0.00124)).toBe(2480)
    expect(usdToCredits(5e-7)).toBe(1)
    expect(usdToCredits(0)).toBe(0)
    for (const bad of [0.00000025, 0.00124001, -0.00124, 1e300, Number.NaN, Infinity, '0.00124', null]) {
      expect(usdToCredits(bad)).toBeNull()
    }
  })

  it('survives the binary noise of every amount up to 1,000 dollars', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), (credits) => {
        expect(usdToCredits(credits / 2_000_000)).toBe(credits)
        expect(usdToCredits(credits * 0.0000005)).toBe(credits)
        expect(
          readHeaderBill(
            null,
            (BigInt(credits) * 500n)
              .toString()
              .padStart(10, '0')
              .replace(/(\d{9})$/, '.$1'),
          ),
        ).toBe(credits)
      }),
    )
  })

  it('takes credits first, dollars only without them', () => {
    expect(readBill(2480, 0.00124)).toBe(2480)
    expect(readBill(2480, 99)).toBe(2480)
    expect(readBill(undefined, 0.00124)).toBe(2480)
    expect(readBill('2480', 0.00124)).toBe(2480)
    expect(readBill(Number.NaN, undefined)).toBeNull()
  })

  it('in headers is plain digits', () => {
    expect(readHeaderBill('507', null)).toBe(507)
    expect(readHeaderBill(null, '0.001240000')).toBe(2480)
    for (const bad of ['', '-5', '1e3', '0x10', 'NaN', '507 credits', '99999999999999999999']) {
      expect(readHeaderBill(bad, null)).toBeNull()
    }
  })
})

describe('a balance', () => {
  it('is whole nano-dollars, rounded down', () => {
    expect(usdToNanoUsd(123.45)).toBe(123_450_000_000)
    expect(usdToNanoUsd(0.1)).toBe(100_000_000)
    expect(usdToNanoUsd(-0.5)).toBe(-500_000_000)
    expect(usdToNanoUsd(0.0000000019)).toBe(1)
    expect(usdToNanoUsd(-0.0000000011)).toBe(-2)
    expect(usdToNanoUsd(1e22)).toBeNull()
    expect(usdToNanoUsd('123')).toBeNull()
  })
})
