import { fail } from '../../contract/errors.ts'
import type { ConversationId, MessageId } from '../../contract/ids.ts'
import type { Message } from '../../contract/routes/conversations.ts'
import type { ExportChunk, ExportCursor } from '../../contract/routes/export.ts'
import { exportName, jsonHead, jsonMessage, jsonTail, markdownHead, markdownMessage } from '../core/export-text.ts'
import { readBranch, shownLeaf } from './branches.ts'
import { getConversation, readParameters } from './conversations.ts'
import { sql, type Database } from './database.ts'
import { getMessage } from './messages.ts'
import { attachmentsOfMessages } from './placed-attachments.ts'
import { listRevisions } from './revisions.ts'

/** UTF-16 units of one chunk: at most 1 MiB of UTF-8, whatever they are. */
const chunkChars = 256 * 1024
const messagesAtOnce = 100

interface Input {
  conversationId: ConversationId
  format: 'markdown' | 'json'
  cursor: ExportCursor | null
}

/**
 * The next chunk of an exported conversation. A cursor counts the pieces of the file (its head, one per message, its end)
 * and stays valid while the conversation goes on: the branch is the one that was shown at the beginning.
 * Fails with `conversation.not-found`.
 */
export function exportChunk(db: Database, { conversationId, format, cursor }: Input): ExportChunk {
  const { title } = getConversation(db, { conversationId })
  const leafId = cursor ? cursor.leafId : (shownLeaf(db, conversationId)?.id ?? null)
  const pieces = format === 'json' ? jsonPieces(db, conversationId) : markdownPieces(db, conversationId, leafId)
  const fileName = exportName(title, format)
  let { place, offset } = cursor ?? { place: 0, offset: 0 }
  let text = ''
  for (const piece of pieces(place)) {
    const end = cutBefore(piece, offset + chunkChars - text.length)
    text += piece.slice(offset, end)
    if (end < piece.length) return { text, next: { leafId, place, offset: end }, fileName }
    place += 1
    offset = 0
  }
  return { text, next: null, fileName }
}

/** A place to cut that is not inside a surrogate pair. */
function cutBefore(text: string, place: number): number {
  if (place >= text.length) return text.length
  const before = text.charCodeAt(place - 1)
  return before >= 0xd800 && before <= 0xdbff ? place - 1 : place
}

type Pieces = (from: number) => Generator<string>

function markdownPieces(db: Database, conversationId: ConversationId, leafId: MessageId | null): Pieces {
  const asMarkdown = (message: Message) => markdownMessage(message, attachmentsOf(db, message.id))
  return function* (from) {
    if (from === 0) yield markdownHead(getConversation(db, { conversationId }))
    if (leafId === null) return
    const end = getMessage(db, { messageId: leafId })
    if (end.conversationId !== conversationId) throw fail('message.not-found')
    for (let index = Math.max(0, from - 1); index < end.index; index += messagesAtOnce) {
      const stop = Math.min(end.index, index + messagesAtOnce)
      yield* pageBefore(db, end, index, stop).map(asMarkdown)
    }
    if (from <= end.index + 1) yield asMarkdown(end)
  }
}

const attachmentsOf = (db: Database, messageId: MessageId) =>
  attachmentsOfMessages(db, { messageIds: [messageId] })[0]?.attachments ?? []

/** The messages with `from` ≤ index < `to` on the branch that ends at `end`. */
function pageBefore(db: Database, end: Message, from: number, to: number): Message[] {
  const next = sql<{ endId: string; to: number }, { id: MessageId }>(
    db,
    `WITH RECURSIVE branch (id, parent_id, depth) AS (
       SELECT id, parent_id, depth FROM message WHERE id = @endId
       UNION ALL
       SELECT m.id, m.parent_id, m.depth FROM branch b CROSS JOIN message m ON m.id = b.parent_id WHERE b.depth > @to
     )
     SELECT id FROM branch WHERE depth = @to`,
  ).get({ endId: end.id, to })
  if (!next) return []
  const place = { kind: 'before', messageId: next.id } as const
  return readBranch(db, { conversationId: end.conversationId, place, limit: to - from }).messages
}

function jsonPieces(db: Database, conversationId: ConversationId): Pieces {
  return function* (from) {
    const shown = shownLeaf(db, conversationId)?.id ?? null
    const { parameters } = readParameters(db, { conversationId })
    if (from === 0) yield jsonHead(getConversation(db, { conversationId }), parameters, shown)
    const ids = sql<[string], { id: MessageId }>(
      db,
      'SELECT id FROM message WHERE conversation_id = ? AND hidden_by IS NULL ORDER BY seq',
    ).all(conversationId)
    for (let index = Math.max(0, from - 1); index < ids.length; index++) {
      const messageId = ids[index]?.id
      if (messageId === undefined) continue
      const revisions = listRevisions(db, { messageId })
      yield jsonMessage(getMessage(db, { messageId }), revisions, attachmentsOf(db, messageId), index === 0)
    }
    if (from <= ids.length + 1) yield jsonTail
  }
}
