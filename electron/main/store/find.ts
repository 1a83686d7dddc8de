import type { ConversationId, MessageId } from '../../contract/ids.ts'
import type { Found } from '../../contract/routes/messages.ts'
import { shownLeaf } from './branches.ts'
import { sql, type Database } from './database.ts'

/** Where the words occur literally in the texts of the shown branch: in any case, with any blanks between them. */
export function findInBranch(db: Database, input: { conversationId: ConversationId; query: string }): Found {
  const leaf = shownLeaf(db, input.conversationId)
  const words = input.query.split(/\s+/).filter((word) => word !== '')
  if (leaf === null || words.length === 0) return { hits: [], total: 0 }
  const pattern = new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+'), 'giu')
  const rows = sql<[string], { messageId: MessageId; index: number; text: string }>(
    db,
    `WITH RECURSIVE branch (id, parent_id) AS (
       SELECT id, parent_id FROM message WHERE id = ?
       UNION ALL
       SELECT m.id, m.parent_id FROM branch b CROSS JOIN message m ON m.id = b.parent_id
     )
     SELECT m.id AS messageId, m.depth AS "index", p.text
     FROM branch b CROSS JOIN message m ON m.id = b.id
     CROSS JOIN message_revision r ON r.message_id = m.id AND r.number = m.revision
     CROSS JOIN message_part p ON p.revision_id = r.id AND p.kind = 'text'`,
  )
  const hits: Found['hits'] = []
  for (const { messageId, index, text } of rows.iterate(leaf.id)) {
    const count = text.match(pattern)?.length ?? 0
    if (count > 0) hits.push({ messageId, index, count })
  }
  hits.sort((a, b) => a.index - b.index)
  return { hits, total: hits.reduce((sum, { count }) => sum + count, 0) }
}
