// Part of an imitation of the provider, for tests. Shares no code with the application.
import { absurdText, metaOf, usageOf, type Answer, type Part } from './answer.ts'
import type { Behaviour } from './behaviour.ts'

/** One thing to do on the wire. `json` chunks are checked against the schema, `raw` ones are quirks and are not. */
export type Step =
  | { do: 'json'; value: unknown; tokens: number; isText: boolean; marks?: 'finish' | 'meta' | 'failure' }
  | { do: 'raw'; text: string; tokens: number; isText: boolean; marks?: 'finish' | 'meta' | 'failure' }
  | { do: 'comment'; text: string }
  | { do: 'huge'; bytes: number }
  | { do: 'wait'; ms: number }
  | { do: 'stall'; ms: number | null; keepAliveMs: number | null }
  | { do: 'hold' }
  | { do: 'cut' }
  | { do: 'reset' }

/** Every step of a stream, in order and made as they are needed. */
export function* streamSteps(answer: Answer, behaviour: Behaviour, includeUsage: boolean): Generator<Step> {
  for (let count = 0; count < (behaviour.keepAlives ?? 0); count++) {
    yield { do: 'comment', text: 'OPENROUTER PROCESSING' }
    yield { do: 'wait', ms: behaviour.keepAliveMs ?? 0 }
  }
  if (behaviour.firstDelayMs !== undefined) yield { do: 'wait', ms: behaviour.firstDelayMs }
  let sent = 0
  if (yield* interruptions(answer, behaviour, sent)) return
  if (behaviour.noRoleChunk !== true)
    yield quirked(chunkOf(answer, { role: 'assistant', content: '' }), behaviour, 0, false)
  for (const part of answer.parts) {
    if (sent > 0 && behaviour.delayMs !== undefined) yield { do: 'wait', ms: behaviour.delayMs }
    yield quirked(chunkOf(answer, deltaOf(part, behaviour)), behaviour, part.tokens, true)
    sent += 1
    if (yield* interruptions(answer, behaviour, sent)) return
  }
  yield* ending(answer, behaviour, includeUsage)
}

function* interruptions(answer: Answer, behaviour: Behaviour, sent: number): Generator<Step, boolean> {
  if (behaviour.hugeLineBytes !== undefined && sent === (behaviour.hugeLineAfter ?? 1)) {
    yield { do: 'huge', bytes: behaviour.hugeLineBytes }
  }
  if (behaviour.holdAfter === sent) yield { do: 'hold' }
  if (behaviour.stallAfter === sent) {
    yield { do: 'stall', ms: behaviour.stallMs ?? null, keepAliveMs: behaviour.stallKeepAliveMs ?? null }
  }
  if (behaviour.errorAfter === sent) {
    yield failureChunk(answer, behaviour)
    if (behaviour.noDone !== true) yield rawLine('[DONE]')
    return true
  }
  if (behaviour.cutAfter === sent || behaviour.resetAfter === sent) {
    yield { do: behaviour.cutAfter === sent ? 'cut' : 'reset' }
    return true
  }
  return false
}

function* ending(answer: Answer, behaviour: Behaviour, includeUsage: boolean): Generator<Step> {
  const meta = behaviour.meta ?? 'final'
  const hasUsage = behaviour.usage !== 'absent' && (behaviour.usage !== 'when-asked' || includeUsage)
  const inFinish = behaviour.usageIn === 'finish-chunk'
  const isMetaInside = meta === 'with-usage' && hasUsage && !inFinish && metaRawOf(behaviour) === null
  const { refusal, annotations } = behaviour
  const said = { ...(refusal === undefined ? {} : { refusal }), ...(annotations === undefined ? {} : { annotations }) }
  const finish = chunkOf(answer, { role: 'assistant', content: '', ...said }, answer.finishReason)
  yield {
    ...usageStep(hasUsage && inFinish, finish, answer, behaviour),
    marks: 'finish',
  }
  if (behaviour.secondFinish === true) {
    yield rawLine('{"id":"","choices":[{"index":0,"finish_reason":"stop"}],"usage":null}')
  }
  if (hasUsage && !inFinish) {
    const { choices: _choices, ...head } = chunkOf(answer, {})
    const own = { ...head, choices: [], obfuscation: 'imitation', service_tier: 'default' }
    const paid = isMetaInside ? { ...own, meta: metaOf(answer, behaviour) } : own
    yield { ...usageStep(true, paid, answer, behaviour), ...(isMetaInside ? { marks: 'meta' as const } : {}) }
  }
  if (meta === 'final' || (meta === 'with-usage' && !isMetaInside)) yield metaStep(answer, behaviour)
  if (behaviour.noDone !== true) yield rawLine('[DONE]')
  if (meta !== 'after-done') return
  yield { do: 'wait', ms: behaviour.metaDelayMs ?? 200 }
  yield metaStep(answer, behaviour)
}

function usageStep(
  hasUsage: boolean,
  chunk: object,
  answer: Answer,
  behaviour: Behaviour,
): Step & { do: 'json' | 'raw' } {
  const common = { tokens: 0, isText: false }
  const isOddFinish = 'choices' in chunk && !standardReasons.has(answer.finishReason)
  const usage = usageOf(answer)
  if (!hasUsage) return jsonOrRaw(chunk, isOddFinish, common)
  if (behaviour.usageRaw === undefined && behaviour.absurdUsage === undefined) {
    return jsonOrRaw({ ...chunk, usage }, isOddFinish, common)
  }
  const raw =
    behaviour.usageRaw ?? absurdObject(['prompt_tokens', 'completion_tokens', 'total_tokens'], behaviour.absurdUsage)
  return { do: 'raw', text: `${JSON.stringify(chunk).slice(0, -1)},"usage":${raw}}`, ...common }
}

const standardReasons = new Set(['stop', 'length', 'content_filter', 'tool_calls', 'function_call'])

function jsonOrRaw(
  value: object,
  isOdd: boolean,
  common: { tokens: number; isText: boolean },
): Step & { do: 'json' | 'raw' } {
  return isOdd ? { do: 'raw', text: JSON.stringify(value), ...common } : { do: 'json', value, ...common }
}

function metaStep(answer: Answer, behaviour: Behaviour): Step {
  const common = { tokens: 0, isText: false, marks: 'meta' as const }
  const raw = metaRawOf(behaviour)
  if (raw !== null) return { do: 'raw', text: `{"meta":{"usage":${raw}}}`, ...common }
  return { do: 'json', value: { meta: metaOf(answer, behaviour) }, ...common }
}

/** The raw `meta.usage` a behaviour asks for, or null. */
export function metaRawOf(behaviour: Behaviour): string | null {
  if (behaviour.metaRaw !== undefined) return behaviour.metaRaw
  return behaviour.absurdMeta === undefined ? null : absurdObject(['credits_used', 'usd_spent'], behaviour.absurdMeta)
}

function absurdObject(keys: string[], absurdity: Behaviour['absurdUsage']): string {
  const text = absurdity === undefined ? null : absurdText(absurdity)
  return text === null ? '{}' : `{${keys.map((key) => `"${key}":${text}`).join(',')}}`
}

function rawLine(text: string): Step {
  return { do: 'raw', text, tokens: 0, isText: false }
}

function failureChunk(answer: Answer, behaviour: Behaviour): Step {
  const error = {
    code: behaviour.error?.code ?? 'server_error',
    message: behaviour.error?.message ?? 'Provider disconnected unexpectedly',
  }
  const choices = [{ index: 0, delta: { content: '' }, finish_reason: 'error' }]
  const body = behaviour.error?.shape === 'bare' ? { error } : { id: answer.id, error, choices }
  return { do: 'raw', text: JSON.stringify(body), tokens: 0, isText: false, marks: 'failure' }
}

function chunkOf(answer: Answer, delta: object, finish: string | null = null): Record<string, unknown> {
  return {
    id: answer.id,
    object: 'chat.completion.chunk',
    created: answer.created,
    model: 'google/gemma-4-31b-it',
    system_fingerprint: 'imitation-for-tests',
    choices: [{ index: 0, delta, finish_reason: finish, native_finish_reason: finish }],
  }
}

function deltaOf(part: Part, behaviour: Behaviour): object {
  if (part.kind === 'content') return { content: part.text }
  const content = behaviour.contentNull === true ? null : ''
  const name = behaviour.reasoningAs ?? 'reasoning'
  const details = [{ type: 'reasoning.text', text: part.text }]
  return {
    role: 'assistant',
    content,
    ...(name === 'reasoning' || name === 'all' ? { reasoning: part.text } : {}),
    ...(name === 'reasoning_content' || name === 'all' ? { reasoning_content: part.text } : {}),
    ...(name === 'reasoning_details' || name === 'all' ? { reasoning_details: details } : {}),
  }
}

/** The chunk as it is, or as the raw text of a quirk. */
function quirked(chunk: Record<string, unknown>, behaviour: Behaviour, tokens: number, isText: boolean): Step {
  const common = { tokens, isText }
  let text = JSON.stringify(chunk)
  const plain = text
  if (behaviour.emptyFinishReasons === true) text = text.replaceAll('"finish_reason":null', '"finish_reason":""')
  if (behaviour.contentNull === true) text = text.replace('"content":""', '"content":null')
  if (behaviour.duplicateKeys === true) {
    const wrong = '{"choices":[{"index":0,"delta":{"content":"WRONG"},"finish_reason":"stop"}],"id":"wrong",'
    text = wrong + text.slice(1)
  }
  if (behaviour.protoKeys === true) {
    const bad = '{"__proto__":{"isPolluted":true},"constructor":{"prototype":{"isPolluted":true}},'
    text = (bad + text.slice(1)).replaceAll('"delta":{', '"delta":{"__proto__":{"isPolluted":true,"content":"WRONG"},')
  }
  if (behaviour.deepKeys !== undefined) {
    text = `{"deep":${'['.repeat(behaviour.deepKeys)}${']'.repeat(behaviour.deepKeys)},${text.slice(1)}`
  }
  const isPlain = text === plain && behaviour.contentNull !== true
  return isPlain ? { do: 'json', value: chunk, ...common } : { do: 'raw', text, ...common }
}
