// Part of an imitation of the provider, for tests. Shares no code with the application.
import type { Language } from './prose.ts'

/** Under which of the three names a chunk carries its thoughts; `all` repeats them under each. */
export type ReasoningName = 'reasoning' | 'reasoning_content' | 'reasoning_details' | 'all'

/** A number that makes no sense: raw `NaN`, below zero, 1e300, in quotes, null, an object, not whole, or left out. */
export type Absurdity = 'nan' | 'negative' | 'huge' | 'string' | 'null' | 'object' | 'fraction' | 'missing'

/** What an interrupted stream costs: what was generated so far (and the whole prompt), nothing, or all of it. */
export type BillingPolicy = 'billGenerated' | 'billNothing' | 'billFull'

/** An HTTP failure. `message` may be a list; `envelope` chooses the documented body, an older one, or something else. */
export interface HttpFailure {
  status: number
  message?: string | string[]
  name?: string
  kind?: string
  retryAfter?: number | string
  envelope?: 'problem' | 'older' | 'html' | 'text' | 'empty'
}

/**
 * What the imitation does with one request. Plain data, every field optional, so behaviours compose by spreading and
 * can be sent to another process. Counts named `…After` are chunks with text in them; 0 is after the headers only.
 */
export interface Behaviour {
  // What is said.
  text?: string
  tokens?: number
  language?: Language
  seed?: number
  tokensPerChunk?: number
  reasoning?: string
  reasoningAs?: ReasoningName
  finishReason?: string
  /** Said with the end: a refusal, and what a search adds to a text. */
  refusal?: string
  annotations?: readonly object[]
  leak?: 'thought' | 'channel'

  // When. `headerDelayMs` is before the headers, `firstDelayMs` before the first event, `delayMs` between chunks.
  headerDelayMs?: number
  firstDelayMs?: number
  delayMs?: number
  keepAlives?: number
  keepAliveMs?: number

  // What interrupts it. A stall lasts until somebody closes unless `stallMs`; a hold lasts until `release()`.
  stallAfter?: number
  stallMs?: number
  stallKeepAliveMs?: number
  holdAfter?: number
  cutAfter?: number
  resetAfter?: number
  resetBeforeHeaders?: boolean
  resetBy?: 'rst' | 'fin'
  errorAfter?: number
  error?: { code?: string | number; message?: string; shape?: 'with-choices' | 'bare' }
  billing?: BillingPolicy

  // Usage and cost.
  usage?: 'always' | 'when-asked' | 'absent'
  usageIn?: 'own-chunk' | 'finish-chunk'
  usageRaw?: string
  absurdUsage?: Absurdity
  meta?: 'final' | 'with-usage' | 'after-done' | 'absent'
  metaDelayMs?: number
  metaWithoutUsd?: boolean
  metaExtras?: boolean
  metaRaw?: string
  absurdMeta?: Absurdity

  // The shape of the bytes. `splitAt` are byte positions in the whole body, where one write ends and the next begins.
  contentType?: string
  omitIds?: boolean
  lineEnd?: '\n' | '\r\n' | '\r'
  bom?: boolean
  ending?: 'blank-line' | 'newline' | 'nothing'
  noDone?: boolean
  noRoleChunk?: boolean
  eventName?: string
  emptyFinishReasons?: boolean
  secondFinish?: boolean
  contentNull?: boolean
  splitSurrogates?: boolean
  duplicateKeys?: boolean
  protoKeys?: boolean
  deepKeys?: number
  hugeLineBytes?: number
  hugeLineAfter?: number
  splitAt?: number[]
  bytesPerWrite?: number
  writeGapMs?: number

  // Instead of a stream. A recorded body (by its name in recorded.ts) costs nothing in the books.
  failure?: HttpFailure
  redirect?: { status: 301 | 302 | 303 | 307 | 308; to?: string }
  portal?: boolean
  jsonCompletion?: boolean
  jsonError?: boolean
  recorded?: string
}

const known: Record<keyof Behaviour, true> = {
  text: true,
  tokens: true,
  language: true,
  seed: true,
  tokensPerChunk: true,
  reasoning: true,
  reasoningAs: true,
  finishReason: true,
  refusal: true,
  annotations: true,
  leak: true,
  headerDelayMs: true,
  firstDelayMs: true,
  delayMs: true,
  keepAlives: true,
  keepAliveMs: true,
  stallAfter: true,
  stallMs: true,
  stallKeepAliveMs: true,
  holdAfter: true,
  cutAfter: true,
  resetAfter: true,
  resetBeforeHeaders: true,
  resetBy: true,
  errorAfter: true,
  error: true,
  billing: true,
  usage: true,
  usageIn: true,
  usageRaw: true,
  absurdUsage: true,
  meta: true,
  metaDelayMs: true,
  metaWithoutUsd: true,
  metaExtras: true,
  metaRaw: true,
  absurdMeta: true,
  contentType: true,
  omitIds: true,
  lineEnd: true,
  bom: true,
  ending: true,
  noDone: true,
  noRoleChunk: true,
  eventName: true,
  emptyFinishReasons: true,
  secondFinish: true,
  contentNull: true,
  splitSurrogates: true,
  duplicateKeys: true,
  protoKeys: true,
  deepKeys: true,
  hugeLineBytes: true,
  hugeLineAfter: true,
  splitAt: true,
  bytesPerWrite: true,
  writeGapMs: true,
  failure: true,
  redirect: true,
  portal: true,
  jsonCompletion: true,
  jsonError: true,
  recorded: true,
}

/** The same value as a behaviour. Throws on a key it does not know, so that a misspelt one is seen. */
export function readBehaviour(value: unknown): Behaviour {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('A behaviour is an object.')
  const stranger = Object.keys(value).find((key) => !Object.hasOwn(known, key))
  if (stranger !== undefined) throw new Error(`The imitation knows no behaviour «${stranger}».`)
  return value as Behaviour
}
