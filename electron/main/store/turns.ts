import { randomUUID } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { Failure } from '../../contract/errors.ts'
import type { AttemptId, ConversationId, MessageId, TurnId } from '../../contract/ids.ts'
import type { MessageStatus } from '../../contract/routes/conversations.ts'
import { cjkTerms } from '../core/cjk.ts'
import { titleFrom } from '../core/titles.ts'
import { nextActivity } from './conversations.ts'
import { sql, transact, type Database } from './database.ts'
import { appendEntry, attemptCost, insertAttempt, noUsage, type NewAttempt, type NewEntry } from './ledger.ts'
import { receivedText } from './messages.ts'

/** A turn as it begins. `text` is the person's message; `null` when only another reply to the same message is wanted. */
export interface NewTurn {
  turnId: TurnId
  conversationId: ConversationId
  /** The message that the new one follows; for a turn without text: the message that is replied to. */
  parentId: MessageId | null
  text: string | null
  isContinuation: boolean
  userMessageId: MessageId
  replyMessageId: MessageId
  at: number
}

/** What a turn has become: `isNew` is false when this `turnId` had begun before, and then nothing was written. */
export interface BegunTurn {
  isNew: boolean
  userMessageId: MessageId
  replyMessageId: MessageId
}

/** Commits the person's message and the reply's empty row, moves the branch there, and clears the draft. Once per `turnId`. */
export function beginTurn(db: Database, turn: NewTurn): BegunTurn {
  return transact(db, () => {
    const known = sql<[string], { id: MessageId; parentId: MessageId }>(
      db,
      `SELECT id, parent_id AS parentId FROM message WHERE turn_id = ? AND role = 'assistant'`,
    ).get(turn.turnId)
    if (known) return { isNew: false, userMessageId: known.parentId, replyMessageId: known.id }

    let userMessageId = turn.parentId
    if (turn.text !== null) {
      userMessageId = turn.userMessageId
      insertMessage(db, turn, { id: userMessageId, parentId: turn.parentId, role: 'user', status: 'complete' })
      insertRevision(db, userMessageId, 'person', turn.at, [{ kind: 'text', text: turn.text }])
    }
    if (userMessageId === null) throw new Error('a turn without a text needs a message to reply to')
    insertMessage(db, turn, { id: turn.replyMessageId, parentId: userMessageId, role: 'assistant', status: 'queued' })

    const added = turn.text === null ? 1 : 2
    sql(
      db,
      `UPDATE conversation SET leaf_id = ?, message_count = message_count + ?, activity = ?, updated_at = ?,
         title = CASE title_source WHEN 'empty' THEN ? ELSE title END,
         title_source = CASE title_source WHEN 'empty' THEN 'local' ELSE title_source END
       WHERE id = ?`,
    ).run(turn.replyMessageId, added, nextActivity(db), turn.at, titleFrom(turn.text ?? ''), turn.conversationId)
    if (turn.text !== null && !turn.isContinuation)
      sql(db, 'DELETE FROM draft WHERE conversation_id = ?').run(turn.conversationId)
    return { isNew: true, userMessageId, replyMessageId: turn.replyMessageId }
  })
}

/** Commits an attempt with what is held for it, before its socket opens. A demo attempt has no entry. */
export function reserveAttempt(
  db: Database,
  input: { attempt: NewAttempt; isDemo: boolean; reservedNanoUsd: number | null },
): void {
  transact(db, () => {
    insertAttempt(db, input.attempt)
    setStatus(db, input.attempt.messageId, 'sending')
    if (input.isDemo) return
    appendEntry(db, {
      attemptId: input.attempt.id,
      kind: 'reserve',
      source: 'upper-bound',
      nanoUsd: input.reservedNanoUsd,
      credits: null,
      usage: noUsage,
      inferenceId: null,
      requestId: null,
      outcome: 'reserved',
      firstByteMs: null,
      firstTokenMs: null,
      totalMs: null,
      at: input.attempt.startedAt,
    })
  })
}

/** Received text of one reply: where it belongs, in UTF-16 units. */
export interface Delta {
  messageId: MessageId
  kind: 'content' | 'reasoning'
  start: number
  text: string
}

/** Data events of one attempt as they came. `number` counts the batches of the attempt. */
export interface EventBatch {
  attemptId: AttemptId
  number: number
  data: string[]
}

/** One group commit for all running turns: what this returns from is on disk, and only then shown. */
export function appendReceived(db: Database, input: { deltas: Delta[]; events: EventBatch[]; at: number }): void {
  transact(db, () => {
    for (const delta of input.deltas) {
      if (delta.start === 0) setStatus(db, delta.messageId, 'streaming')
      sql(db, 'INSERT INTO message_delta (message_id, kind, start, text) VALUES (?, ?, ?, ?)').run(
        delta.messageId,
        delta.kind,
        delta.start,
        delta.text,
      )
    }
    for (const batch of input.events) {
      sql(db, `INSERT INTO attempt_event (attempt_id, number, encoding, data, at) VALUES (?, ?, 'json', ?, ?)`).run(
        batch.attemptId,
        batch.number,
        Buffer.from(JSON.stringify(batch.data)),
        input.at,
      )
    }
  })
}

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

function insertMessage(
  db: Database,
  turn: NewTurn,
  message: { id: MessageId; parentId: MessageId | null; role: 'user' | 'assistant'; status: MessageStatus },
): void {
  sql(
    db,
    `INSERT INTO message (id, conversation_id, parent_id, turn_id, role, status, is_continuation, created_at, ended_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    message.id,
    turn.conversationId,
    message.parentId,
    turn.turnId,
    message.role,
    message.status,
    turn.isContinuation ? 1 : 0,
    turn.at,
    message.role === 'user' ? turn.at : null,
  )
}

function insertRevision(
  db: Database,
  messageId: MessageId,
  author: 'person' | 'model',
  at: number,
  parts: { kind: 'text' | 'reasoning' | 'refusal' | 'annotations'; text: string }[],
): void {
  const id = randomUUID()
  sql(db, 'INSERT INTO message_revision (id, message_id, number, author, created_at) VALUES (?, ?, 1, ?, ?)').run(
    id,
    messageId,
    author,
    at,
  )
  for (const [position, part] of parts.entries()) {
    sql(db, 'INSERT INTO message_part (revision_id, position, kind, text, cjk) VALUES (?, ?, ?, ?, ?)').run(
      id,
      position,
      part.kind,
      part.text,
      part.kind === 'text' ? cjkTerms(part.text) : '',
    )
  }
}

function setStatus(db: Database, messageId: MessageId, status: MessageStatus): void {
  sql(db, `UPDATE message SET status = ? WHERE id = ? AND status IN ('queued', 'sending', 'streaming')`).run(
    status,
    messageId,
  )
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

/** How long the raw events of an ended reply are kept. Milliseconds. */
const eventsKeptMs = 365 * 24 * 60 * 60 * 1000

/** Lets go of raw events that are older than a year; what was said and what it cost stays. Gives how many rows went. */
export function expireEvents(db: Database, input: { at: number }): number {
  return sql(db, `DELETE FROM attempt_event WHERE at < ? AND encoding = 'json-deflate'`).run(input.at - eventsKeptMs)
    .changes
}
