import { z } from 'zod'
import type { NanoUsd } from '../money.ts'
import type { Price } from '../price.ts'
import { returns, route } from '../route.ts'

/** How one side of the price moved: `factor` is new by old, rounded to two places, such as 7.07. */
export interface PriceChange {
  side: 'input' | 'output' | 'cached'
  direction: 'rose' | 'fell'
  fromNanoUsdPerMTok: NanoUsd
  toNanoUsdPerMTok: NanoUsd
  factor: number
  /** Short, such as `7.1×` for a doubling and more (either way), else `12 %`. */
  amount: string
}

/** A price that was seen or entered, with what it changed. */
export interface PriceRecord extends Price {
  id: string
  source: 'catalogue' | 'override'
  seenAt: number
  etag: string | null
  isInForce: boolean
  /** Compared with the price before it; empty for the first one and where only limits changed. */
  changes: PriceChange[]
}

export interface PriceState {
  /** `null`: unpriced. What a reply costs is then not known before it is billed; it is never zero. */
  inForce: PriceRecord | null
  /** What the catalogue said last; differs from `inForce` while an override holds. */
  catalogue: PriceRecord | null
}

const rate = z.int().min(0).max(10_000_000_000_000)

export const priceRoutes = {
  'prices.state': route({ input: z.strictObject({}), output: returns<PriceState>() }),
  /** Newest first, at most 500. */
  'prices.history': route({ input: z.strictObject({}), output: returns<PriceRecord[]>() }),
  /** Asks the catalogue now. A free call. */
  'prices.refresh': route({ input: z.strictObject({}), output: returns<PriceState>() }),
  /** A price entered by hand, in nano-USD per 1,000,000 tokens; it holds until it is taken back with `null`. */
  'prices.override': route({
    input: z.strictObject({
      price: z
        .strictObject({
          inputNanoUsdPerMTok: rate,
          outputNanoUsdPerMTok: rate,
          cachedNanoUsdPerMTok: rate.nullable(),
        })
        .nullable(),
    }),
    output: returns<PriceState>(),
  }),
}
