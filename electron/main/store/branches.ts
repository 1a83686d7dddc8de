import { fail } from '../../contract/errors.ts'
import type { ConversationId, MessageId } from '../../contract/ids.ts'
import type { MessagePage } from '../../contract/routes/conversations.ts'
import { sql, transact, type Database } from './database.ts'
import { messageColumns, toMessage, type MessageRow } from './messages.ts'

/** Which part of a branch: its end, what is before or after a message, what begins at an index, or what surrounds a message. */
export type BranchPlace =
  | { kind: 'end' }
  | { kind: 'before' | 'after' | 'around'; messageId: MessageId }
  | { kind: 'from'; index: number }

/**
 * A page of at most `limit` messages, root to leaf: of the shown branch (or the one that ends with `leafId`), or, before a
 * message, of that message's own. Fails with `message.not-found` when the message is not on that branch.
 */
export function readBranch(
  db: Database,
  input: { conversationId: ConversationId; place: BranchPlace; limit: number; leafId?: MessageId | undefined },
): MessagePage {
  const { place, limit, leafId } = input
  const shown =
    leafId === undefined
      ? shownLeaf(db, input.conversationId)
      : { id: leafId, depth: depthOf(db, input.conversationId, leafId) }
  if (shown === null) {
    if ('messageId' in place) throw fail('message.not-found')
    return { messages: [], hasMore: false, hasNewer: false, total: 0 }
  }
  const total = shown.depth + 1
  const at = 'messageId' in place ? depthOf(db, input.conversationId, place.messageId) : 0
  const [from, to] = rangeOf(place, { at, total, limit })
  const isOwnBranch = place.kind === 'before'
  const rows = readRange(db, isOwnBranch ? place.messageId : shown.id, from, to)
  if ('messageId' in place && !isOwnBranch && !isOnBranch(db, shown.id, place.messageId, at))
    throw fail('message.not-found')
  return { messages: rows.map((row) => toMessage(db, row)), hasMore: from > 0, hasNewer: to < total - 1, total }
}

function rangeOf(place: BranchPlace, { at, total, limit }: { at: number; total: number; limit: number }) {
  const half = Math.floor(limit / 2)
  const first =
    place.kind === 'end'
      ? total - limit
      : place.kind === 'before'
        ? at - limit
        : place.kind === 'after'
          ? at + 1
          : place.kind === 'from'
            ? place.index
            : at - half
  const end = place.kind === 'before' ? at : Math.max(0, first) + limit
  return [Math.max(0, first), Math.min(end, Math.max(total, at)) - 1] as const
}

/** The messages with `from` ≤ depth ≤ `to` on the branch that ends at `leafId`, root to leaf. */
function readRange(db: Database, leafId: MessageId, from: number, to: number): MessageRow[] {
  return sql<{ leafId: string; from: number; to: number }, MessageRow>(
    db,
    `WITH RECURSIVE branch (id, parent_id, depth) AS (
       SELECT id, parent_id, depth FROM message WHERE id = @leafId
       UNION ALL
       SELECT m.id, m.parent_id, m.depth FROM branch b CROSS JOIN message m ON m.id = b.parent_id WHERE b.depth > @from
     )
     SELECT ${messageColumns} FROM branch b CROSS JOIN message m ON m.id = b.id
     LEFT JOIN message_revision r ON r.message_id = m.id AND r.number = m.revision
     WHERE b.depth BETWEEN @from AND @to ORDER BY b.depth`,
  ).all({ leafId, from, to })
}

/** The end of the branch that a conversation shows; `null` while it shows nothing. Fails with `conversation.not-found`. */
export function shownLeaf(db: Database, conversationId: ConversationId): { id: MessageId; depth: number } | null {
  const row = sql<[string], { id: MessageId | null; depth: number | null }>(
    db,
    'SELECT m.id, m.depth FROM conversation c LEFT JOIN message m ON m.id = c.leaf_id WHERE c.id = ?',
  ).get(conversationId)
  if (!row) throw fail('conversation.not-found')
  return row.id === null || row.depth === null ? null : { id: row.id, depth: row.depth }
}

function depthOf(db: Database, conversationId: ConversationId, messageId: MessageId): number {
  const row = sql<[string, string], { depth: number }>(
    db,
    'SELECT depth FROM message WHERE id = ? AND conversation_id = ? AND hidden_by IS NULL',
  ).get(messageId, conversationId)
  if (!row) throw fail('message.not-found')
  return row.depth
}

function isOnBranch(db: Database, leafId: MessageId, messageId: MessageId, depth: number): boolean {
  return (
    sql<{ leafId: string; depth: number }, { id: string }>(
      db,
      `WITH RECURSIVE branch (id, parent_id, depth) AS (
         SELECT id, parent_id, depth FROM message WHERE id = @leafId
         UNION ALL
         SELECT m.id, m.parent_id, m.depth FROM branch b CROSS JOIN message m ON m.id = b.parent_id WHERE b.depth > @depth
       )
       SELECT id FROM branch WHERE depth = @depth`,
    ).get({ leafId, depth })?.id === messageId
  )
}

/** Which conversation a message is in, and whether the shown branch goes through it. Fails with `message.not-found`. */
export function placeOf(
  db: Database,
  input: { messageId: MessageId },
): { conversationId: ConversationId; isShown: boolean } {
  const row = sql<[string], { conversationId: ConversationId; depth: number }>(
    db,
    'SELECT conversation_id AS conversationId, depth FROM message WHERE id = ? AND hidden_by IS NULL',
  ).get(input.messageId)
  if (!row) throw fail('message.not-found')
  const shown = shownLeaf(db, row.conversationId)
  return {
    conversationId: row.conversationId,
    isShown: shown !== null && isOnBranch(db, shown.id, input.messageId, row.depth),
  }
}

/** Makes the branch through this message the shown one: down to its newest descendant. Fails with `message.not-found`. */
export function showBranch(db: Database, input: { messageId: MessageId }): ConversationId {
  return transact(db, () => {
    const { conversationId } = placeOf(db, input)
    sql(db, 'UPDATE conversation SET leaf_id = ? WHERE id = ?').run(newestBelow(db, input), conversationId)
    return conversationId
  })
}

/** The end of the newest branch through a message. */
export function newestBelow(db: Database, { messageId }: { messageId: MessageId }): MessageId {
  const child = sql<[string], { id: MessageId }>(
    db,
    'SELECT id FROM message WHERE parent_id = ? AND hidden_by IS NULL ORDER BY seq DESC LIMIT 1',
  )
  let leafId = messageId
  for (let next = child.get(leafId); next; next = child.get(leafId)) leafId = next.id
  return leafId
}
