import { randomUUID } from 'node:crypto'
import { fail } from '../../contract/errors.ts'
import type { ConversationId, MessageId } from '../../contract/ids.ts'
import type { ConversationSummary } from '../../contract/routes/conversations.ts'
import { sql, transact, type Database } from './database.ts'

/** A conversation as stored, with the sums of what it cost. What runs right now is known to main only. */
export type StoredConversation = Omit<ConversationSummary, 'isRunning'>

interface Row {
  id: ConversationId
  title: string
  isDemo: 0 | 1
  createdAt: number
  updatedAt: number
  messageCount: number
  nanoUsd: number
  computedNanoUsd: number
  unknownCount: number
  reservedNanoUsd: number
}

const select = `SELECT c.id, c.title, k.kind = 'demo' AS isDemo, c.created_at AS createdAt, c.updated_at AS updatedAt,
    c.message_count AS messageCount, coalesce(s.nano_usd, 0) AS nanoUsd, coalesce(s.computed_nano_usd, 0) AS computedNanoUsd,
    coalesce(s.unknown_count, 0) AS unknownCount, coalesce(s.reserved_nano_usd, 0) AS reservedNanoUsd
  FROM conversation c JOIN connection k ON k.id = c.connection_id
  LEFT JOIN conversation_spend s ON s.conversation_id = c.id`

const toConversation = (row: Row): StoredConversation => {
  const { nanoUsd, computedNanoUsd, unknownCount, reservedNanoUsd, isDemo, ...rest } = row
  return {
    ...rest,
    isPinned: false,
    isDemo: isDemo === 1,
    cost: { nanoUsd, computedNanoUsd, unknownCount, reservedNanoUsd },
  }
}

/** Every conversation that is not in the trash, the one with the newest message first. */
export function listConversations(db: Database): StoredConversation[] {
  return sql<[], Row>(db, `${select} WHERE c.deleted_at IS NULL ORDER BY c.activity DESC`).all().map(toConversation)
}

/** One conversation, deleted or not. Fails with `conversation.not-found`. */
export function getConversation(db: Database, input: { conversationId: ConversationId }): StoredConversation {
  const row = sql<[string], Row>(db, `${select} WHERE c.id = ?`).get(input.conversationId)
  if (!row) throw fail('conversation.not-found')
  return toConversation(row)
}

/** A new, empty conversation; one of the same connection that is still empty is handed over instead. */
export function createConversation(db: Database, input: { connectionId: string; at: number }): StoredConversation {
  return transact(db, () => {
    const empty = sql<[string], { id: ConversationId }>(
      db,
      `SELECT id FROM conversation
       WHERE deleted_at IS NULL AND connection_id = ? AND message_count = 0 AND title_source = 'empty'
         AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.conversation_id = conversation.id AND d.text <> '')
       ORDER BY activity DESC LIMIT 1`,
    ).get(input.connectionId)
    const id = empty?.id ?? (randomUUID() as ConversationId)
    if (!empty) {
      sql(
        db,
        `INSERT INTO conversation (id, connection_id, title, title_source, activity, created_at, updated_at)
         VALUES (?, ?, '', 'empty', ?, ?, ?)`,
      ).run(id, input.connectionId, nextActivity(db), input.at, input.at)
    } else {
      sql(db, 'UPDATE conversation SET activity = ?, updated_at = ? WHERE id = ?').run(nextActivity(db), input.at, id)
    }
    return getConversation(db, { conversationId: id })
  })
}

/** The next place at the top of the list. */
export function nextActivity(db: Database): number {
  return (sql<[], { top: number | null }>(db, 'SELECT max(activity) AS top FROM conversation').get()?.top ?? 0) + 1
}

/** Gives a conversation the title a person chose. Fails with `conversation.not-found`. */
export function renameConversation(
  db: Database,
  input: { conversationId: ConversationId; title: string },
): StoredConversation {
  sql(db, `UPDATE conversation SET title = ?, title_source = 'person' WHERE id = ?`).run(
    input.title,
    input.conversationId,
  )
  return getConversation(db, input)
}

/** Puts a conversation into the trash, or takes it out again (`deletedAt: null`). Fails with `conversation.not-found`. */
export function trashConversation(
  db: Database,
  input: { conversationId: ConversationId; deletedAt: number | null },
): StoredConversation {
  sql(db, 'UPDATE conversation SET deleted_at = ? WHERE id = ?').run(input.deletedAt, input.conversationId)
  return getConversation(db, input)
}

/** What a turn needs to know of its conversation. Fails with `conversation.not-found`. */
export interface TurnGround {
  isDemo: boolean
  /** Request parameters that differ from the provider's defaults, as stored. */
  parameters: Record<string, unknown>
  leafId: MessageId | null
}

/** The ground of a turn. Fails with `conversation.not-found` also for a conversation in the trash. */
export function turnGround(db: Database, input: { conversationId: ConversationId }): TurnGround {
  const row = sql<[string], { isDemo: 0 | 1; parameters: string; leafId: MessageId | null }>(
    db,
    `SELECT k.kind = 'demo' AS isDemo, c.parameters, c.leaf_id AS leafId
     FROM conversation c JOIN connection k ON k.id = c.connection_id WHERE c.id = ? AND c.deleted_at IS NULL`,
  ).get(input.conversationId)
  if (!row) throw fail('conversation.not-found')
  return { ...row, isDemo: row.isDemo === 1, parameters: JSON.parse(row.parameters) as Record<string, unknown> }
}

/** Replaces the request parameters of a conversation. The caller has validated them. */
export function writeParameters(
  db: Database,
  input: { conversationId: ConversationId; parameters: Record<string, unknown> },
): void {
  sql(db, 'UPDATE conversation SET parameters = ? WHERE id = ?').run(
    JSON.stringify(input.parameters),
    input.conversationId,
  )
}

/** Keeps what a person has typed and not sent. An empty draft is no draft. */
export function saveDraft(db: Database, input: { conversationId: ConversationId; text: string; at: number }): void {
  if (input.text === '') {
    sql(db, 'DELETE FROM draft WHERE conversation_id = ?').run(input.conversationId)
    return
  }
  sql(
    db,
    `INSERT INTO draft (conversation_id, text, updated_at) SELECT id, ?, ? FROM conversation WHERE id = ?
     ON CONFLICT (conversation_id) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at`,
  ).run(input.text, input.at, input.conversationId)
}

/** The draft of a conversation; empty when there is none. */
export function readDraft(db: Database, input: { conversationId: ConversationId }): string {
  return (
    sql<[string], { text: string }>(db, 'SELECT text FROM draft WHERE conversation_id = ?').get(input.conversationId)
      ?.text ?? ''
  )
}
