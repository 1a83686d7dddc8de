import { fail } from '../../contract/errors.ts'
import type { MessageId } from '../../contract/ids.ts'
import { limits } from '../../contract/limits.ts'
import { isOfTheTurn, systemRange } from '../api/request-fields.ts'
import { model } from '../core/origin.ts'
import { parseChatRequest, type ChatRequest } from '../api/request.ts'
import { utf8Bytes, type RequestSize } from '../core/upper-bound.ts'
import type { SentMessage } from '../store/messages.ts'

/** A request as it will be sent, what it was made of, and its size as far as money is concerned. */
export interface Prompt {
  request: ChatRequest
  /** Kept with the attempt: ids and parameters, no text. */
  manifest: { messages: { messageId: string; revisionId: string }[]; parameters: Record<string, unknown> }
  size: RequestSize
}

/**
 * Builds the request of a turn from the shown branch and the conversation's parameters. Only what differs from the
 * provider's defaults is sent. Throws `request.parameter` naming the field, its range and the value.
 */
export function buildPrompt(messages: SentMessage[], parameters: Record<string, unknown>): Prompt {
  const { system, stream = true, ...rest } = parameters
  const history = messages.map(({ role, text }) => ({ role, content: text }))
  const request = parseChatRequest({
    ...rest,
    model,
    messages: typeof system === 'string' && system !== '' ? [{ role: 'system', content: system }, ...history] : history,
    stream,
    ...(stream === true ? { stream_options: { include_usage: true } } : {}),
  })
  const texts = [...history.map(({ content }) => content), typeof system === 'string' ? system : '']
  return {
    request,
    manifest: { messages: messages.map(({ messageId, revisionId }) => ({ messageId, revisionId })), parameters },
    size: {
      textBytes: texts.reduce((sum, text) => sum + utf8Bytes(text), utf8Bytes(JSON.stringify(rest))),
      messageCount: request.messages.length,
      imageCount: 0,
      maxTokens: request.max_tokens ?? null,
    },
  }
}

/** Checks the parameters of a conversation before they are stored. Throws like `buildPrompt`, also for what a turn decides. */
export function parseParameters(parameters: Record<string, unknown>): void {
  const { system, ...rest } = parameters
  if (system !== undefined && (typeof system !== 'string' || system.length > limits.messageChars))
    throw fail('request.parameter', { field: 'system', range: systemRange, value: String(system).slice(0, 100) })
  const decided = Object.keys(rest).find((name) => isOfTheTurn(name))
  if (decided !== undefined)
    throw fail('request.parameter', { field: decided, range: 'not a setting of a conversation', value: '' })
  buildPrompt([{ messageId: '' as MessageId, revisionId: '', role: 'user', text: 'x' }], parameters)
}
