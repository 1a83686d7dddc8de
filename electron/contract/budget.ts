import type { NanoUsd } from './money.ts'

/** What a budget limits. `message`: one turn with its retries. `conversation` without an id: each one that has none of its own. */
export const budgetScopes = ['message', 'conversation', 'day', 'month'] as const

export type BudgetScope = (typeof budgetScopes)[number]

/** A budget that a turn did not fit into, and by how much. Nano-USD. */
export interface BudgetRefusal {
  budgetId: string
  scope: BudgetScope
  limitNanoUsd: NanoUsd
  /** Settled and held before this turn. */
  usedNanoUsd: NanoUsd
  /** The most that this turn can cost. */
  neededNanoUsd: NanoUsd
  overNanoUsd: NanoUsd
  /** The largest `max_tokens` with which it would fit; `null`: none would, or not computed. */
  fittingMaxTokens: number | null
}
