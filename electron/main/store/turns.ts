import { fail } from '../../contract/errors.ts'
import type { AttachmentMode } from '../../contract/attachment.ts'
import type { AttachmentId, AttemptId, ConversationId, MessageId, TurnId } from '../../contract/ids.ts'
import type { MessageStatus } from '../../contract/routes/conversations.ts'
import { decideFit } from '../core/budget.ts'
import { searchKey } from '../core/search-key.ts'
import { titleFrom } from '../core/titles.ts'
import { modeText } from '../core/modes.ts'
import { getAttachment } from './attachments.ts'
import { dropEmptyDraft } from './draft-attachments.ts'
import { nextActivity } from './conversations.ts'
import { sql, transact, type Database } from './database.ts'
import { budgetUses, spendWindow } from './budgets.ts'
import { appendEntry, insertAttempt, noUsage, type NewAttempt } from './ledger.ts'
import { noteOverride } from './notices.ts'
import { insertRevision } from './revisions.ts'

/** A turn as it begins. `text` is the person's message; `null` when only another reply to the same message is wanted. */
export interface NewTurn {
  turnId: TurnId
  conversationId: ConversationId
  /** The message that the new one follows; for a turn without text: the message that is replied to. */
  parentId: MessageId | null
  text: string | null
  /** What is sent with the text, in order, each with the mode it is sent in. They leave the draft with it. */
  attachments?: { attachmentId: AttachmentId; mode: AttachmentMode }[]
  isContinuation: boolean
  /** The draft is of something else, and stays. */
  keepsDraft?: boolean
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

/** Commits the person's message and the reply's empty row, moves the branch there, and clears the draft. Once per `turnId`. Fails with `turn.not-possible` after a deleted message. */
export function beginTurn(db: Database, turn: NewTurn): BegunTurn {
  return transact(db, () => {
    const known = sql<[string], { id: MessageId; parentId: MessageId }>(
      db,
      `SELECT id, parent_id AS parentId FROM message WHERE turn_id = ? AND role = 'assistant'`,
    ).get(turn.turnId)
    if (known) return { isNew: false, userMessageId: known.parentId, replyMessageId: known.id }

    const { attachments = [] } = turn
    let userMessageId = turn.parentId
    if (turn.parentId !== null && isHidden(db, turn.parentId)) throw fail('turn.not-possible', { text: 'kept' })
    if (turn.text !== null) {
      userMessageId = turn.userMessageId
      insertMessage(db, turn, { id: userMessageId, parentId: turn.parentId, role: 'user', status: 'complete' })
      insertRevision(db, userMessageId, 'person', turn.at, [
        ...(turn.text === '' ? [] : [{ kind: 'text' as const, text: turn.text }]),
        ...attachments.map(({ attachmentId, mode }) => ({
          kind: 'attachment' as const,
          text: '',
          attachmentId,
          mode: modeText(mode),
        })),
      ])
    }
    if (userMessageId === null) throw new Error('a turn without a text needs a message to reply to')
    insertMessage(db, turn, { id: turn.replyMessageId, parentId: userMessageId, role: 'assistant', status: 'queued' })

    const added = turn.text === null ? 1 : 2
    const title = titleFrom(turn.text || firstName(db, attachments))
    sql(
      db,
      `UPDATE conversation SET leaf_id = ?, message_count = message_count + ?, activity = ?, updated_at = ?,
         title = CASE title_source WHEN 'empty' THEN ? ELSE title END,
         title_key = CASE title_source WHEN 'empty' THEN ? ELSE title_key END,
         title_source = CASE title_source WHEN 'empty' THEN 'local' ELSE title_source END
       WHERE id = ?`,
    ).run(turn.replyMessageId, added, nextActivity(db), turn.at, title, searchKey(title), turn.conversationId)
    if (turn.text !== null && !turn.isContinuation && turn.keepsDraft !== true) clearDraft(db, turn)
    return { isNew: true, userMessageId, replyMessageId: turn.replyMessageId }
  })
}

/**
 * Commits an attempt with what is held for it, before its socket opens, if it fits into every budget: two that run at the
 * same time cannot jointly pass a limit. With `mayExceed` it is committed all the same, and that is noted. A demo attempt
 * has no entry and no budget. Fails with `budget.exceeded` or `budget.unpriced`; then nothing is written.
 */
export function reserveAttempt(
  db: Database,
  input: { attempt: NewAttempt; isDemo: boolean; reservedNanoUsd: number | null; mayExceed?: boolean },
): void {
  transact(db, () => {
    const { day } = spendWindow(db, { at: input.attempt.startedAt })
    const uses = input.isDemo ? [] : budgetUses(db, { ...input.attempt, day })
    const fit = decideFit(uses, input.reservedNanoUsd)
    if (fit.kind !== 'fits' && !input.mayExceed) {
      if (fit.kind === 'unpriced') throw fail('budget.unpriced', { text: 'kept', money: 'not-charged' })
      throw fail('budget.exceeded', { text: 'kept', money: 'not-charged', budgets: fit.refusals })
    }
    insertAttempt(db, { ...input.attempt, day })
    if (fit.kind === 'exceeded') {
      noteOverride(db, { attemptId: input.attempt.id, refusals: fit.refusals, uses, at: input.attempt.startedAt })
    }
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
  /** With thoughts: how long they have taken so far. */
  thinkingMs?: number | null
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
      if (delta.kind === 'reasoning' && typeof delta.thinkingMs === 'number')
        sql(db, 'UPDATE message SET thinking_ms = ? WHERE id = ?').run(delta.thinkingMs, delta.messageId)
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

/** What is sent leaves the draft; a file that was still on its way stays in it. */
function clearDraft(db: Database, { conversationId, attachments = [] }: NewTurn): void {
  for (const { attachmentId } of attachments) {
    sql(db, 'DELETE FROM draft_attachment WHERE conversation_id = ? AND attachment_id = ?').run(
      conversationId,
      attachmentId,
    )
  }
  sql(db, `UPDATE draft SET text = '' WHERE conversation_id = ?`).run(conversationId)
  dropEmptyDraft(db, conversationId)
}

function firstName(db: Database, attachments: { attachmentId: AttachmentId }[]): string {
  const [first] = attachments
  return first ? getAttachment(db, first).name : ''
}

function insertMessage(
  db: Database,
  turn: NewTurn,
  message: { id: MessageId; parentId: MessageId | null; role: 'user' | 'assistant'; status: MessageStatus },
): void {
  sql(
    db,
    `INSERT INTO message
       (id, conversation_id, parent_id, depth, turn_id, role, status, is_continuation, created_at, ended_at)
     VALUES (?, ?, ?, coalesce((SELECT depth + 1 FROM message WHERE id = ?), 0), ?, ?, ?, ?, ?, ?)`,
  ).run(
    message.id,
    turn.conversationId,
    message.parentId,
    message.parentId,
    turn.turnId,
    message.role,
    message.status,
    turn.isContinuation ? 1 : 0,
    turn.at,
    message.role === 'user' ? turn.at : null,
  )
}

function isHidden(db: Database, messageId: MessageId): boolean {
  return sql(db, 'SELECT 1 FROM message WHERE id = ? AND hidden_by IS NOT NULL').get(messageId) !== undefined
}

function setStatus(db: Database, messageId: MessageId, status: MessageStatus): void {
  sql(db, `UPDATE message SET status = ? WHERE id = ? AND status IN ('queued', 'sending', 'streaming')`).run(
    status,
    messageId,
  )
}
