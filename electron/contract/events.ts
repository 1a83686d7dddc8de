import type { ConversationId, MessageId, UploadId } from './ids.ts'
import type { SpendNotice } from './routes/budgets.ts'
import type { TurnPhase } from './routes/turns.ts'

/** What main tells every window. Stored before it is said. */
export type ParleyEvent =
  /** More text of a running reply. `offset` is where it belongs, in UTF-16 units; a window that is elsewhere asks `turns.running`. */
  | {
      name: 'turn.delta'
      conversationId: ConversationId
      messageId: MessageId
      kind: 'content' | 'reasoning'
      offset: number
      text: string
      /** How long the model has thought so far; `null` until it does. */
      thinkingMs: number | null
    }
  | { name: 'turn.started'; conversationId: ConversationId; messageId: MessageId }
  | {
      name: 'turn.progressed'
      conversationId: ConversationId
      messageId: MessageId
      phase: TurnPhase
      attempt: number
      retryAt: number | null
      quietSince: number | null
    }
  | { name: 'turn.ended'; conversationId: ConversationId; messageId: MessageId }
  | { name: 'conversations.changed' }
  | { name: 'conversation.changed'; conversationId: ConversationId }
  | { name: 'spend.changed' }
  /** A budget has reached 50, 80 or 100 % of its limit, for the first time in its window. */
  | { name: 'budget.reached'; notice: SpendNotice }
  | { name: 'budgets.changed' }
  | { name: 'key.changed' }
  | { name: 'settings.changed' }
  | { name: 'price.changed' }
  | { name: 'store.changed' }
  /** A file of this conversation came, went, was read or is sent otherwise. */
  | { name: 'documents.changed'; conversationId: ConversationId }
  | { name: 'upload.progressed'; uploadId: UploadId; receivedBytes: number; sizeBytes: number }
  /** The window was away too long: everything it shows must be asked for again. */
  | { name: 'events.lost' }
