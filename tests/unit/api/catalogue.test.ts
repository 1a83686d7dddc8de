import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPrice } from '../../../electron/main/api/catalogue.ts'
import { model } from '../../../electron/main/core/origin.ts'
import type { JsonObject } from '../../../electron/main/api/wire.ts'

const unit = (origin: string, price: unknown, per: unknown = 1_000_000, more: object = {}) => ({
  name: 'token',
  content: 'text',
  origin,
  price,
  per,
  ...more,
})

const listed = (units: unknown, pricing: object = {}, row: object = {}): JsonObject => ({
  object: 'list',
  data: [
    {
      id: model,
      type: 'openai/chat-completions',
      info: { contextLength: 256_000, outputMax: 16_384 },
      pricing: { kind: 'fixed', currency: 'USD', units, ...pricing },
      ...row,
    },
  ],
})
const today = [unit('provided', 1.361646), unit('generated', 2.049346)]

describe('a price', () => {
  it('is exact', () => {
    expect(readPrice(listed(today), model)).toEqual({
      model,
      inputNanoUsdPerMTok: 1_361_646_000,
      outputNanoUsdPerMTok: 2_049_346_000,
      cachedNanoUsdPerMTok: null,
      contextTokens: 256_000,
      maxOutputTokens: 16_384,
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), fc.constantFrom(1, 1_000, 1_000_000), (nano, per) => {
        const price = Number(`${BigInt(nano) * BigInt(per)}e-15`)
        const read = readPrice(listed([unit('provided', price, per), unit('generated', price, per)]), model)
        expect(read?.inputNanoUsdPerMTok).toBe(nano)
      }),
    )
  })

  it('that is not whole is rounded up', () => {
    const read = readPrice(listed([unit('provided', 0.0000000001), unit('generated', 1.0000000005)]), model)
    expect(read).toMatchObject({ inputNanoUsdPerMTok: 1, outputNanoUsdPerMTok: 1_000_000_001 })
  })

  it.each([0, -1, 1e300, Number.NaN, '1.36', null, undefined, 100_000])('of %s is none', (price) => {
    expect(readPrice(listed([unit('provided', price), unit('generated', 2)]), model)).toBeNull()
  })

  it.each([0, -1, 0.5, '1000000', undefined, Infinity])('for %s tokens is none', (per) => {
    expect(readPrice(listed([{ ...unit('provided', 1), per }, unit('generated', 2)]), model)).toBeNull()
  })

  it('with one side, another currency, variants or none at all is none', () => {
    expect(readPrice(listed([unit('generated', 2)]), model)).toBeNull()
    expect(readPrice(listed([{ name: 'token', measure: 'output', price: 3.25, per: 1_000_000 }]), model)).toBeNull()
    expect(readPrice(listed(today, { currency: 'EUR' }), model)).toBeNull()
    expect(readPrice(listed(today, { kind: 'variants' }), model)).toBeNull()
    expect(readPrice(listed('units'), model)).toBeNull()
    expect(readPrice(listed(today, {}, { pricing: null }), model)).toBeNull()
    expect(readPrice({}, model)).toBeNull()
  })

  it('is that of the chat endpoint and of text, found by alias too', () => {
    const other = {
      id: model,
      type: 'openai/responses',
      pricing: { units: [unit('provided', 9), unit('generated', 9)] },
    }
    const chat = listed(
      [...today, unit('provided', 77, 1_000_000, { content: 'image' })],
      {},
      { id: 'x', aliases: [model] },
    )
    const body = { data: [null, other, ...(chat['data'] as unknown[])] }
    expect(readPrice(body, model)?.inputNanoUsdPerMTok).toBe(1_361_646_000)
    expect(readPrice(listed(today, {}, { id: 'another' }), model)).toBeNull()
  })

  it('in doubt is the higher one, and cached input has its own where there is one', () => {
    const read = readPrice(
      listed([...today, unit('provided', 1.5), unit('cached', 0.1), unit('cache_write', 5)]),
      model,
    )
    expect(read).toMatchObject({ inputNanoUsdPerMTok: 1_500_000_000, cachedNanoUsdPerMTok: 100_000_000 })
  })
})
