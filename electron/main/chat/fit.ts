import { fail } from '../../contract/errors.ts'
import type { ConversationId, MessageId, TurnId } from '../../contract/ids.ts'
import { decideFit, fittingMaxTokens } from '../core/budget.ts'
import { outputBound, upperBound } from '../core/upper-bound.ts'
import type { TurnGround } from '../store/conversations.ts'
import type { Store } from '../store/host.ts'
import type { SentMessage } from '../store/messages.ts'
import type { KeptPrice } from '../store/prices.ts'
import { buildPrompt } from './prompt.ts'

interface Wanted {
  turnId: TurnId
  conversationId: ConversationId
  parentId: MessageId | null
  /** The person's new message; `null` for another reply to one that is stored. */
  text: string | null
  ground: TurnGround
  price: KeptPrice | null
  mayExceedBudget: boolean
  at: number
}

/**
 * Refuses a turn that does not fit before anything of it is stored, so that its text stays where it was typed; the
 * reservation decides again in its own transaction. Gives what the request must say while a budget applies: a limit of the
 * reply, always. Fails with `budget.exceeded` or `budget.unpriced`.
 */
export async function demandFit(read: Store['read'], wanted: Wanted): Promise<{ max_tokens?: number }> {
  const { turnId, conversationId, parentId, text, ground, price, mayExceedBudget, at } = wanted
  if (ground.isDemo) return {}
  const { isKnownTurn, uses } = await read.budgetsBefore({ turnId, conversationId, at })
  if (isKnownTurn || uses.length === 0) return {}
  if (price === null && !mayExceedBudget) throw fail('budget.unpriced', { text: 'kept', money: 'not-charged' })
  const defaults = price === null ? {} : { max_tokens: outputBound(null, price) }
  if (mayExceedBudget || price === null) return defaults
  const history = parentId === null ? [] : await read.readPrompt({ leafId: parentId })
  const own: SentMessage[] =
    text === null ? [] : [{ messageId: '' as MessageId, revisionId: '', role: 'user', text, isOff: false }]
  const { size } = buildPrompt([...history, ...own], ground.parameters, defaults)
  const fit = decideFit(uses, upperBound(size, price))
  if (fit.kind !== 'exceeded') return defaults
  const left = Math.min(...fit.refusals.map(({ limitNanoUsd, usedNanoUsd }) => limitNanoUsd - usedNanoUsd))
  const fitting = fittingMaxTokens(size, price, left)
  const budgets = fit.refusals.map((refusal) => ({ ...refusal, fittingMaxTokens: fitting }))
  throw fail('budget.exceeded', { text: 'kept', money: 'not-charged', budgets })
}
