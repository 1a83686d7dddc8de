import { randomUUID } from 'node:crypto'
import { fail } from '../../contract/errors.ts'
import type { ConversationId, MessageId } from '../../contract/ids.ts'
import type { ConversationSummary } from '../../contract/routes/conversations.ts'
import type { Parameters } from '../../contract/routes/parameters.ts'
import { searchKey } from '../core/search-key.ts'
import { dropEmptyDraft } from './draft-attachments.ts'
import { sql, transact, type Database } from './database.ts'

/** A conversation as stored, with the sums of what it cost. What runs right now is known to main only. */
export type StoredConversation = Omit<ConversationSummary, 'isRunning'>

/** A conversation as `conversationSelect` reads it. */
export interface ConversationRow {
  id: ConversationId
  title: string
  isDemo: 0 | 1
  isPinned: 0 | 1
  createdAt: number
  updatedAt: number
  messageCount: number
  nanoUsd: number
  computedNanoUsd: number
  unknownCount: number
  reservedNanoUsd: number
}

/** The columns of a conversation, from `conversation c`. */
export const conversationSelect = `SELECT c.id, c.title, k.kind = 'demo' AS isDemo,
    c.pinned_at IS NOT NULL AS isPinned, c.created_at AS createdAt, c.updated_at AS updatedAt,
    c.message_count AS messageCount, coalesce(s.nano_usd, 0) AS nanoUsd, coalesce(s.computed_nano_usd, 0) AS computedNanoUsd,
    coalesce(s.unknown_count, 0) AS unknownCount, coalesce(s.reserved_nano_usd, 0) AS reservedNanoUsd
  FROM conversation c JOIN connection k ON k.id = c.connection_id
  LEFT JOIN conversation_spend s ON s.conversation_id = c.id`

/** The conversation of a row. */
export const toConversation = (row: ConversationRow): StoredConversation => {
  const { nanoUsd, computedNanoUsd, unknownCount, reservedNanoUsd, isDemo, isPinned, ...rest } = row
  return {
    ...rest,
    isPinned: isPinned === 1,
    isDemo: isDemo === 1,
    cost: { nanoUsd, computedNanoUsd, unknownCount, reservedNanoUsd },
  }
}

/** Every conversation that is not in the trash: pinned ones, then the others, each with the newest message first. */
export function listConversations(db: Database): StoredConversation[] {
  const rows = sql<[], ConversationRow>(
    db,
    `${conversationSelect} WHERE c.deleted_at IS NULL ORDER BY c.activity DESC`,
  ).all()
  const pinned = rows.filter(({ isPinned }) => isPinned === 1)
  return (pinned.length === 0 ? rows : [...pinned, ...rows.filter(({ isPinned }) => isPinned === 0)]).map(
    toConversation,
  )
}

/** One conversation, deleted or not. Fails with `conversation.not-found`. */
export function getConversation(db: Database, input: { conversationId: ConversationId }): StoredConversation {
  const row = sql<[string], ConversationRow>(db, `${conversationSelect} WHERE c.id = ?`).get(input.conversationId)
  if (!row) throw fail('conversation.not-found')
  return toConversation(row)
}

/** A new, empty conversation; one of the same connection and parameters that is still empty is handed over instead. */
export function createConversation(
  db: Database,
  input: { connectionId: string; parameters?: Record<string, unknown>; at: number },
): StoredConversation {
  return transact(db, () => {
    const parameters = JSON.stringify(input.parameters ?? {})
    const empty = sql<[string, string], { id: ConversationId }>(
      db,
      `SELECT id FROM conversation
       WHERE deleted_at IS NULL AND connection_id = ? AND leaf_id IS NULL AND title_source = 'empty' AND parameters = ?
         AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.conversation_id = conversation.id)
       ORDER BY activity DESC LIMIT 1`,
    ).get(input.connectionId, parameters)
    const id = empty?.id ?? (randomUUID() as ConversationId)
    if (!empty) {
      sql(
        db,
        `INSERT INTO conversation (id, connection_id, title, title_source, parameters, activity, created_at, updated_at)
         VALUES (?, ?, '', 'empty', ?, ?, ?, ?)`,
      ).run(id, input.connectionId, parameters, nextActivity(db), input.at, input.at)
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
  sql(db, `UPDATE conversation SET title = ?, title_key = ?, title_source = 'person' WHERE id = ?`).run(
    input.title,
    searchKey(input.title),
    input.conversationId,
  )
  return getConversation(db, input)
}

/** Keeps a conversation above the others, or no longer. Fails with `conversation.not-found`. */
export function pinConversation(
  db: Database,
  input: { conversationId: ConversationId; pinnedAt: number | null },
): StoredConversation {
  sql(db, 'UPDATE conversation SET pinned_at = ? WHERE id = ?').run(input.pinnedAt, input.conversationId)
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

/** The request parameters of a conversation. Fails with `conversation.not-found`. */
export function readParameters(db: Database, input: { conversationId: ConversationId }): { parameters: Parameters } {
  const row = sql<[string], { parameters: string }>(db, 'SELECT parameters FROM conversation WHERE id = ?').get(
    input.conversationId,
  )
  if (!row) throw fail('conversation.not-found')
  return { parameters: JSON.parse(row.parameters) as Parameters }
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

/** Keeps what a person has typed and not sent. A draft without text and attachments is no draft. */
export function saveDraft(db: Database, input: { conversationId: ConversationId; text: string; at: number }): void {
  if (input.text === '') {
    transact(db, () => {
      sql(db, `UPDATE draft SET text = '', updated_at = ? WHERE conversation_id = ?`).run(
        input.at,
        input.conversationId,
      )
      dropEmptyDraft(db, input.conversationId)
    })
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
