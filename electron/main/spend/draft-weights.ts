import type { ConversationId, MessageId } from '../../contract/ids.ts'
import type { Store } from '../store/host.ts'
import type { SentAttachment } from '../store/sent-attachments.ts'
import { weighMessage, type MessageWeight } from './attachment-tokens.ts'

/** What is about to be sent, weighed. */
export interface DraftWeights {
  /** A text with the attachments of its draft, or (`attachmentsOf`) of a message, or (`null`) with none. */
  weigh(
    conversationId: ConversationId,
    text: string,
    attachmentsOf: MessageId | null | undefined,
  ): Promise<MessageWeight>
  forget(conversationId: ConversationId): void
}

/** Attachments are kept until something of their conversation changes, so that a keystroke costs only its text. */
export function createDraftWeights(read: Store['read']): DraftWeights {
  const kept = new Map<string, Promise<SentAttachment[]>>()

  const attachmentsFor = async (conversationId: ConversationId, question: string, of: MessageId | undefined) => {
    const places = of === undefined ? await read.readDraftPlaces({ conversationId }) : []
    if (of === undefined && places.length === 0) return []
    const isAsking =
      of !== undefined || places.some(({ mode }) => mode.kind === 'text' && typeof mode.pages === 'object')
    const key = `${conversationId} ${of ?? 'draft'} ${isAsking ? question : ''}`
    let attachments = kept.get(key)
    if (!attachments) {
      if (kept.size >= 4) kept.delete(kept.keys().next().value ?? key)
      const attachmentIds = places.map(({ attachmentId }) => attachmentId)
      const from =
        of === undefined
          ? ({ kind: 'draft', conversationId, attachmentIds } as const)
          : ({ kind: 'message', messageId: of } as const)
      attachments = read.sendable({ from, question })
      attachments.catch(() => kept.delete(key))
      kept.set(key, attachments)
    }
    return attachments
  }

  return {
    async weigh(conversationId, text, attachmentsOf) {
      const attachments = attachmentsOf === null ? [] : await attachmentsFor(conversationId, text, attachmentsOf)
      return weighMessage(text, attachments)
    },
    forget(conversationId) {
      for (const key of kept.keys()) if (key.startsWith(conversationId)) kept.delete(key)
    },
  }
}
