import { fail } from '../../contract/errors.ts'
import type { AttemptId, ConversationId } from '../../contract/ids.ts'
import {
  conversationSelect,
  getConversation,
  toConversation,
  type ConversationRow,
  type StoredConversation,
} from './conversations.ts'
import { sql, transact, type Database } from './database.ts'
import { emptyLog } from './empty-log.ts'

/** How long a deleted conversation can be restored. Milliseconds. */
export const keptInTrashMs = 30 * 24 * 60 * 60 * 1000

/** Messages removed in one transaction, so that running replies wait no longer than a moment. */
const messagesAtOnce = 200

/** Not in the trash for good: a tombstone comes before the rows go. */
const canComeBack = `NOT EXISTS (SELECT 1 FROM tombstone t WHERE t.entity = 'conversation' AND t.id = c.id)`

/** Puts a conversation into the trash, or takes it out again (`deletedAt: null`). Fails with `conversation.not-found`. */
export function trashConversation(
  db: Database,
  input: { conversationId: ConversationId; deletedAt: number | null },
): StoredConversation {
  return transact(db, () => {
    const moved = sql(
      db,
      `UPDATE conversation AS c SET deleted_at = CASE WHEN @deletedAt IS NULL THEN NULL ELSE coalesce(c.deleted_at, @deletedAt) END
       WHERE c.id = @conversationId AND ${canComeBack}`,
    ).run(input)
    if (moved.changes === 0) throw fail('conversation.not-found')
    return getConversation(db, input)
  })
}

/** The same for several, all or none. Fails with `conversation.not-found`. */
export function trashConversations(
  db: Database,
  input: { conversationIds: ConversationId[]; deletedAt: number | null },
): void {
  transact(db, () => {
    for (const conversationId of input.conversationIds)
      trashConversation(db, { conversationId, deletedAt: input.deletedAt })
  })
}

/** What is in the trash, the last deleted first. */
export function listTrash(db: Database): (StoredConversation & { deletedAt: number; purgeAt: number })[] {
  return sql<[], ConversationRow & { deletedAt: number }>(
    db,
    `${conversationSelect.replace('SELECT', 'SELECT c.deleted_at AS deletedAt,')}
     WHERE c.deleted_at IS NOT NULL AND ${canComeBack} ORDER BY c.deleted_at DESC, c.activity DESC`,
  )
    .all()
    .map((row) => ({ ...toConversation(row), deletedAt: row.deletedAt, purgeAt: row.deletedAt + keptInTrashMs }))
}

/**
 * Decides what is deleted for good: the conversations named, or all, as far as they are in the trash and were put there
 * before `before`. From then on they cannot be restored; `purgeStep` removes them. Gives how many.
 */
export function condemn(
  db: Database,
  input: { conversationIds: ConversationId[] | 'all'; before: number; at: number },
): number {
  return transact(db, () => {
    const bury = sql<{ id: string; before: number; at: number }>(
      db,
      `INSERT INTO tombstone (entity, id, deleted_at)
       SELECT 'conversation', c.id, @at FROM conversation c
       WHERE c.deleted_at < @before AND (@id = 'all' OR c.id = @id) AND ${canComeBack}`,
    )
    const ids = input.conversationIds === 'all' ? ['all'] : input.conversationIds
    return ids.reduce((sum, id) => sum + bury.run({ id, before: input.before, at: input.at }).changes, 0)
  })
}

/**
 * Removes a part of what was condemned; call it until `isDone`. Texts, drafts, raw events and search entries go and are
 * overwritten in the file; attempts and ledger entries stay as they are.
 */
export function purgeStep(db: Database): { isDone: boolean } {
  const next = sql<[], { id: ConversationId }>(
    db,
    `SELECT t.id FROM tombstone t JOIN conversation c ON c.id = t.id WHERE t.entity = 'conversation' LIMIT 1`,
  ).get()
  if (!next) {
    emptyLog(db)
    return { isDone: true }
  }
  transact(db, () => {
    sql(db, 'UPDATE conversation SET leaf_id = NULL WHERE id = ? AND leaf_id IS NOT NULL').run(next.id)
    // From the end, so that no removal takes more with it.
    const removed = sql(
      db,
      'DELETE FROM message WHERE seq IN (SELECT seq FROM message WHERE conversation_id = ? ORDER BY seq DESC LIMIT ?)',
    ).run(next.id, messagesAtOnce)
    if (removed.changes === messagesAtOnce) return
    const attempts = sql<[string], { id: AttemptId }>(db, 'SELECT id FROM attempt WHERE conversation_id = ?').all(
      next.id,
    )
    for (const { id } of attempts) sql(db, 'DELETE FROM attempt_event WHERE attempt_id = ?').run(id)
    sql(db, 'DELETE FROM draft WHERE conversation_id = ?').run(next.id)
    sql(db, 'DELETE FROM conversation WHERE id = ?').run(next.id)
  })
  return { isDone: false }
}
