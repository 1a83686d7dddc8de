// Part of an imitation of the provider, for tests. Shares no code with the application.

/** Credits in one US dollar, as the provider documents it. */
export const creditsPerUsd = 2_000_000

/** A price in whole credits per million tokens. */
export interface Price {
  input: number
  output: number
  cached: number
}

/** The catalogue's price of September 2026: $1.361646 in and $2.049346 out per million tokens. */
export const cataloguePrice: Price = { input: 2_723_292, output: 4_098_692, cached: 680_823 }

/** Credits for one request: the exact sum of both sides, rounded up once per request to a whole credit. */
export function chargeCredits(price: Price, inputTokens: number, outputTokens: number): number {
  const millionths = BigInt(price.input) * BigInt(inputTokens) + BigInt(price.output) * BigInt(outputTokens)
  return Number((millionths + 999_999n) / 1_000_000n)
}

/** Dollars as a JSON number: one division, so the nearest double. */
export function usdOf(credits: number): number {
  return credits / creditsPerUsd
}

/** Dollars with nine decimals by integer arithmetic, the form of the `x-aimlapi-usd-spent` header. */
export function usdText(credits: number): string {
  const nano = BigInt(credits) * 500n
  return `${nano / 1_000_000_000n}.${(nano % 1_000_000_000n).toString().padStart(9, '0')}`
}
