import type { ConversationId, MessageId } from '../../contract/ids.ts'
import type { SearchHit } from '../../contract/routes/conversations.ts'
import { searchQuery } from '../core/cjk.ts'
import { searchKey } from '../core/search-key.ts'
import { snippetAround } from '../core/snippet.ts'
import { sql, type Database } from './database.ts'

/** How many of the newest matches are ranked; older ones are reached by more words. */
const rankedMatches = 20_000

/**
 * Conversations whose title holds all the words, newest first; then messages by rank among the newest matches. Only what
 * can be shown is found: no other wordings, nothing deleted, nothing in the trash. At most `limit` of each.
 */
export function search(db: Database, input: { query: string; limit: number }): SearchHit[] {
  return [...titles(db, input), ...messages(db, input)]
}

function titles(db: Database, { query, limit }: { query: string; limit: number }): SearchHit[] {
  const words = searchKey(query).split(' ')
  // One index holds order and titles: nothing else is read of conversations that do not match.
  const rows = sql<unknown[], { id: ConversationId; title: string; at: number }>(
    db,
    `SELECT id, title, updated_at AS at FROM conversation INDEXED BY conversation_by_activity
     WHERE deleted_at IS NULL ${'AND instr(title_key, ?) > 0 '.repeat(words.length)}
     ORDER BY activity DESC LIMIT ?`,
  ).all(...words, limit)
  return rows.map(({ id, title, at }) => ({
    conversationId: id,
    title,
    messageId: null,
    snippet: snippetAround(title, query),
    at,
  }))
}

function messages(db: Database, { query, limit }: { query: string; limit: number }): SearchHit[] {
  const match = searchQuery(query)
  if (match === null) return []
  const ranked = sql<[string, number], { seq: number }>(
    db,
    `SELECT seq FROM (
       SELECT rowid AS seq, rank FROM message_index WHERE message_index MATCH ? ORDER BY rowid DESC LIMIT ?
     ) ORDER BY rank, seq DESC`,
  )
  // Looked up one by one, best first: joined, every ranked match would be looked up for the few that are shown.
  const shown = sql<
    [number],
    { conversationId: ConversationId; messageId: MessageId; title: string; text: string; at: number }
  >(
    db,
    `SELECT c.id AS conversationId, m.id AS messageId, c.title, p.text, m.created_at AS at
     FROM message_part p JOIN message_revision r ON r.id = p.revision_id
     JOIN message m ON m.id = r.message_id AND m.revision = r.number JOIN conversation c ON c.id = m.conversation_id
     WHERE p.seq = ? AND m.hidden_by IS NULL AND c.deleted_at IS NULL`,
  )
  const hits: SearchHit[] = []
  for (const { seq } of ranked.iterate(match, rankedMatches)) {
    const row = shown.get(seq)
    if (!row) continue
    const { text, ...hit } = row
    hits.push({ ...hit, snippet: snippetAround(text, query) })
    if (hits.length === limit) break
  }
  return hits
}
