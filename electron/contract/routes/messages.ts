import { z } from 'zod'
import { conversationId, messageId, type ConversationId, type MessageId } from '../ids.ts'
import { limits } from '../limits.ts'
import { returns, route } from '../route.ts'
import type { Message, MessagePage } from './conversations.ts'

/** One wording of a message. */
export interface Revision {
  /** From 1, in the order they were written. */
  number: number
  author: 'person' | 'model'
  createdAt: number
  text: string
  /** The one that is shown, searched and sent. */
  isShown: boolean
}

/** What a deletion hid, and what `messages.restore` needs to undo it exactly. */
export interface Deletion {
  messageId: MessageId
  /** How many messages it hid: the one deleted and all that follow it, on every branch. */
  hiddenCount: number
  /** The end of the branch that was shown before. */
  wasShowing: MessageId | null
}

/** A page around one message, on the branch that is shown now. */
export interface PageAround extends MessagePage {
  conversationId: ConversationId
}

/** Where a text occurs in the shown branch. */
export interface Found {
  /** Root to leaf; only messages with at least one occurrence. */
  hits: { messageId: MessageId; index: number; count: number }[]
  /** Occurrences in all of them. */
  total: number
}

const one = z.strictObject({ messageId })
const text = z.string().min(1).max(limits.messageChars)

export const messageRoutes = {
  /**
   * Saves another wording of a message without asking again; the ones before stay. The same wording changes nothing.
   * Fails with `turn.running` for a reply that is being written.
   */
  'messages.revise': route({ input: z.strictObject({ messageId, text }), output: returns<Message>() }),
  /** Every wording of a message, oldest first. */
  'messages.revisions': route({ input: one, output: returns<Revision[]>() }),
  /** Shows a wording that is there already. Fails with `message.not-found` when there is no such number. */
  'messages.showRevision': route({
    input: z.strictObject({ messageId, number: z.int().min(1) }),
    output: returns<Message>(),
  }),
  /**
   * Hides a message and all that follows it, until `messages.restore`; nothing is lost and what it cost stays. Shown from
   * then on: the version beside it, or else the branch up to the message before it. Fails with `turn.running` while a
   * reply is written in this conversation.
   */
  'messages.delete': route({ input: one, output: returns<Deletion>() }),
  /** Undoes a deletion. With `showing` (what `wasShowing` said), the same branch is shown again. */
  'messages.restore': route({
    input: z.strictObject({ messageId, showing: messageId.nullable().optional() }),
    output: returns<Message>(),
  }),
  /** The messages around one, half before and half after it, after making the branch through it the shown one. */
  'conversations.around': route({ input: one, output: returns<PageAround>() }),
  /** Find in chat: where the words occur literally, in any case, in the texts of the shown branch. */
  'messages.find': route({
    input: z.strictObject({ conversationId, query: z.string().trim().min(1).max(limits.searchChars) }),
    output: returns<Found>(),
  }),
}
