import { fail } from '../../contract/errors.ts'
import type { ConversationId, MessageId } from '../../contract/ids.ts'
import type { Message } from '../../contract/routes/conversations.ts'
import type { Deletion } from '../../contract/routes/messages.ts'
import { newestBelow } from './branches.ts'
import { sql, transact, type Database } from './database.ts'
import { getMessage } from './messages.ts'

interface Node {
  seq: number
  conversationId: ConversationId
  parentId: MessageId | null
  role: string
  hiddenBy: MessageId | null
  leafId: MessageId | null
}

function node(db: Database, messageId: MessageId): Node {
  const found = sql<[string], Node>(
    db,
    `SELECT m.seq, m.conversation_id AS conversationId, m.parent_id AS parentId, m.role, m.hidden_by AS hiddenBy,
       c.leaf_id AS leafId
     FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.id = ?`,
  ).get(messageId)
  if (!found) throw fail('message.not-found')
  return found
}

/**
 * Hides a message and everything below it. When that was shown, the nearest version beside it is shown instead, or else
 * the branch up to its parent. Nothing is removed. Fails with `message.not-found`, and `turn.running` while a reply below
 * it is being written.
 */
export function hideMessage(db: Database, input: { messageId: MessageId }): Deletion {
  return transact(db, () => {
    const { messageId } = input
    const { conversationId, parentId, leafId, hiddenBy, ...place } = node(db, messageId)
    if (hiddenBy !== null) throw fail('message.not-found')
    const below = `WITH RECURSIVE below (id) AS (
        SELECT @messageId
        UNION ALL
        SELECT m.id FROM below b CROSS JOIN message m ON m.parent_id = b.id WHERE m.hidden_by IS NULL
      )`
    const running = sql(
      db,
      `${below} SELECT 1 FROM message WHERE status IN ('queued', 'sending', 'streaming') AND id IN below LIMIT 1`,
    ).get({ messageId })
    if (running) throw fail('turn.running', { text: 'kept' })
    const hidden = sql(db, `${below} UPDATE message SET hidden_by = @messageId WHERE id IN below`).run({ messageId })
    const beside = sql<
      { parentId: string | null; conversationId: string; role: string; seq: number },
      { id: MessageId }
    >(
      db,
      `SELECT id FROM message
       WHERE conversation_id = @conversationId AND parent_id IS @parentId AND role = @role AND hidden_by IS NULL
       ORDER BY seq > @seq, abs(seq - @seq) LIMIT 1`,
    ).get({ parentId, conversationId, role: place.role, seq: place.seq })
    const isShown = leafId !== null && node(db, leafId).hiddenBy !== null
    sql(db, 'UPDATE conversation SET message_count = message_count - ?, leaf_id = ? WHERE id = ?').run(
      hidden.changes,
      isShown ? (beside ? newestBelow(db, { messageId: beside.id }) : parentId) : leafId,
      conversationId,
    )
    return { messageId, hiddenCount: hidden.changes, wasShowing: leafId }
  })
}

/**
 * Undoes `hideMessage` and shows the branch again: the one that ends at `showing`, or the newest through the message. What
 * an earlier deletion hides stays hidden; a message that is not deleted is only shown. Fails with `message.not-found`.
 */
export function unhideMessage(db: Database, input: { messageId: MessageId; showing: MessageId | null }): Message {
  return transact(db, () => {
    const { messageId, showing } = input
    const { conversationId, parentId } = node(db, messageId)
    const above = parentId === null ? null : node(db, parentId).hiddenBy
    const back = sql(db, 'UPDATE message SET hidden_by = ? WHERE hidden_by = ?').run(above, messageId)
    const isVisible = node(db, messageId).hiddenBy === null
    if (isVisible) {
      const leaf =
        showing !== null && isVisibleIn(db, conversationId, showing) ? showing : newestBelow(db, { messageId })
      sql(db, 'UPDATE conversation SET message_count = message_count + ?, leaf_id = ? WHERE id = ?').run(
        back.changes,
        leaf,
        conversationId,
      )
    }
    return getMessage(db, { messageId })
  })
}

function isVisibleIn(db: Database, conversationId: ConversationId, messageId: MessageId): boolean {
  return (
    sql(db, 'SELECT 1 FROM message WHERE id = ? AND conversation_id = ? AND hidden_by IS NULL').get(
      messageId,
      conversationId,
    ) !== undefined
  )
}
