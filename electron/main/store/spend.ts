import type { AttemptId, ConversationId } from '../../contract/ids.ts'
import type { Cost } from '../../contract/money.ts'
import type { Day } from '../core/budget.ts'
import { sql, transact, type Database } from './database.ts'
import { appendEntry, attemptCost, entryHash, type NewEntry } from './ledger.ts'
import { wrongSums } from './sums.ts'

/** What a conversation has cost, from the running sums. Zero for one that never asked anything; its deletion changes nothing. */
export function conversationCost(db: Database, input: { conversationId: ConversationId }): Cost {
  return (
    sql<[string], Cost>(
      db,
      `SELECT nano_usd AS nanoUsd, computed_nano_usd AS computedNanoUsd, unknown_count AS unknownCount,
              reserved_nano_usd AS reservedNanoUsd
       FROM conversation_spend WHERE conversation_id = ?`,
    ).get(input.conversationId) ?? { nanoUsd: 0, computedNanoUsd: 0, unknownCount: 0, reservedNanoUsd: 0 }
  )
}

/** What all attempts reserved on the days from `from` to `to`, both included, have cost: from the running sums. */
export function periodCost(db: Database, input: { from: Day; to: Day }): Cost {
  return (
    sql<[string, string], Cost>(
      db,
      `SELECT coalesce(sum(nano_usd), 0) AS nanoUsd, coalesce(sum(computed_nano_usd), 0) AS computedNanoUsd,
              coalesce(sum(unknown_count), 0) AS unknownCount, coalesce(sum(reserved_nano_usd), 0) AS reservedNanoUsd
       FROM day_spend WHERE day BETWEEN ? AND ?`,
    ).get(input.from, input.to) ?? { nanoUsd: 0, computedNanoUsd: 0, unknownCount: 0, reservedNanoUsd: 0 }
  )
}

/** An attempt whose cost nobody has told yet. */
export interface OpenAttempt {
  attemptId: AttemptId
  conversationId: ConversationId
  origin: string
  startedAt: number
}

/** Attempts that ended with an unknown cost, oldest first. */
export function unknownAttempts(db: Database, input: { limit: number }): OpenAttempt[] {
  return sql<[number], OpenAttempt>(
    db,
    `SELECT v.attempt_id AS attemptId, v.conversation_id AS conversationId, c.origin AS origin, v.started_at AS startedAt
     FROM conversation_spend s
     JOIN attempt a ON a.conversation_id = s.conversation_id
     JOIN attempt_cost v ON v.attempt_id = a.id
     JOIN connection c ON c.id = a.connection_id
     WHERE s.unknown_count > 0 AND v.source = 'unknown'
     ORDER BY v.started_at LIMIT ?`,
  ).all(input.limit)
}

/**
 * Writes what the provider's log says about an attempt with an unknown cost. Gives false, and writes nothing, when the
 * attempt is no longer unknown: settling twice is impossible.
 */
export function correctAttempt(db: Database, input: NewEntry): boolean {
  return transact(db, () => {
    if (attemptCost(db, input)?.source !== 'unknown') return false
    appendEntry(db, { ...input, kind: 'correct' })
    return true
  })
}

/** What `verifySpend` found: empty lists mean that every sum is the sum of its rows and the chain is unbroken. */
export interface SpendAudit {
  entryCount: number
  brokenEntries: string[]
  wrongConversations: string[]
  wrongDays: string[]
}

/** Recomputes every hash and every running sum from the rows. Detects accidents; it is not a signature. */
export function verifySpend(db: Database): SpendAudit {
  const audit: SpendAudit = { entryCount: 0, brokenEntries: [], wrongConversations: [], wrongDays: [] }
  const heads = new Map<string, string>()
  const rows = sql<
    [],
    Record<string, string | number | null> & { seq: number; id: string; store_id: string; hash: string }
  >(db, 'SELECT * FROM ledger_entry ORDER BY seq')
  for (const { seq: _seq, hash, ...row } of rows.iterate()) {
    audit.entryCount += 1
    const storeId = String(row['store_id'])
    const isLinked = row['previous_hash'] === (heads.get(storeId) ?? '0'.repeat(64))
    if (!isLinked || entryHash(row) !== hash) audit.brokenEntries.push(String(row['id']))
    heads.set(storeId, hash)
  }
  for (const { table, key } of wrongSums(db)) {
    if (table === 'conversation_spend') audit.wrongConversations.push(key)
    else audit.wrongDays.push(key)
  }
  return audit
}
