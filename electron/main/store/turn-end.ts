import { deflateSync } from 'node:zlib'
import type { Failure } from '../../contract/errors.ts'
import type { AttemptId, MessageId } from '../../contract/ids.ts'
import type { MessageStatus } from '../../contract/routes/conversations.ts'
import { sql, transact, type Database } from './database.ts'
import { appendEntry, attemptCost, noUsage, type NewEntry } from './ledger.ts'
import { receivedText } from './messages.ts'
import { insertRevision } from './revisions.ts'

/** How a reply ended, for the person; `null` when it had ended before and only its cost arrives. */
export interface EndedReply {
  messageId: MessageId
  status: Extract<MessageStatus, 'complete' | 'stopped' | 'failed' | 'interrupted'>
  finishReason: string | null
  failure: Failure | null
  refusal: string | null
  annotations: unknown[]
}

/**
 * Ends a reply, an attempt, or both, in one transaction: folds what was received into the message, its events into one
 * compressed row, and appends the settling entry. Ending twice changes nothing.
 */
export function endTurn(
  db: Database,
  input: { reply: EndedReply | null; attemptId: AttemptId | null; entry: NewEntry | null; at: number },
): void {
  transact(db, () => {
    if (input.reply) foldReply(db, input.reply, input.at)
    if (input.attemptId) foldEvents(db, input.attemptId, input.at)
    if (input.entry && attemptCost(db, input.entry)?.kind === null) appendEntry(db, input.entry)
  })
}

/** Ends a turn whose own end could not be written: its reply becomes `interrupted`, its open attempts unknown. */
export function endBrokenTurn(db: Database, input: { messageId: MessageId; failure: Failure; at: number }): void {
  transact(db, () => {
    const attempts = sql<[string], { id: AttemptId }>(
      db,
      'SELECT attempt_id AS id FROM attempt_cost WHERE message_id = ? AND kind IS NULL',
    ).all(input.messageId)
    for (const { id } of attempts) settleUnknown(db, id, input.at)
    interrupt(
      db,
      input.messageId,
      { ...input.failure, money: attempts.length > 0 ? 'unknown' : input.failure.money },
      input.at,
    )
  })
}

/**
 * What a crash left behind: replies that never ended become `interrupted` with all the text that was received, and
 * attempts that were never settled become unknown, to be looked up. Gives how many of each.
 */
export function recoverTurns(
  db: Database,
  input: { failure: Failure; at: number },
): { interrupted: number; unsettled: number } {
  return transact(db, () => {
    const replies = sql<[], { id: MessageId }>(
      db,
      `SELECT id FROM message WHERE status IN ('queued', 'sending', 'streaming')`,
    ).all()
    for (const { id } of replies) {
      const failure = sql<[string]>(db, 'SELECT 1 FROM attempt_cost WHERE message_id = ?').get(id)
        ? input.failure
        : { ...input.failure, money: 'not-charged' as const }
      interrupt(db, id, failure, input.at)
    }
    const attempts = sql<[], { id: AttemptId }>(
      db,
      'SELECT attempt_id AS id FROM attempt_cost WHERE kind IS NULL ORDER BY seq',
    ).all()
    for (const { id } of attempts) settleUnknown(db, id, input.at)
    const leftovers = sql<[], { id: AttemptId }>(
      db,
      `SELECT DISTINCT attempt_id AS id FROM attempt_event WHERE encoding = 'json'`,
    ).all()
    for (const { id } of leftovers) foldEvents(db, id, input.at)
    return { interrupted: replies.length, unsettled: attempts.length }
  })
}

/** How long the raw events of an ended reply are kept. Milliseconds. */
const eventsKeptMs = 365 * 24 * 60 * 60 * 1000

/** Lets go of raw events that are older than a year; what was said and what it cost stays. Gives how many rows went. */
export function expireEvents(db: Database, input: { at: number }): number {
  return sql(db, `DELETE FROM attempt_event WHERE at < ? AND encoding = 'json-deflate'`).run(input.at - eventsKeptMs)
    .changes
}

function interrupt(db: Database, messageId: MessageId, failure: Failure, at: number): void {
  foldReply(db, { messageId, status: 'interrupted', finishReason: null, failure, refusal: null, annotations: [] }, at)
}

function settleUnknown(db: Database, attemptId: AttemptId, at: number): void {
  foldEvents(db, attemptId, at)
  appendEntry(db, {
    attemptId,
    kind: 'settle',
    source: 'unknown',
    nanoUsd: null,
    credits: null,
    usage: noUsage,
    inferenceId: null,
    requestId: null,
    outcome: 'interrupted',
    firstByteMs: null,
    firstTokenMs: null,
    totalMs: null,
    at,
  })
}

function foldReply(db: Database, reply: EndedReply, at: number): void {
  const ended = sql(
    db,
    `UPDATE message SET status = ?, finish_reason = ?, failure = ?, ended_at = ?
     WHERE id = ? AND status IN ('queued', 'sending', 'streaming')`,
  ).run(reply.status, reply.finishReason, reply.failure && JSON.stringify(reply.failure), at, reply.messageId)
  if (ended.changes === 0) return
  const reasoning = receivedText(db, reply.messageId, 'reasoning')
  insertRevision(db, reply.messageId, 'model', at, [
    ...(reasoning === '' ? [] : [{ kind: 'reasoning' as const, text: reasoning }]),
    { kind: 'text', text: receivedText(db, reply.messageId, 'content') },
    ...(reply.refusal === null ? [] : [{ kind: 'refusal' as const, text: reply.refusal }]),
    ...(reply.annotations.length === 0
      ? []
      : [{ kind: 'annotations' as const, text: JSON.stringify(reply.annotations) }]),
  ])
  sql(db, 'DELETE FROM message_delta WHERE message_id = ?').run(reply.messageId)
}

function foldEvents(db: Database, attemptId: AttemptId, at: number): void {
  const rows = sql<[string], { data: Buffer }>(
    db,
    `SELECT data FROM attempt_event WHERE attempt_id = ? AND encoding = 'json' ORDER BY number`,
  ).all(attemptId)
  if (rows.length === 0) return
  const events = rows.flatMap(({ data }) => JSON.parse(data.toString()) as string[])
  sql(db, `DELETE FROM attempt_event WHERE attempt_id = ? AND encoding = 'json'`).run(attemptId)
  sql(db, `INSERT INTO attempt_event (attempt_id, number, encoding, data, at) VALUES (?, 0, 'json-deflate', ?, ?)`).run(
    attemptId,
    deflateSync(JSON.stringify(events)),
    at,
  )
}
