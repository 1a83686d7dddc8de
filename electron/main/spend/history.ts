import type { ConversationId, MessageId } from '../../contract/ids.ts'
import { modeText } from '../core/modes.ts'
import { addFeatures, textFeatures, type Features } from '../core/estimate.ts'
import { utf8Bytes } from '../core/upper-bound.ts'
import type { SentAttempt } from '../store/context.ts'
import type { Store } from '../store/host.ts'
import type { SentMessage } from '../store/messages.ts'
import { featuresOf, fixedOf, weighMessage, type MessageWeight } from './attachment-tokens.ts'

/** Tokens that one message adds beside its text. Source: the one sample there is; only used where the last bill is known. */
const tokensPerMessage = 5
/** How much of a text tells it from others in a list. */
const beginningChars = 100

/** What the next prompt of a conversation has before its draft. */
export interface History {
  /** Tokens known from the last bill; 0: none matches, and all is estimated. */
  knownTokens: number
  /** What is not in them: what is estimated from text, */
  rest: Features
  /** what is not, as images, */
  fixedTokens: number
  /** and the messages that both are of. */
  after: MessageWeight[]
  /** Messages that are sent, `system` included. */
  messageCount: number
  bytes: number
  imageCount: number
  /** `null`: a file among them was never counted. */
  fileTokens: number | null
  maxTokens: number | null
  messages: {
    messageId: MessageId
    role: SentMessage['role']
    beginning: string
    isOff: boolean
    weight: MessageWeight
  }[]
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
  const messages = all.map(({ messageId, role, isOff, text, attachments }) => ({
    messageId,
    role,
    beginning: text
      .slice(0, beginningChars * 2)
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, beginningChars),
    isOff,
    weight: weighMessage(text, attachments),
  }))
  const weights = new Map(messages.map(({ messageId, weight }) => [messageId, weight]))
  const weightsOf = (some: readonly SentMessage[]) =>
    some.map(({ messageId }) => weights.get(messageId)).filter((weight) => weight !== undefined)
  const after = last ? sent.slice(last.messages.length) : sent
  const [reply] = after
  // A whole reply that is sent back counts as many tokens as it was billed for, without its end mark and its thoughts.
  const replyTokens =
    last && reply && reply.messageId === last.messageId && last.completionTokens !== null
      ? Math.max(0, last.completionTokens - (last.reasoningTokens ?? 0) - 1) + tokensPerMessage
      : null
  const knownTokens = last ? (last.promptTokens ?? 0) + (replyTokens ?? 0) : 0
  const estimated = weightsOf(replyTokens === null ? after : after.slice(1))
  const whole = weightsOf(sent)
  const systemFeatures = system !== '' && !last ? [textFeatures(system)] : []
  return {
    knownTokens,
    rest: addFeatures([...systemFeatures, ...estimated.map(featuresOf)], !last),
    fixedTokens: estimated.reduce((sum, weight) => sum + fixedOf(weight), 0),
    after: estimated,
    messageCount: sent.length + (system === '' ? 0 : 1),
    bytes: whole.reduce((sum, { bytes }) => sum + bytes, utf8Bytes(system)),
    imageCount: whole.reduce((sum, { imageCount }) => sum + imageCount, 0),
    fileTokens: addFileTokens(whole),
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
    attempt.messages.every((message, place) => isSame(message, sent[place]))
  )
}

/** The same wording with the same attachments in the same modes. */
function isSame(before: SentAttempt['messages'][number], now: SentMessage | undefined): boolean {
  const { attachments = [] } = before
  return (
    now?.revisionId === before.revisionId &&
    now.attachments.length === attachments.length &&
    now.attachments.every(({ attachmentId, mode }, place) => {
      const one = attachments[place]
      return one?.attachmentId === attachmentId && modeText(one.mode) === modeText(mode)
    })
  )
}

/** What the files of several messages count at most; `null`: not bounded. */
export function addFileTokens(weights: readonly MessageWeight[]): number | null {
  return weights.reduce<number | null>(
    (sum, { fileTokens }) => (sum === null || fileTokens === null ? null : sum + fileTokens),
    0,
  )
}
