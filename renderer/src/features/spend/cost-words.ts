import type { Cost } from '../../../../electron/contract/money.ts'
import { formatBound, formatExact } from '../../text/money.ts'
import { t } from '../../text/strings.ts'

/** All that is known about a sum, exact, in one line; `null` when nothing was spent or held. */
export function exactParts(cost: Cost): string | null {
  const words = t.spend
  const parts = [
    cost.nanoUsd > 0 ? words.settledAmount(formatExact(cost.nanoUsd)) : null,
    cost.computedNanoUsd > 0 ? words.computedAmount(formatExact(cost.computedNanoUsd)) : null,
    cost.unknownCount > 0 ? words.unknownAmount(cost.unknownCount) : null,
    cost.reservedNanoUsd > 0 ? words.heldAmount(formatBound(cost.reservedNanoUsd)) : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(', ')
}

/** Whether nothing is settled but something is open: the sum is then not known, and is never shown as zero. */
export const isUnknown = (cost: Cost): boolean =>
  cost.nanoUsd === 0 && (cost.unknownCount > 0 || cost.reservedNanoUsd > 0)

export const noCost: Cost = { nanoUsd: 0, computedNanoUsd: 0, unknownCount: 0, reservedNanoUsd: 0 }
