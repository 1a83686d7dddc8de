import type { ContextMessage } from '../../contract/routes/context.ts'
import type { Estimator } from '../core/estimate.ts'
import type { SentTally } from '../store/context.ts'
import { attachmentPrices, tokensOf } from './attachment-tokens.ts'
import type { History } from './history.ts'

const neverSent = { sentCount: 0, unpricedCount: 0, rateSum: 0 }

/** Every message of a history with what it takes, what it adds to each further turn, and what it has cost so far. */
export function contextMessages(
  { messages }: History,
  given: { estimator: Estimator; tallies: readonly SentTally[]; inputNanoUsdPerMTok: number | null },
): ContextMessage[] {
  const { estimator, inputNanoUsdPerMTok: input } = given
  const tallies = new Map(given.tallies.map((tally) => [tally.messageId, tally]))
  return messages.map(({ weight, messageId, role, beginning, isOff }) => {
    const tokens = Math.round(tokensOf(estimator, weight))
    const { sentCount, unpricedCount, rateSum } = tallies.get(messageId) ?? neverSent
    return {
      messageId,
      role,
      beginning,
      isOff,
      tokens,
      marginalNanoUsd: input === null ? null : Math.round((tokens * input) / 1_000_000),
      soFarNanoUsd: unpricedCount === 0 ? Math.round((tokens * rateSum) / 1_000_000) : null,
      sentCount,
      attachments: attachmentPrices(estimator, weight, input),
    }
  })
}
