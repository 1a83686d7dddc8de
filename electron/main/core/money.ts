import type { Credits, NanoUsd } from '../../contract/money.ts'
import type { Price, Usage } from '../../contract/price.ts'

/** One credit in nano-USD: 2,000,000 credits are one dollar. */
const nanoUsdPerCredit = 500

const tokensPerPriceUnit = 1_000_000n

/** Whole credits as nano-USD. Throws a `RangeError` for anything but a whole, non-negative number of credits. */
export function creditsToNanoUsd(credits: Credits): NanoUsd {
  if (!isCredits(credits)) throw new RangeError(`not a number of credits: ${credits}`)
  return credits * nanoUsdPerCredit
}

/** Whether a reported number can be a bill: whole, not negative, and exact as nano-USD. */
export function isCredits(value: unknown): value is Credits {
  return (
    Number.isSafeInteger(value) && (value as number) >= 0 && Number.isSafeInteger((value as number) * nanoUsdPerCredit)
  )
}

/**
 * The one rounding of Parley: what tokens cost at a price, rounded **up** to a whole credit, once per attempt.
 * Nano-USD. `null` when a count the price needs is missing: unknown is never zero.
 */
export function computeCost(usage: Usage, price: Price): NanoUsd | null {
  const { promptTokens, completionTokens } = usage
  if (promptTokens === null || completionTokens === null) return null
  const cached = price.cachedNanoUsdPerMTok === null ? 0 : Math.min(usage.cachedTokens ?? 0, promptTokens)
  const parts = [
    BigInt(promptTokens - cached) * BigInt(price.inputNanoUsdPerMTok),
    BigInt(cached) * BigInt(price.cachedNanoUsdPerMTok ?? 0),
    BigInt(completionTokens) * BigInt(price.outputNanoUsdPerMTok),
  ]
  const total = parts.reduce((sum, part) => sum + part, 0n)
  const credit = BigInt(nanoUsdPerCredit) * tokensPerPriceUnit
  const credits = (total + credit - 1n) / credit
  return Number(credits) * nanoUsdPerCredit
}
