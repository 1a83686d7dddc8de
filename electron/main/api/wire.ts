import type { Credits } from '../../contract/money.ts'
import type { Usage } from '../../contract/price.ts'
import { readBill } from './bill.ts'

/** More tokens than any context holds: a larger count is a fault of the wire. */
const mostTokens = 100_000_000
const longestName = 200
/** Only events of ordinary length are read a second time without their NaN. */
const longestPatched = 1024 * 1024

export type JsonObject = Record<string, unknown>

/** The three names reasoning comes under. They repeat each other: one of them is used. */
export const reasoningNames = ['reasoning', 'reasoning_content', 'reasoning_details'] as const
export type ReasoningName = (typeof reasoningNames)[number]

/** What one piece of a reply adds. */
export interface WirePiece {
  content: string
  reasoning: Record<ReasoningName, string>
  refusal: string
  annotations: unknown[]
  toolCalls: unknown[]
}

/** An error inside a reply. */
export interface WireError {
  message: string
  /** The words by which its kind is told: code, name, kind. */
  marks: string
  status: number | null
}

/** One data event, or the body of a reply that is not streamed. What is absent or not sane is `null`. */
export interface WireReply {
  id: string | null
  model: string | null
  delta: WirePiece | null
  /** The whole message of a reply that is not streamed. */
  message: WirePiece | null
  hasChoices: boolean
  finishReason: string | null
  nativeFinishReason: string | null
  hasLogprobs: boolean
  usage: Usage | null
  credits: Credits | null
  error: WireError | null
}

/** JSON as an object; `null` for anything else. Bare `NaN` and `Infinity`, which some servers write, read as null. */
export function readJson(text: string): JsonObject | null {
  return asObject(parse(text) ?? parse(withoutNaN(text)))
}

/** Reads one piece of a reply. Nothing in it is trusted: wrong types, negative or absurd numbers count as absent. */
export function readReply(body: JsonObject): WireReply {
  const choices = asArray(own(body, 'choices'))
  const choice = firstChoice(choices)
  return {
    id: name(own(body, 'id')),
    model: name(own(body, 'model')),
    delta: readPiece(asObject(own(choice, 'delta'))),
    message: readPiece(asObject(own(choice, 'message'))),
    hasChoices: choices.length > 0,
    finishReason: name(own(choice, 'finish_reason')),
    nativeFinishReason: name(own(choice, 'native_finish_reason')),
    hasLogprobs: asObject(own(choice, 'logprobs')) !== null,
    usage: readUsage(asObject(own(body, 'usage'))),
    credits: readMeta(body),
    error: readError(body) ?? (choice === null ? null : readError(choice)),
  }
}

/** An own property of an object that came from outside; never one it inherits. */
export function own(object: JsonObject | null, key: string): unknown {
  return object !== null && Object.hasOwn(object, key) ? object[key] : undefined
}

export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

export function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** A short, non-empty string such as an id; `null` otherwise. */
export function name(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= longestName ? value.toWellFormed() : null
}

/** A whole number of tokens; `null` for anything that cannot be one. */
export function tokens(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= mostTokens
    ? (value as number)
    : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function withoutNaN(text: string): string {
  if (text.length > longestPatched || !/NaN|Infinity/.test(text)) return ''
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/g, (found) =>
    found.startsWith('"') ? found : 'null',
  )
}

function firstChoice(choices: unknown[]): JsonObject | null {
  const objects = choices.map(asObject)
  return objects.find((choice) => choice !== null && (own(choice, 'index') ?? 0) === 0) ?? null
}

function readPiece(piece: JsonObject | null): WirePiece | null {
  if (piece === null) return null
  return {
    content: plainText(own(piece, 'content')),
    reasoning: {
      reasoning: plainText(own(piece, 'reasoning')),
      reasoning_content: plainText(own(piece, 'reasoning_content')),
      reasoning_details: asArray(own(piece, 'reasoning_details')).map(readDetail).join(''),
    },
    refusal: plainText(own(piece, 'refusal')),
    annotations: asArray(own(piece, 'annotations')),
    toolCalls: asArray(own(piece, 'tool_calls')),
  }
}

function readDetail(value: unknown): string {
  const detail = asObject(value)
  return plainText(own(detail, 'text')) || plainText(own(detail, 'summary'))
}

/** Text, or the text of content parts. */
function plainText(value: unknown): string {
  if (typeof value === 'string') return value
  return asArray(value)
    .map((part) => own(asObject(part), 'text'))
    .filter((part) => typeof part === 'string')
    .join('')
}

function readUsage(usage: JsonObject | null): Usage | null {
  if (usage === null) return null
  const read: Usage = {
    promptTokens: tokens(own(usage, 'prompt_tokens')),
    completionTokens: tokens(own(usage, 'completion_tokens')),
    reasoningTokens: tokens(own(asObject(own(usage, 'completion_tokens_details')), 'reasoning_tokens')),
    cachedTokens: tokens(own(asObject(own(usage, 'prompt_tokens_details')), 'cached_tokens')),
  }
  return Object.values(read).every((count) => count === null) ? null : read
}

function readMeta(body: JsonObject): Credits | null {
  const usage = asObject(own(asObject(own(body, 'meta')), 'usage'))
  return readBill(own(usage, 'credits_used'), own(usage, 'usd_spent'))
}

/** The error inside a reply: `error` as an object or a text, or the older envelope with a status of its own. */
function readError(body: JsonObject): WireError | null {
  const error = own(body, 'error')
  const said = readSaid(body)
  const isError = asObject(error) !== null || (typeof error === 'string' && error !== '')
  return isError || (said.status !== null && own(body, 'message') !== undefined) ? said : null
}

/** What a body that is known to be an error says, in any of the documented envelopes. */
export function readSaid(body: JsonObject): WireError {
  const raw = own(body, 'error')
  const error = asObject(raw)
  const code = own(error, 'code')
  const said = [own(body, 'message'), own(error, 'message'), raw, own(body, 'title')].map(sentence)
  const kind = own(asObject(own(error, 'data')), 'kind')
  const marks = [code, own(error, 'name'), own(error, 'type'), kind].filter((mark) => typeof mark === 'string')
  return {
    message: said.find((words) => words !== '') ?? '',
    marks: marks.join(' ').slice(0, 400),
    status: httpStatus(own(body, 'status')) ?? httpStatus(own(body, 'statusCode')) ?? httpStatus(code),
  }
}

function sentence(value: unknown): string {
  if (Array.isArray(value)) return value.filter((part) => typeof part === 'string').join('; ')
  return typeof value === 'string' ? value : ''
}

function httpStatus(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value
  return Number.isInteger(number) && (number as number) >= 400 && (number as number) <= 599 ? (number as number) : null
}
