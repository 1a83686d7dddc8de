import type { Failure } from '../../contract/errors.ts'
import type { Credits } from '../../contract/money.ts'
import type { Usage } from '../../contract/price.ts'
import type { ChatRequest } from './request.ts'

/** Time limits of one request, in milliseconds. Only data events count against the first three, comments do not. */
export interface ChatLimits {
  /** Until the first data event: 120,000. */
  firstEventMs: number
  /** Silence between data events after which `waiting` is said: 30,000. */
  warnMs: number
  /** Silence between data events after which the reply counts as stalled: 90,000. */
  idleMs: number
  /** The whole request: 1,800,000. */
  totalMs: number
  /** How long to wait after the finish for a late usage or bill: 1,000. */
  drainMs: number
}

export interface ChatOptions {
  /** Sent as `X-Client-Request-Id`, one per physical request. */
  attemptId: string
  /** Closes the socket at once; the outcome then says `isAborted`. */
  signal: AbortSignal
  limits?: Partial<ChatLimits>
}

/** How one request ended and everything the reply said beside its text. Times are milliseconds since the request began. */
export interface ChatOutcome {
  /** As the provider said it; `null`: it never did. */
  finishReason: string | null
  nativeFinishReason: string | null
  isAborted: boolean
  /** `null`: the reply is whole. `text` is always `kept`; the caller knows better whether there is any. */
  failure: Failure | null
  /** True only for a 429 or 503 answer, or when provably no byte of the request left. */
  mayRetry: boolean
  /** False: provably no byte of the request left, so nothing can have been charged. */
  wasSent: boolean
  usage: Usage | null
  /** Whole credits the provider billed; `null`: it said nothing that can be trusted. Never a computed number. */
  credits: Credits | null
  /** `billed`: in the reply's `meta`; `header`: in the response headers. */
  creditsSource: 'billed' | 'header' | null
  model: string | null
  /** The `id` inside the reply. */
  providerId: string | null
  refusal: string | null
  annotations: unknown[]
  /** Tool calls the model made unasked, as they came; kept for the inspector. */
  toolCalls: unknown[]
  hasLogprobs: boolean
  inferenceId: string | null
  requestId: string | null
  /** HTTP status; `null`: no answer came. */
  status: number | null
  firstByteMs: number | null
  firstTokenMs: number | null
  totalMs: number
}

/**
 * What happens during one request, in order: `opened` (absent when no answer came), any of the others, then `ended`
 * last, always, exactly once.
 */
export type ChatEvent =
  | { type: 'opened'; status: number; inferenceId: string | null; requestId: string | null }
  /** The provider said it is still queued (a comment); at most once a second. */
  | { type: 'queued' }
  | { type: 'waiting'; idleMs: number }
  /**
   * One data event. `raw` is its exact data; `content` and `reasoning` are what it adds, possibly empty, and never end
   * inside a surrogate pair. The last chunk may have an empty `raw`: text that was held back until the end.
   */
  | { type: 'chunk'; raw: string; content: string; reasoning: string }
  | { type: 'ended'; outcome: ChatOutcome }

/**
 * Sends one request and follows its reply. Expected faults are in the outcome, never thrown. Nothing is sent before the
 * iteration begins; leaving the iteration early closes the socket.
 */
export type Chat = (request: ChatRequest, options: ChatOptions) => AsyncIterable<ChatEvent>
