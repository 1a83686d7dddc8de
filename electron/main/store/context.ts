import type { AttachmentMode } from '../../contract/attachment.ts'
import type { AttachmentId, ConversationId, MessageId } from '../../contract/ids.ts'
import type { SentMessage } from './messages.ts'
import { sql, transact, type Database } from './database.ts'
import { readManifest } from './manifest.ts'

/** Leaves messages of a conversation out of later prompts, or takes them in again. */
export function switchContext(
  db: Database,
  input: { conversationId: ConversationId; messageIds: MessageId[]; isOff: boolean; at: number },
): void {
  transact(db, () => {
    const ids = JSON.stringify(input.messageIds)
    const ours = 'SELECT id FROM message WHERE conversation_id = ? AND id IN (SELECT value FROM json_each(?))'
    if (input.isOff) {
      const text = `INSERT INTO context_off (message_id, at) SELECT id, ? FROM (${ours}) WHERE true ON CONFLICT DO NOTHING`
      sql(db, text).run(input.at, input.conversationId, ids)
    } else sql(db, `DELETE FROM context_off WHERE message_id IN (${ours})`).run(input.conversationId, ids)
  })
}

/** A request whose prompt the provider counted: the branch it was made of, and what it counted. */
export interface CountedPrompt {
  conversationId: ConversationId
  /** The reply. */
  messageId: MessageId
  /** Root to leaf, with what was switched off. */
  branch: readonly SentMessage[]
  parameters: Record<string, unknown>
  promptTokens: number | null
  completionTokens: number | null
}

/** What a settled attempt sent, and what the provider counted. */
export interface SentAttempt {
  messageId: MessageId
  messages: {
    messageId: MessageId
    revisionId: string
    attachments?: { attachmentId: AttachmentId; mode: AttachmentMode }[]
  }[]
  system: string
  promptTokens: number | null
  completionTokens: number | null
  reasoningTokens: number | null
}

/** The newest attempts of a conversation that were settled, newest first. */
export function sentAttempts(db: Database, input: { conversationId: ConversationId; limit: number }): SentAttempt[] {
  type Row = Omit<SentAttempt, 'messages' | 'system'> & { manifest: string }
  return sql<[string, number], Row>(
    db,
    `SELECT v.message_id AS messageId, a.manifest, v.prompt_tokens AS promptTokens, v.completion_tokens AS completionTokens,
            v.reasoning_tokens AS reasoningTokens
     FROM attempt a JOIN attempt_cost v ON v.attempt_id = a.id
     WHERE a.conversation_id = ? ORDER BY a.seq DESC LIMIT ?`,
  )
    .all(input.conversationId, input.limit)
    .map(({ manifest, ...row }) => {
      const { messages = [], parameters = {} } = readManifest(db, { ...input, manifest }) as {
        messages?: SentAttempt['messages']
        parameters?: Record<string, unknown>
      }
      const system = typeof parameters['system'] === 'string' ? parameters['system'] : ''
      return { ...row, messages, system }
    })
}

/** How often a message was part of a charged attempt, and what a million of its tokens cost in all of them together. */
export interface SentTally {
  messageId: MessageId
  sentCount: number
  /** Attempts among them that had no price. */
  unpricedCount: number
  rateSum: number
}

/** One tally for each message of a conversation that was ever sent and charged. */
export function sentTallies(db: Database, input: { conversationId: ConversationId }): SentTally[] {
  return sql<[string], SentTally>(
    db,
    `SELECT sent.value ->> 'messageId' AS messageId, count(*) AS sentCount,
            sum(p.input_nano_usd_per_mtok IS NULL) AS unpricedCount, coalesce(sum(p.input_nano_usd_per_mtok), 0) AS rateSum
     FROM attempt a JOIN attempt_cost v ON v.attempt_id = a.id LEFT JOIN price p ON p.id = a.price_id,
          json_each(a.manifest, '$.messages') sent
     WHERE a.conversation_id = ? AND v.nano_usd > 0 GROUP BY 1`,
  ).all(input.conversationId)
}
