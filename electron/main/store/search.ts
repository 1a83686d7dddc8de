import type { ConversationId, MessageId } from '../../contract/ids.ts'
import type { SearchHit } from '../../contract/routes/conversations.ts'
import { searchQuery } from '../core/cjk.ts'
import { snippetAround } from '../core/snippet.ts'
import { sql, type Database } from './database.ts'

/** How many of the newest matches are ranked; older ones are reached by more words. */
const rankedMatches = 20_000

/** Conversations whose title or messages hold the words, titles first, then messages by rank among the newest matches. */
export function search(db: Database, input: { query: string; limit: number }): SearchHit[] {
  const titles = sql<{ pattern: string; limit: number }, { id: ConversationId; title: string; at: number }>(
    db,
    `SELECT id, title, updated_at AS at FROM conversation
     WHERE deleted_at IS NULL AND title LIKE @pattern ESCAPE '\\' ORDER BY activity DESC LIMIT @limit`,
  ).all({ pattern: `%${input.query.replace(/[\\%_]/g, '\\$&')}%`, limit: input.limit })
  const hits: SearchHit[] = titles.map(({ id, title, at }) => ({
    conversationId: id,
    title,
    messageId: null,
    snippet: snippetAround(title, input.query),
    at,
  }))
  const query = searchQuery(input.query)
  if (query === null) return hits
  const messages = sql<
    { query: string; ranked: number; limit: number },
    { conversationId: ConversationId; messageId: MessageId; title: string; text: string; at: number }
  >(
    db,
    `WITH newest AS (
       SELECT rowid AS seq, rank FROM message_index WHERE message_index MATCH @query ORDER BY rowid DESC LIMIT @ranked
     )
     SELECT c.id AS conversationId, m.id AS messageId, c.title, p.text, m.created_at AS at
     FROM newest n JOIN message_part p ON p.seq = n.seq
     JOIN message_revision r ON r.id = p.revision_id JOIN message m ON m.id = r.message_id AND m.revision = r.number
     JOIN conversation c ON c.id = m.conversation_id
     WHERE c.deleted_at IS NULL ORDER BY n.rank LIMIT @limit`,
  ).all({ query, ranked: rankedMatches, limit: input.limit })
  for (const { text, ...hit } of messages) hits.push({ ...hit, snippet: snippetAround(text, input.query) })
  return hits
}
