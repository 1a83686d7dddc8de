import type { ConversationId, MessageId } from '../../contract/ids.ts'
import type { SearchHit } from '../../contract/routes/conversations.ts'
import { searchTerms } from '../core/cjk.ts'
import { searchKey } from '../core/search-key.ts'
import { snippetAround } from '../core/snippet.ts'
import { sql, type Database } from './database.ts'

/**
 * Words that more messages hold than this are not weighed: the weight of a word (bm25) costs a walk through all messages
 * that hold it, half a second for a common one among a million, and says nothing about a common one.
 */
const weighedMatches = 5_000

/**
 * Conversations whose title holds all the words, newest first; then messages: the best first where all words
 * are rare, else the newest first. Only what can be shown is found: no other wordings, nothing deleted, nothing in the trash. At most `limit` of each.
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
  const terms = searchTerms(query)
  if (terms.length === 0) return []
  const isRare = terms.every((term) => matchCount(db, term) <= weighedMatches)
  const matching = sql<[string], { seq: number }>(
    db,
    `SELECT rowid AS seq FROM message_index WHERE message_index MATCH ? ORDER BY ${isRare ? 'rank, ' : ''}rowid DESC`,
  )
  // Looked up one by one, in order: joined, every match would be looked up for the few that are shown.
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
  for (const { seq } of matching.iterate(terms.join(' AND '))) {
    const row = shown.get(seq)
    if (!row) continue
    const { text, ...hit } = row
    hits.push({ ...hit, snippet: snippetAround(text, query) })
    if (hits.length === limit) break
  }
  return hits
}

/** How many messages hold a term, counted no further than is of interest. */
function matchCount(db: Database, term: string): number {
  return (
    sql<[string, number], { count: number }>(
      db,
      'SELECT count(*) AS count FROM (SELECT 1 FROM message_index WHERE message_index MATCH ? LIMIT ?)',
    ).get(term, weighedMatches + 1)?.count ?? 0
  )
}
