import { createHash, randomUUID } from 'node:crypto'
import type { AttemptId, ConversationId, MessageId, TurnId } from '../../contract/ids.ts'
import type { Credits, NanoUsd } from '../../contract/money.ts'
import type { Usage } from '../../contract/price.ts'
import type { Day } from '../core/budget.ts'
import { sql, type Database } from './database.ts'
import { storeManifest } from './manifest.ts'
import { noteConsequences } from './notices.ts'
import { moveSums } from './sums.ts'

export type AttemptPurpose = 'reply' | 'retry' | 'continue' | 'key-test' | 'diagnose'

/** One physical request, written before its socket opens and never changed. */
export interface NewAttempt {
  id: AttemptId
  connectionId: string
  purpose: AttemptPurpose
  turnId: TurnId
  number: number
  conversationId: ConversationId
  messageId: MessageId
  priceId: string | null
  /** Which revisions and attachment modes are sent, with which `parameters`; these are stored apart from the attempt. */
  manifest: unknown
  startedAt: number
}

/** What a new attempt is booked under beside what its maker knows: its calendar day, decided in the transaction. */
export interface BookedAttempt extends NewAttempt {
  day: Day
}

export type EntryKind = 'reserve' | 'settle' | 'release' | 'correct'
export type EntrySource = 'upper-bound' | 'billed' | 'header' | 'computed' | 'unknown' | 'not-charged' | 'written-off'

/** One line of the books. */
export interface NewEntry {
  attemptId: AttemptId
  kind: EntryKind
  source: EntrySource
  nanoUsd: NanoUsd | null
  credits: Credits | null
  usage: Usage
  inferenceId: string | null
  requestId: string | null
  outcome: string
  firstByteMs: number | null
  firstTokenMs: number | null
  totalMs: number | null
  at: number
}

/** Where an attempt stands, read from its entries. */
export interface AttemptCost {
  attempt_id: AttemptId
  conversation_id: ConversationId
  message_id: MessageId
  turn_id: TurnId
  started_at: number
  day: Day
  reserved_nano_usd: NanoUsd | null
  kind: EntryKind | null
  source: EntrySource | null
  nano_usd: NanoUsd | null
  credits: Credits | null
  prompt_tokens: number | null
  completion_tokens: number | null
  reasoning_tokens: number | null
  cached_tokens: number | null
  inference_id: string | null
  first_token_ms: number | null
  total_ms: number | null
}

export const noUsage: Usage = { promptTokens: null, completionTokens: null, reasoningTokens: null, cachedTokens: null }

/** Where one attempt stands; `undefined` when it is not in the books (unknown id, or a demo). */
export function attemptCost(db: Database, input: { attemptId: AttemptId }): AttemptCost | undefined {
  return sql<[string], AttemptCost>(db, 'SELECT * FROM attempt_cost WHERE attempt_id = ?').get(input.attemptId)
}

/** Writes the row of an attempt. Its reservation is a ledger entry, appended in the same transaction by the caller. */
export function insertAttempt(db: Database, attempt: BookedAttempt): void {
  sql(
    db,
    `INSERT INTO attempt (id, connection_id, purpose, turn_id, number, conversation_id, message_id, price_id, manifest, started_at, day)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    attempt.id,
    attempt.connectionId,
    attempt.purpose,
    attempt.turnId,
    attempt.number,
    attempt.conversationId,
    attempt.messageId,
    attempt.priceId,
    storeManifest(db, attempt),
    attempt.startedAt,
    attempt.day,
  )
}

/**
 * Appends one entry to the books, chained to the one before it, moves the running sums, and notes what it does to
 * budgets. Must run in a transaction.
 * Throws on a second reserve, settle or release of one attempt, and on any entry for a demo attempt.
 */
export function appendEntry(db: Database, entry: NewEntry): void {
  const before = attemptCost(db, entry)
  const storeId = sql<[], { id: string }>(db, 'SELECT id FROM store').get()?.id ?? ''
  const last = sql<[string], { hash: string }>(
    db,
    'SELECT hash FROM ledger_entry WHERE store_id = ? ORDER BY seq DESC LIMIT 1',
  ).get(storeId)
  const previousHash = last?.hash ?? '0'.repeat(64)
  const row = {
    id: randomUUID(),
    store_id: storeId,
    attempt_id: entry.attemptId,
    kind: entry.kind,
    source: entry.source,
    nano_usd: entry.nanoUsd,
    credits: entry.credits,
    prompt_tokens: entry.usage.promptTokens,
    completion_tokens: entry.usage.completionTokens,
    reasoning_tokens: entry.usage.reasoningTokens,
    cached_tokens: entry.usage.cachedTokens,
    inference_id: entry.inferenceId,
    request_id: entry.requestId,
    outcome: entry.outcome,
    first_byte_ms: entry.firstByteMs,
    first_token_ms: entry.firstTokenMs,
    total_ms: entry.totalMs,
    at: entry.at,
    previous_hash: previousHash,
  }
  sql(
    db,
    `INSERT INTO ledger_entry (${Object.keys(row).join(', ')}, hash)
     VALUES (${Object.keys(row)
       .map((name) => `@${name}`)
       .join(', ')}, @hash)`,
  ).run({ ...row, hash: entryHash(row) })
  const after = attemptCost(db, entry)
  moveSums(db, before, after)
  if (after && entry.kind !== 'reserve') noteConsequences(db, after, entry.at)
}

/** The hash of an entry over all its columns and the hash before it: SHA-256 of their JSON array, in hexadecimal. */
export function entryHash(row: Record<string, string | number | null>): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.values(row)))
    .digest('hex')
}
