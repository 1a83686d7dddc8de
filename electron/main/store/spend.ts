import type { AttemptId, ConversationId } from '../../contract/ids.ts'
import type { Cost } from '../../contract/money.ts'
import { sql, transact, type Database } from './database.ts'
import { appendEntry, attemptCost, entryHash, sumCosts, type AttemptCost, type NewEntry } from './ledger.ts'

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

/** What all attempts started within `[from, to)` have cost. */
export function periodCost(db: Database, input: { from: number; to: number }): Cost {
  return sumCosts(
    sql<[number, number], AttemptCost>(
      db,
      'SELECT * FROM attempt_cost WHERE started_at >= ? AND started_at < ?',
    ).iterate(input.from, input.to),
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
}

/** Recomputes every hash and every running sum from the rows. Detects accidents; it is not a signature. */
export function verifySpend(db: Database): SpendAudit {
  const audit: SpendAudit = { entryCount: 0, brokenEntries: [], wrongConversations: [] }
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
  const ids = sql<[], { id: ConversationId }>(db, 'SELECT DISTINCT conversation_id AS id FROM attempt').all()
  for (const { id } of ids) {
    const rowsOfOne = sql<[string], AttemptCost>(db, 'SELECT * FROM attempt_cost WHERE conversation_id = ?').all(id)
    const isSame = JSON.stringify(sumCosts(rowsOfOne)) === JSON.stringify(conversationCost(db, { conversationId: id }))
    if (!isSame) audit.wrongConversations.push(id)
  }
  return audit
}
