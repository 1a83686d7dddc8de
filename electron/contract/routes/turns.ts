import { z } from 'zod'
import { attachmentId, conversationId, messageId, turnId, type ConversationId, type MessageId } from '../ids.ts'
import { limits } from '../limits.ts'
import type { NanoUsd } from '../money.ts'
import { returns, route } from '../route.ts'

export type TurnPhase = 'reserved' | 'sending' | 'waiting' | 'streaming' | 'settling' | 'retrying'

/** Where a running reply stands. Texts are complete up to this moment; offsets are their lengths in UTF-16 units. */
export interface TurnSnapshot {
  conversationId: ConversationId
  messageId: MessageId
  phase: TurnPhase
  text: string
  reasoning: string
  /** From the first to the last of its thoughts so far; `null`: there are none. */
  thinkingMs: number | null
  /** The physical attempt, from 1. */
  attempt: number
  /** While `retrying`: when the next attempt starts, in ms since 1970. */
  retryAt: number | null
  /** While nothing arrives: since when. */
  quietSince: number | null
  /** The most that letting it end can still cost; `null` when no price is known. */
  upToNanoUsd: NanoUsd | null
}

export interface StartedTurn {
  userMessageId: MessageId
  replyMessageId: MessageId
}

/** Lets this turn, and only this one, go beyond its budgets; that is recorded. */
const overBudget = z.literal(true).optional()

const reply = z.strictObject({ messageId })

export const turnRoutes = {
  /** Stores the message and starts the reply. The same `turnId` again is the same turn: one request, the same answer. */
  'turns.send': route({
    input: z
      .strictObject({
        turnId,
        conversationId,
        text: z.string().max(limits.messageChars),
        /** Attachments of the draft, in the order they are sent in; others stay in it. */
        attachmentIds: z.array(attachmentId).max(100).optional(),
        overBudget,
      })
      .refine(({ text, attachmentIds }) => text !== '' || (attachmentIds?.length ?? 0) > 0, { path: ['text'] }),
    output: returns<StartedTurn>(),
  }),
  /**
   * Save and resend: another version of a message of the person beside it, and a reply to that; a new purchase. The
   * version before and what followed it stay.
   */
  'turns.resend': route({
    input: z.strictObject({ turnId, messageId, text: z.string().max(limits.messageChars), overBudget }),
    output: returns<StartedTurn>(),
  }),
  /** Asks again for a reply that stopped, failed or was interrupted, or for another version: a new purchase. */
  'turns.retry': route({ input: z.strictObject({ turnId, messageId, overBudget }), output: returns<StartedTurn>() }),
  /** Asks the model to go on from the last words of a partial reply: a new purchase. */
  'turns.continue': route({ input: z.strictObject({ turnId, messageId, overBudget }), output: returns<StartedTurn>() }),
  /** Cuts the connection now. What was shown stays; the price is looked up later. */
  'turns.stop': route({ input: reply, output: returns<null>() }),
  /** Shows nothing more, but lets the reply end so that its price arrives with it. */
  'turns.settle': route({ input: reply, output: returns<null>() }),
  /** The running replies, whole: what a window asks for when it opens or has missed something. */
  'turns.running': route({ input: z.strictObject({}), output: returns<TurnSnapshot[]>() }),
}
