import { randomUUID } from 'node:crypto'
import type { AttemptId } from '../../contract/ids.ts'
import type { BudgetRefusal } from '../../contract/budget.ts'
import type { SpendNotice } from '../../contract/routes/budgets.ts'
import { reachedThresholds, type BudgetUse } from '../core/budget.ts'
import { budgetUses } from './budgets.ts'
import { sql, type Database } from './database.ts'
import type { AttemptCost } from './ledger.ts'

/** Notes what the newest entry of an attempt did: limits it passed, and a bill above what was held. Runs in its transaction. */
export function noteConsequences(db: Database, cost: AttemptCost, at: number): void {
  const { attempt_id, nano_usd, reserved_nano_usd } = cost
  if (nano_usd !== null && reserved_nano_usd !== null && nano_usd > reserved_nano_usd)
    add(db, { kind: 'overrun', attempt_id, nano_usd: nano_usd - reserved_nano_usd, at })
  const place = { conversationId: cost.conversation_id, turnId: cost.turn_id, day: cost.day }
  for (const { budgetId, window, limitNanoUsd, usedNanoUsd } of budgetUses(db, place)) {
    for (const percent of reachedThresholds(limitNanoUsd, usedNanoUsd)) {
      add(db, { kind: 'threshold', attempt_id, budget_id: budgetId, window, percent, nano_usd: usedNanoUsd, at })
    }
  }
}

/** Notes that a person let this attempt go beyond its budgets, once. Runs in the transaction of the reservation. */
export function noteOverride(
  db: Database,
  input: { attemptId: AttemptId; refusals: BudgetRefusal[]; uses: BudgetUse[]; at: number },
): void {
  for (const { budgetId, overNanoUsd } of input.refusals) {
    const window = input.uses.find((use) => use.budgetId === budgetId)?.window ?? null
    const { attemptId: attempt_id, at } = input
    add(db, { kind: 'override', attempt_id, budget_id: budgetId, window, nano_usd: overNanoUsd, at })
  }
}

/** Notices after a place in their order, oldest first, at most `limit`. */
export function listNotices(db: Database, input: { afterSeq: number; limit: number }): SpendNotice[] {
  return sql<[number, number], SpendNotice>(
    db,
    `SELECT n.seq, n.kind, n.attempt_id AS attemptId, a.conversation_id AS conversationId, a.message_id AS messageId,
            n.budget_id AS budgetId, b.scope, b.limit_nano_usd AS limitNanoUsd, n.window, n.percent, n.nano_usd AS nanoUsd, n.at
     FROM spend_notice n JOIN attempt a ON a.id = n.attempt_id LEFT JOIN budget b ON b.id = n.budget_id
     WHERE n.seq > ? ORDER BY n.seq LIMIT ?`,
  ).all(input.afterSeq, input.limit)
}

/** Where the newest notice is; 0 when there is none. */
export function lastNotice(db: Database): number {
  return sql<[], { seq: number | null }>(db, 'SELECT max(seq) AS seq FROM spend_notice').get()?.seq ?? 0
}

interface Row {
  kind: SpendNotice['kind']
  attempt_id: AttemptId
  budget_id?: string
  window?: string | null
  percent?: number
  nano_usd: number
  at: number
}

function add(db: Database, row: Row): void {
  sql(
    db,
    `INSERT INTO spend_notice (id, kind, attempt_id, budget_id, window, percent, nano_usd, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ).run(
    randomUUID(),
    row.kind,
    row.attempt_id,
    row.budget_id ?? null,
    row.window ?? null,
    row.percent ?? null,
    row.nano_usd,
    row.at,
  )
}
