import type { ContextOverflow } from '../../contract/errors.ts'
import type { ConversationId } from '../../contract/ids.ts'
import type { Estimator } from '../core/estimate.ts'
import type { TurnGround } from '../store/conversations.ts'
import type { KeptPrice } from '../store/prices.ts'
import { attachmentPrices, tokensOf } from './attachment-tokens.ts'
import type { History } from './history.ts'

/** The turn whose prompt may be too long. */
export interface OverflowTurn {
  conversationId: ConversationId
  ground: TurnGround
  price: KeptPrice | null
}

/** An estimate may be wrong: only what is beyond the window even when it is this share too high is refused. */
const doubt = 0.1

/** How a prompt is certainly longer than the context window, and what could be sent less of; `null`: it may fit. */
export function overflowOf(
  { messages }: History,
  { estimator, promptTokens, contextTokens }: { estimator: Estimator; promptTokens: number; contextTokens: number },
): ContextOverflow | null {
  if (promptTokens * (1 - doubt) <= contextTokens) return null
  const last = messages.at(-1)
  return {
    promptTokens: Math.round(promptTokens),
    contextTokens,
    canLeaveOut: last !== undefined && messages.length > 1 && tokensOf(estimator, last.weight) <= contextTokens,
    attachments: messages
      .flatMap(({ weight }) => attachmentPrices(estimator, weight, null))
      .map(({ attachmentId, name, tokens }) => ({ attachmentId, name, tokens }))
      .toSorted((a, b) => b.tokens - a.tokens)
      .slice(0, 100),
  }
}
