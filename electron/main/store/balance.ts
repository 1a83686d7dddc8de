import { randomUUID } from 'node:crypto'
import { fail } from '../../contract/errors.ts'
import type { AttemptId } from '../../contract/ids.ts'
import type { NanoUsd } from '../../contract/money.ts'
import { sql, transact, type Database } from './database.ts'
import { appendEntry, attemptCost, noUsage } from './ledger.ts'

/** How long after its start an attempt must have been looked for in vain before it can be written off. Milliseconds. */
const traceMs = 72 * 60 * 60 * 1000

/** What the account held while nothing was open, beside the sum of the books of its connection. */
export interface BalanceReading {
  balanceNanoUsd: NanoUsd
  ledgerNanoUsd: NanoUsd
  at: number
}

/** Settled so far on a connection, and how many of its attempts are still held or unknown. */
export function connectionBooks(
  db: Database,
  input: { connectionId: string },
): { ledgerNanoUsd: NanoUsd; openCount: number } {
  return (
    sql<[string], { ledgerNanoUsd: NanoUsd; openCount: number }>(
      db,
      `SELECT coalesce(sum(v.nano_usd), 0) AS ledgerNanoUsd,
              coalesce(sum(v.kind IS NULL OR v.source = 'unknown'), 0) AS openCount
       FROM attempt a JOIN attempt_cost v ON v.attempt_id = a.id WHERE a.connection_id = ?`,
    ).get(input.connectionId) ?? { ledgerNanoUsd: 0, openCount: 0 }
  )
}

/** The first reading of a connection within a time, and the newest; `undefined` where there is none. */
export function balanceReadings(
  db: Database,
  input: { connectionId: string; since: number },
): { first: BalanceReading | undefined; last: BalanceReading | undefined } {
  const one = (order: 'ASC' | 'DESC') =>
    sql<[string, number], BalanceReading>(
      db,
      `SELECT balance_nano_usd AS balanceNanoUsd, ledger_nano_usd AS ledgerNanoUsd, at FROM balance_reading
       WHERE connection_id = ? AND at >= ? ORDER BY seq ${order} LIMIT 1`,
    ).get(input.connectionId, input.since)
  return { first: one('ASC'), last: one('DESC') }
}

/** Keeps a reading, if nothing has been opened or settled since the books were read for it. Says whether it was kept. */
export function keepBalance(db: Database, input: BalanceReading & { connectionId: string }): boolean {
  return transact(db, () => {
    const books = connectionBooks(db, input)
    if (books.openCount > 0 || books.ledgerNanoUsd !== input.ledgerNanoUsd) return false
    sql(
      db,
      `INSERT INTO balance_reading (id, connection_id, balance_nano_usd, ledger_nano_usd, at) VALUES (?, ?, ?, ?, ?)`,
    ).run(randomUUID(), input.connectionId, input.balanceNanoUsd, input.ledgerNanoUsd, input.at)
    return true
  })
}

/** Which of these request ids are attempts in the books. */
export function knownAttempts(db: Database, input: { ids: string[] }): string[] {
  return sql<[string], { id: string }>(db, 'SELECT id FROM attempt WHERE id IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify(input.ids))
    .map(({ id }) => id)
}

/** Notes that the provider's log was read as far back as these attempts and had no trace of them. */
export function noteLookup(db: Database, input: { attemptIds: AttemptId[]; at: number }): void {
  transact(db, () => {
    for (const id of input.attemptIds) {
      sql(
        db,
        `INSERT INTO attempt_lookup (attempt_id, first_at, last_at, count) VALUES (?, ?, ?, 1)
         ON CONFLICT (attempt_id) DO UPDATE SET last_at = max(last_at, excluded.last_at), count = count + 1`,
      ).run(id, input.at, input.at)
    }
  })
}

/** An unknown attempt of which the log had no trace 72 hours after it began: the person may write it off. */
export interface Untraced {
  attemptId: AttemptId
  startedAt: number
  lastLookAt: number
  reservedNanoUsd: NanoUsd | null
}

/** What may be written off, oldest first. */
export function untracedAttempts(db: Database): Untraced[] {
  return sql<[number], Untraced>(
    db,
    `SELECT v.attempt_id AS attemptId, v.started_at AS startedAt, l.last_at AS lastLookAt,
            v.reserved_nano_usd AS reservedNanoUsd
     FROM attempt_lookup l JOIN attempt_cost v ON v.attempt_id = l.attempt_id
     WHERE v.source = 'unknown' AND l.last_at - v.started_at >= ? ORDER BY v.started_at`,
  ).all(traceMs)
}

/** Books an untraced attempt as costing nothing, by the person's decision. Fails with `turn.not-possible` for any other. */
export function writeOff(db: Database, input: { attemptId: AttemptId; at: number }): void {
  transact(db, () => {
    const cost = attemptCost(db, input)
    if (cost?.source !== 'unknown' || !untracedAttempts(db).some(({ attemptId }) => attemptId === input.attemptId)) {
      throw fail('turn.not-possible')
    }
    appendEntry(db, {
      attemptId: input.attemptId,
      kind: 'correct',
      source: 'written-off',
      nanoUsd: 0,
      credits: null,
      usage: noUsage,
      inferenceId: null,
      requestId: null,
      outcome: 'written off by the person',
      firstByteMs: null,
      firstTokenMs: null,
      totalMs: null,
      at: input.at,
    })
  })
}
