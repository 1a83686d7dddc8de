/**
 * Money as whole nano-USD (1 USD = 1,000,000,000). Safe as a JavaScript integer up to about 9 million USD.
 * Source: the provider bills whole credits, 2,000,000 to the dollar, so one credit is 500 nano-USD.
 */
export type NanoUsd = number

/** A whole number of the provider's credits. */
export type Credits = number

/** Where the cost of an attempt comes from, in falling order of trust. `unknown` is never zero. */
export type CostSource = 'billed' | 'header' | 'computed' | 'unknown'

/** The cost of one thing as far as it is known. */
export interface Cost {
  /** Settled so far; computed amounts are included and counted below. */
  nanoUsd: NanoUsd
  /** How much of it was computed from a price instead of billed by the provider. */
  computedNanoUsd: NanoUsd
  /** Attempts whose price is not known yet (cut, or the provider said nothing). */
  unknownCount: number
  /** What is still held for running and unknown attempts: the most they can turn out to cost. */
  reservedNanoUsd: NanoUsd
}
