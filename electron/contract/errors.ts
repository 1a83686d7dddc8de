import type { DocumentRefusal } from './attachment.ts'
import type { BudgetRefusal } from './budget.ts'
import type { AttachmentId } from './ids.ts'

/** Every way a call or a turn can fail. Titles and sentences live in `strings/en.ts`, one entry per code. */
export const failureCodes = [
  'input.invalid',
  'route.unknown',
  'caller.refused',
  'app.unreachable',
  'internal',
  'request.parameter',
  'key.missing',
  'key.rejected',
  'keychain.unavailable',
  'keychain.locked',
  'keychain.timeout',
  'balance.empty',
  'access.denied',
  'model.not-found',
  'request.refused',
  'request.too-large',
  'rate.limited',
  'provider.failed',
  'network.unreachable',
  'network.tls',
  'network.proxy',
  'network.reset',
  'network.timeout',
  'network.redirect',
  'reply.not-a-stream',
  'reply.unreadable',
  'reply.stalled',
  'reply.ended-early',
  'reply.interrupted',
  'reply.error',
  'reply.too-long',
  'store.full',
  'store.read-only',
  'store.damaged',
  'store.future',
  'store.busy',
  'conversation.not-found',
  'message.not-found',
  'turn.running',
  'turn.not-running',
  'turn.not-possible',
  'link.refused',
  'confirm.declined',
  'backup.not-found',
  'recovery.failed',
  'budget.exceeded',
  'budget.unpriced',
  'budget.unmeasured',
  'document.refused',
  'document.not-found',
  'document.not-in-order',
  'document.too-many-uploads',
  'context.exceeded',
] as const

export type FailureCode = (typeof failureCodes)[number]

/** What happened to the text involved: all kept, kept as far as it came, or (never silently) not kept. */
export type TextFate = 'kept' | 'partly-kept' | 'not-kept' | 'none'

/** What happened to the money involved. `unknown` means: looked up in the provider's log later. */
export type MoneyFate = 'not-charged' | 'charged' | 'unknown' | 'none'

/** A prompt that does not fit into the context window. */
export interface ContextOverflow {
  promptTokens: number
  contextTokens: number
  /** Leaving out earlier messages would be enough; `spend.fit` proposes which. */
  canLeaveOut: boolean
  /** Its attachments, the dearest first: each can be sent in another mode, or not at all. */
  attachments: { attachmentId: AttachmentId; name: string; tokens: number }[]
}

/** An error as data: what crosses a process boundary, and what is stored with a message. */
export interface Failure {
  code: FailureCode
  text: TextFate
  money: MoneyFate
  /** What the provider or the system said, one line, safe to show. Never holds a key. */
  detail?: string
  /** HTTP status, where there was one. */
  status?: number
  /** For `request.parameter` and `input.invalid`: the field, its range, the value given. */
  field?: string
  range?: string
  value?: string
  /** How long the provider asks to wait. */
  retryAfterMs?: number
  /** For `budget.exceeded`: every budget that this did not fit into, the one passed by most first. */
  budgets?: BudgetRefusal[]
  /** For `document.refused`: which file, why, and the limit. */
  refusal?: DocumentRefusal
  /** For `context.exceeded`: how much too long the prompt is, and what could be sent less of. */
  overflow?: ContextOverflow
  /** For `request.too-large` before sending: what was to be sent and what may be, in bytes. */
  size?: { givenBytes: number; limitBytes: number }
}

export type Result<Value> = { ok: true; value: Value } | { ok: false; failure: Failure }

/** An error inside a process that knows its failure. Thrown inside, turned into data at the border. */
export class FailureError extends Error {
  readonly failure: Failure

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.detail ? `${failure.code}: ${failure.detail}` : failure.code, options)
    this.name = 'FailureError'
    this.failure = failure
  }
}

/** A failure with nothing at stake unless said otherwise. */
export function fail(code: FailureCode, more: Partial<Failure> = {}): FailureError {
  return new FailureError({ code, text: 'none', money: 'none', ...more })
}
