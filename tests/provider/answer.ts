// Part of an imitation of the provider, for tests. Shares no code with the application.
import type { Absurdity, Behaviour } from './behaviour.ts'
import { chargeCredits, usdOf, type Price } from './money.ts'
import { proseOf } from './prose.ts'
import { piecesOf } from './tokens.ts'
import type { Ask } from './validate.ts'

/** A piece of the answer that goes into one chunk. */
export interface Part {
  kind: 'content' | 'reasoning'
  text: string
  tokens: number
}

/** The whole answer to a request, decided before its first byte is sent. */
export interface Answer {
  id: string
  created: number
  parts: Part[]
  inputTokens: number
  outputTokens: number
  reasoningTokens: number
  finishReason: string
  credits: number
}

const leaks = { thought: 'thought\n', channel: '<|channel>thought\nThe imitation thinks aloud.<channel|>' }

/** Decides the answer: the behaviour's own text or a generated one, cut at the request's `max_tokens`. */
export function answerOf(ask: Ask, behaviour: Behaviour, inputTokens: number, price: Price, id: string): Answer {
  const said = behaviour.text ?? proseOf(behaviour.tokens ?? 40, behaviour.language, behaviour.seed)
  const content = (behaviour.leak === undefined ? '' : leaks[behaviour.leak]) + said
  const thoughts = piecesOf(behaviour.reasoning ?? '')
  const words = piecesOf(content)
  const limit = ask.maxTokens ?? Number.POSITIVE_INFINITY
  const keptThoughts = thoughts.slice(0, limit)
  const keptWords = words.slice(0, Math.max(0, limit - keptThoughts.length))
  const outputTokens = keptThoughts.length + keptWords.length
  const isWhole = outputTokens === thoughts.length + words.length
  const perChunk = Math.max(1, behaviour.tokensPerChunk ?? 1)
  return {
    id,
    created: Math.floor(Date.now() / 1000),
    parts: [
      ...grouped('reasoning', keptThoughts, perChunk),
      ...(behaviour.splitSurrogates === true ? halved(keptWords) : grouped('content', keptWords, perChunk)),
    ],
    inputTokens,
    outputTokens,
    reasoningTokens: keptThoughts.length,
    finishReason: isWhole ? (behaviour.finishReason ?? 'stop') : 'length',
    credits: chargeCredits(price, inputTokens, outputTokens),
  }
}

/** Every text of one kind, joined. */
function textOf(answer: Answer, kind: Part['kind']): string {
  return answer.parts.map((part) => (part.kind === kind ? part.text : '')).join('')
}

/** The usage block of an answer, with the fields the one real sample has. */
export function usageOf(answer: Answer): Record<string, unknown> {
  return {
    prompt_tokens: answer.inputTokens,
    completion_tokens: answer.outputTokens,
    total_tokens: answer.inputTokens + answer.outputTokens,
    completion_tokens_details: { reasoning_tokens: answer.reasoningTokens, audio_tokens: 0 },
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  }
}

/** The `meta` block of an answer. */
export function metaOf(answer: Answer, behaviour: Behaviour): Record<string, unknown> {
  const usd = behaviour.metaWithoutUsd === true ? {} : { usd_spent: usdOf(answer.credits) }
  const extras = {
    model: 'google/gemma-4-31b-it',
    provider: 'imitation-for-tests',
    metrics: { duration_ms: 1234, ttft_ms: 321, tps: 45.6 },
  }
  return { usage: { credits_used: answer.credits, ...usd }, ...(behaviour.metaExtras === true ? extras : {}) }
}

/** The whole answer as a completion that is not streamed, without its cost. */
export function completionOf(answer: Answer): Record<string, unknown> {
  const reasoning = textOf(answer, 'reasoning')
  const message = {
    role: 'assistant',
    content: textOf(answer, 'content'),
    refusal: null,
    reasoning: reasoning === '' ? null : reasoning,
  }
  const finish = { finish_reason: answer.finishReason, native_finish_reason: answer.finishReason }
  return {
    id: answer.id,
    object: 'chat.completion',
    created: answer.created,
    model: 'google/gemma-4-31b-it',
    system_fingerprint: 'imitation-for-tests',
    choices: [{ index: 0, logprobs: null, ...finish, message }],
    usage: usageOf(answer),
  }
}

/** An absurd number as raw JSON text (`NaN` is not JSON, and meant so); null means the field is left out. */
export function absurdText(absurdity: Absurdity): string | null {
  const texts: Record<Absurdity, string | null> = {
    nan: 'NaN',
    negative: '-2480',
    huge: '1e300',
    string: '"2480"',
    null: 'null',
    object: '{"amount":2480}',
    fraction: '2480.5',
    missing: null,
  }
  return texts[absurdity]
}

function grouped(kind: Part['kind'], pieces: string[], perChunk: number): Part[] {
  const parts: Part[] = []
  for (let at = 0; at < pieces.length; at += perChunk) {
    const group = pieces.slice(at, at + perChunk)
    parts.push({ kind, text: group.join(''), tokens: group.length })
  }
  return parts
}

/** Chunks that break inside surrogate pairs: each half is escaped in its own JSON string. */
function halved(pieces: string[]): Part[] {
  return pieces.flatMap((piece): Part[] => {
    const high = piece.search(/[\uD800-\uDBFF][\uDC00-\uDFFF]/)
    if (high < 0) return [{ kind: 'content', text: piece, tokens: 1 }]
    return [
      { kind: 'content', text: piece.slice(0, high + 1), tokens: 1 },
      { kind: 'content', text: piece.slice(high + 1), tokens: 0 },
    ]
  })
}
