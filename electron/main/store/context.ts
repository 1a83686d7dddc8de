import type { ConversationId, MessageId } from '../../contract/ids.ts'
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
  messages: { messageId: MessageId; revisionId: string }[]
  system: string
  promptTokens: number | null
  completionTokens: number | null
  reasoningTokens: number | null
  /** The price it was reserved with. */
  inputNanoUsdPerMTok: number | null
  isCharged: boolean
}

/** The newest attempts of a conversation that were settled, newest first. */
export function sentAttempts(db: Database, input: { conversationId: ConversationId; limit: number }): SentAttempt[] {
  type Row = Omit<SentAttempt, 'messages' | 'system' | 'isCharged'> & { manifest: string; nanoUsd: number | null }
  return sql<[string, number], Row>(
    db,
    `SELECT v.message_id AS messageId, a.manifest, v.prompt_tokens AS promptTokens, v.completion_tokens AS completionTokens,
            v.reasoning_tokens AS reasoningTokens, p.input_nano_usd_per_mtok AS inputNanoUsdPerMTok, v.nano_usd AS nanoUsd
     FROM attempt a JOIN attempt_cost v ON v.attempt_id = a.id LEFT JOIN price p ON p.id = a.price_id
     WHERE a.conversation_id = ? ORDER BY a.seq DESC LIMIT ?`,
  )
    .all(input.conversationId, input.limit)
    .map(({ manifest, nanoUsd, ...row }) => {
      const { messages = [], parameters = {} } = readManifest(db, { ...input, manifest }) as {
        messages?: SentAttempt['messages']
        parameters?: Record<string, unknown>
      }
      const system = typeof parameters['system'] === 'string' ? parameters['system'] : ''
      return { ...row, messages, system, isCharged: (nanoUsd ?? 0) > 0 }
    })
}
