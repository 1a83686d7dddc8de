import type { ConversationId, MessageId } from '../../contract/ids.ts'
import { addFeatures, textFeatures, type Features } from '../core/estimate.ts'
import { utf8Bytes } from '../core/upper-bound.ts'
import type { SentAttempt } from '../store/context.ts'
import type { Store } from '../store/host.ts'
import type { SentMessage } from '../store/messages.ts'

/** Tokens that one message adds beside its text. Source: the one sample there is; only used where the last bill is known. */
const tokensPerMessage = 5
/** How much of a text tells it from others in a list. */
const beginningChars = 100

/** What the next prompt of a conversation has before its draft. */
export interface History {
  /** Tokens known from the last bill; 0: none matches, and all is estimated. */
  knownTokens: number
  /** What is not in them. */
  rest: Features
  /** Messages that are sent, `system` included. */
  messageCount: number
  bytes: number
  maxTokens: number | null
  messages: { messageId: MessageId; role: SentMessage['role']; beginning: string; isOff: boolean; found: Features }[]
}

/**
 * Reads the shown branch. Where its beginning is exactly what the last billed request sent, that one's count and the length
 * of its reply are known, and only what came after is left to estimate. With `parentId`, the branch that ends there.
 */
export async function readHistory(
  read: Store['read'],
  conversationId: ConversationId,
  parentId?: MessageId | null,
): Promise<History> {
  const ground = await read.turnGround({ conversationId })
  const { parameters } = ground
  const leafId = parentId === undefined ? ground.leafId : parentId
  const all = leafId === null ? [] : await read.readPrompt({ leafId })
  const attempts = await read.sentAttempts({ conversationId, limit: 20 })
  return historyFrom(all, parameters, attempts)
}

/** The same from what was read: `attempts` are newest first. */
export function historyFrom(
  all: readonly SentMessage[],
  parameters: Record<string, unknown>,
  attempts: readonly SentAttempt[],
): History {
  const sent = all.filter(({ isOff }) => !isOff)
  const system = typeof parameters['system'] === 'string' ? parameters['system'] : ''
  const last = attempts.find((attempt) => isBeginning(attempt, sent, system))
  const messages = all.map(({ messageId, role, isOff, text }) => ({
    messageId,
    role,
    beginning: text
      .slice(0, beginningChars * 2)
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, beginningChars),
    isOff,
    found: textFeatures(text),
  }))
  const featuresOf = new Map(messages.map(({ messageId, found }) => [messageId, found]))
  const after = last ? sent.slice(last.messages.length) : sent
  const [reply] = after
  // A whole reply that is sent back counts as many tokens as it was billed for, without its end mark and its thoughts.
  const replyTokens =
    last && reply && reply.messageId === last.messageId && last.completionTokens !== null
      ? Math.max(0, last.completionTokens - (last.reasoningTokens ?? 0) - 1) + tokensPerMessage
      : null
  const knownTokens = last ? (last.promptTokens ?? 0) + (replyTokens ?? 0) : 0
  const estimated = (replyTokens === null ? after : after.slice(1)).map(
    ({ messageId }) => featuresOf.get(messageId) ?? [],
  )
  const systemFeatures = system !== '' && !last ? [textFeatures(system)] : []
  return {
    knownTokens,
    rest: addFeatures([...systemFeatures, ...estimated], !last),
    messageCount: sent.length + (system === '' ? 0 : 1),
    bytes: sent.reduce((sum, { text }) => sum + utf8Bytes(text), utf8Bytes(system)),
    maxTokens: typeof parameters['max_tokens'] === 'number' ? parameters['max_tokens'] : null,
    messages,
  }
}

function isBeginning(attempt: SentAttempt, sent: readonly SentMessage[], system: string): boolean {
  return (
    attempt.promptTokens !== null &&
    attempt.promptTokens > 0 &&
    attempt.system === system &&
    attempt.messages.length > 0 &&
    attempt.messages.length <= sent.length &&
    attempt.messages.every(({ revisionId }, place) => sent[place]?.revisionId === revisionId)
  )
}
