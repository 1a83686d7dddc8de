import { z } from 'zod'
import { budgetScopes, type BudgetScope } from '../budget.ts'
import { conversationId, type AttemptId, type ConversationId, type MessageId } from '../ids.ts'
import type { NanoUsd } from '../money.ts'
import { returns, route } from '../route.ts'

/** One limit. Changing it ends this row and begins another. */
export interface Budget {
  id: string
  scope: BudgetScope
  /** Only for `conversation`; `null` there: for each conversation without a budget of its own. */
  conversationId: ConversationId | null
  limitNanoUsd: NanoUsd
  createdAt: number
  endedAt: number | null
}

/** A budget with what its window has used: settled, and held for what is running or unknown. */
export interface BudgetState {
  budgetId: string
  scope: BudgetScope
  /** A day, a month or a conversation id; empty for `message`, which counts each turn. */
  window: string
  limitNanoUsd: NanoUsd
  usedNanoUsd: NanoUsd
  /** Never below zero. */
  leftNanoUsd: NanoUsd
}

/** A limit that was passed, an override, or a bill above what was held. */
export interface SpendNotice {
  seq: number
  kind: 'threshold' | 'override' | 'overrun'
  attemptId: AttemptId
  conversationId: ConversationId
  messageId: MessageId
  budgetId: string | null
  scope: BudgetScope | null
  limitNanoUsd: NanoUsd | null
  window: string | null
  percent: number | null
  /** threshold: used. override: by how much it did not fit. overrun: by how much the bill passed what was held. */
  nanoUsd: NanoUsd
  at: number
}

export interface BudgetStatus {
  /** Those that the next message would be held against, the tightest first. */
  budgets: BudgetState[]
  /** What the next message may cost at most; `null`: no budget applies. */
  leftNanoUsd: NanoUsd | null
  /** Calendar day and month of the books, such as `2026-03-29` and `2026-03`. */
  day: string
  month: string
  zone: string
  /** A zone that starts on the next day. */
  nextZone: string | null
  /** The clock is behind the newest day in the books, which goes on until the clock has passed it. */
  isClockBehind: boolean
}

export const budgetRoutes = {
  'budgets.list': route({ input: z.strictObject({ withEnded: z.boolean() }), output: returns<Budget[]>() }),
  /** Sets, changes or (with `null`) ends a budget. Gives those in force. */
  'budgets.set': route({
    input: z.strictObject({
      scope: z.enum(budgetScopes),
      conversationId: conversationId.nullable(),
      limitNanoUsd: z.int().min(0).max(1_000_000_000_000_000).nullable(),
    }),
    output: returns<Budget[]>(),
  }),
  'budgets.status': route({
    input: z.strictObject({ conversationId: conversationId.nullable() }),
    output: returns<BudgetStatus>(),
  }),
  /** The zone of days and months; another one starts on the next day. */
  'budgets.setZone': route({
    input: z.strictObject({ zone: z.string().min(1).max(64) }),
    output: returns<BudgetStatus>(),
  }),
  /** Limits passed, overrides and overruns, oldest first, at most 200 after `afterSeq`. */
  'budgets.notices': route({
    input: z.strictObject({ afterSeq: z.int().min(0) }),
    output: returns<SpendNotice[]>(),
  }),
}
