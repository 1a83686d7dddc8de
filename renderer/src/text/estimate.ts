import type { Estimate } from '../../../electron/contract/routes/context.ts'
import { formatCount, formatUsd } from './money.ts'
import { locale, t } from './strings.ts'

const few = (nanoUsd: number) => formatUsd(nanoUsd, { digits: 2 })

/** A bound of an estimate: never less than it is. */
const bound = (nanoUsd: number) => formatUsd(nanoUsd, { digits: 2, round: 'up' })

/** A share as a percentage; what is small never reads as nothing. */
export function formatShare(share: number): string {
  const percent = share * 100
  if (percent < 0.1) return `< ${(0.1).toLocaleString(locale)} %`
  const digits = percent < 10 ? 1 : 0
  return `${percent.toLocaleString(locale, { maximumFractionDigits: digits })} %`
}

/** What sending would cost: from a few words back to a usual reply, such as "≈ $0.0021–0.0048"; said where it is not known. */
export function estimateRange({ lowNanoUsd, likelyNanoUsd }: Estimate): string {
  if (lowNanoUsd === null || likelyNanoUsd === null) return t.estimate.unpriced
  const [low, likely] = [few(lowNanoUsd), few(likelyNanoUsd)]
  return low === likely ? t.estimate.one(likely) : t.estimate.range(low, likely)
}

/** The most it can cost; `null` where no price is known. */
export const estimateMost = ({ highNanoUsd }: Estimate): string | null =>
  highNanoUsd === null ? null : bound(highNanoUsd)

/** About how much, and at most how much. */
export function estimateCost(estimate: Estimate): string {
  const most = estimateMost(estimate)
  const range = estimateRange(estimate)
  return most === null ? range : `${range}, ${t.estimate.atMost(most)}`
}

/** Tokens and cost in one line. */
export const estimateLine = (estimate: Estimate): string =>
  `${t.estimate.tokens(formatCount(estimate.promptTokens))} · ${estimateCost(estimate)}`
