import { z } from 'zod'
import type { Failure } from '../errors.ts'
import { conversationId, messageId, type ConversationId, type MessageId } from '../ids.ts'
import { limits } from '../limits.ts'
import type { Cost, CostSource, Credits, NanoUsd } from '../money.ts'
import type { Usage } from '../price.ts'
import { returns, route } from '../route.ts'

export interface ConversationSummary {
  id: ConversationId
  title: string
  isDemo: boolean
  createdAt: number
  updatedAt: number
  messageCount: number
  cost: Cost
  /** Kept above all others in the list. */
  isPinned: boolean
  /** A reply is being written right now. */
  isRunning: boolean
}

export type MessageStatus = 'queued' | 'sending' | 'streaming' | 'complete' | 'stopped' | 'failed' | 'interrupted'

/** What one message has cost, over all its attempts. `null` on messages that were never sent for. */
export interface MessageCost {
  /** `demo`: an imitation, nothing is billed. `held`: running. */
  state: 'held' | 'settled' | 'unknown' | 'not-charged' | 'demo'
  source: CostSource | null
  /** `null`: not known. */
  nanoUsd: NanoUsd | null
  credits: Credits | null
  /** The most it can still turn out to cost, while held or unknown; `null`: no bound, as no price is known. */
  reservedNanoUsd: NanoUsd | null
  usage: Usage
  attemptCount: number
  firstTokenMs: number | null
  totalMs: number | null
}

/** A source that the provider names for a part of a reply. */
export interface Citation {
  /** A web address, always http or https. */
  url: string
  title: string
  /** Where in the text it belongs, in UTF-16 units; `null`: not said. */
  start: number | null
  end: number | null
}

export interface Message {
  id: MessageId
  conversationId: ConversationId
  parentId: MessageId | null
  /** Its place on its branch, from 0; with the page's `total`, what `aria-posinset` and `aria-setsize` need. */
  index: number
  role: 'user' | 'assistant'
  status: MessageStatus
  text: string
  /** The model's thoughts, where it showed any. Never sent back. */
  reasoning: string
  /** From the first to the last of its thoughts; `null`: there are none, or it is not known. */
  thinkingMs: number | null
  refusal: string | null
  /** In the order given. */
  citations: Citation[]
  finishReason: string | null
  failure: Failure | null
  createdAt: number
  endedAt: number | null
  cost: MessageCost | null
  /** The versions beside this one, itself included, oldest first. */
  siblings: MessageId[]
  /** This reply goes on from the one before the request to go on. */
  isContinuation: boolean
  /** Left out of the next prompts by the person. */
  isOff: boolean
  /** How many wordings it has had; above 1 it was edited. The others are in `messages.revisions`. */
  revisionCount: number
  /** What it said was lost with a damaged part of the store. */
  isLost: boolean
}

/** Messages that follow each other on one branch. */
export interface MessagePage {
  /** Root to leaf. */
  messages: Message[]
  /** Whether older messages come before the first one. */
  hasMore: boolean
  /** Whether newer messages come after the last one. */
  hasNewer: boolean
  /** How many messages the whole branch has. */
  total: number
}

export interface OpenConversation extends MessagePage {
  conversation: ConversationSummary
  draft: string
}

export interface SearchHit {
  conversationId: ConversationId
  title: string
  /** `null`: the title matched. */
  messageId: MessageId | null
  /** The text around the match, in runs; `isMatch` marks what was looked for. */
  snippet: { text: string; isMatch: boolean }[]
  at: number
}

const one = z.strictObject({ conversationId })

export const conversationRoutes = {
  /** All conversations that are not deleted: pinned ones first, each group with the newest message first. */
  'conversations.list': route({ input: z.strictObject({}), output: returns<ConversationSummary[]>() }),
  /**
   * Makes an empty conversation with the defaults for new chats; an untouched empty one that is there already is handed
   * over instead.
   */
  'conversations.create': route({
    input: z.strictObject({ isDemo: z.boolean() }),
    output: returns<ConversationSummary>(),
  }),
  'conversations.open': route({ input: one, output: returns<OpenConversation>() }),
  /**
   * A page of a branch: what comes before a message (on its own branch), or after one or from an index on (on the shown
   * branch). Messages are cursors, and stay where they are. Fails with `message.not-found` when a message is not on the branch.
   */
  'conversations.page': route({
    input: z.union([
      z.strictObject({ conversationId, before: messageId }),
      z.strictObject({ conversationId, after: messageId }),
      z.strictObject({ conversationId, from: z.int().min(0) }),
    ]),
    output: returns<MessagePage>(),
  }),
  'conversations.rename': route({
    input: z.strictObject({ conversationId, title: z.string().trim().min(1).max(limits.titleChars) }),
    output: returns<ConversationSummary>(),
  }),
  'conversations.pin': route({
    input: z.strictObject({ conversationId, isPinned: z.boolean() }),
    output: returns<ConversationSummary>(),
  }),
  /** Puts a conversation into the trash. What it cost stays in every total. Fails with `turn.running` while a reply is written. */
  'conversations.delete': route({ input: one, output: returns<null>() }),
  'conversations.restore': route({ input: one, output: returns<ConversationSummary>() }),
  /** Shows the branch that this message is on. */
  'conversations.show': route({ input: z.strictObject({ messageId }), output: returns<null>() }),
  /** Titles first, then messages, the best among the newest first. What is in the trash, deleted or not shown any more is not found. */
  'conversations.search': route({
    input: z.strictObject({ query: z.string().trim().min(1).max(limits.searchChars) }),
    output: returns<SearchHit[]>(),
  }),
  'drafts.save': route({
    input: z.strictObject({ conversationId, text: z.string().max(limits.messageChars) }),
    output: returns<null>(),
  }),
}
