import { fail } from '../../contract/errors.ts'
import type { AttachmentId, ConversationId, MessageId, TurnId } from '../../contract/ids.ts'
import type { Message } from '../../contract/routes/conversations.ts'
import { continuationRequest } from '../core/continuation.ts'
import type { AttemptPurpose } from '../store/ledger.ts'
import type { ToBeSent } from '../store/sent-attachments.ts'

/** How a turn begins: what is asked, and where in the tree. */
export interface Beginning {
  turnId: TurnId
  conversationId: ConversationId
  purpose: AttemptPurpose
  /** The message it follows or replies to; `shown`: the end of the shown branch. */
  parentId: MessageId | null | 'shown'
  /** The message of the person; `null`: only another reply is wanted. */
  text: string | null
  /** What is sent with it. */
  attachments?: ToBeSent
  /** For a continuation, and for another version of one: the reply it goes on from. */
  partial: string | null
  /** The draft is of something else, and stays. */
  keepsDraft?: true
}

/** A new message at the end of the shown branch. */
export function beginSend(input: {
  turnId: TurnId
  conversationId: ConversationId
  text: string
  attachmentIds?: AttachmentId[] | undefined
}): Beginning {
  const { turnId, conversationId, text, attachmentIds = [] } = input
  const attachments: ToBeSent = { kind: 'draft', conversationId, attachmentIds }
  return { turnId, conversationId, text, attachments, purpose: 'reply', parentId: 'shown', partial: null }
}

/** Another version of a message of the person, beside it, with the same attachments. Fails with `turn.not-possible` for a reply. */
export function beginResend({ turnId, text }: { turnId: TurnId; text: string }, message: Message): Beginning {
  const { id: messageId, conversationId, parentId, role } = message
  const attachments: ToBeSent = { kind: 'message', messageId }
  if (role !== 'user') throw fail('turn.not-possible', { text: 'kept' })
  return { turnId, conversationId, purpose: 'reply', parentId, text, attachments, partial: null, keepsDraft: true }
}

/**
 * Another reply to the same message; another version of a continuation goes on from the same `partial` reply. Fails with
 * `turn.not-possible` for anything but a reply.
 */
export function beginRetry({ turnId }: { turnId: TurnId }, message: Message, partial: string | null): Beginning {
  const { conversationId, parentId, role } = message
  if (role !== 'assistant') throw fail('turn.not-possible')
  return { turnId, conversationId, purpose: 'retry', parentId, text: null, partial }
}

/** A request to go on from a partial reply. Fails with `turn.not-possible` where there is nothing to go on from. */
export function beginContinue(
  { turnId }: { turnId: TurnId },
  { id, conversationId, role, text: partial }: Message,
  sentence: (lastWords: string) => string,
): Beginning {
  if (role !== 'assistant' || partial === '') throw fail('turn.not-possible')
  const text = continuationRequest(partial, sentence)
  return { turnId, conversationId, purpose: 'continue', parentId: id, text, partial }
}

/** What an act on a message would send: the end of the prompt before the text, and the text. */
export function foresee(
  act: 'resend' | 'retry' | 'continue',
  { id, parentId, text }: Pick<Message, 'id' | 'parentId' | 'text'>,
  draftText: string,
  sentence: (lastWords: string) => string,
): { parentId: MessageId | null; text: string } {
  if (act === 'continue') return { parentId: id, text: continuationRequest(text, sentence) }
  return { parentId, text: act === 'resend' ? draftText : '' }
}
