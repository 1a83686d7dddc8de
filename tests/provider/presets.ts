// Part of an imitation of the provider, for tests. Shares no code with the application.
import type { Behaviour, HttpFailure } from './behaviour.ts'

/** An HTTP failure with the documented envelope of its status. */
export function httpFailure(status: number, more: Omit<HttpFailure, 'status'> = {}): Behaviour {
  return { failure: { status, ...more } }
}

/** 403 with the provider's own spelling of the kind. */
export function outOfCredit(): Behaviour {
  return httpFailure(403, {
    kind: 'err_insufficent_credits',
    message: "You've run out of credits. Please top up your balance. (An imitation for tests.)",
  })
}

/** 403 for another reason: the key has no right to this. */
export function accessDenied(): Behaviour {
  return httpFailure(403, { message: 'This key is not allowed to use the model. (An imitation for tests.)' })
}

/** Silence after `after` chunks with text; with `keepAliveMs`, comments go on. It lasts until somebody closes. */
export function stall(after: number, keepAliveMs?: number): Behaviour {
  return { stallAfter: after, ...(keepAliveMs === undefined ? {} : { stallKeepAliveMs: keepAliveMs }) }
}

/** The body ends cleanly after `after` chunks with text, without a finish reason. */
export function cut(after: number): Behaviour {
  return { cutAfter: after }
}

/** The connection is reset after `after` chunks with text, or before the headers when left out. */
export function resetConnection(after?: number): Behaviour {
  return after === undefined ? { resetBeforeHeaders: true } : { resetAfter: after }
}

/** An error inside a 200 stream after `after` chunks with text. */
export function errorInStream(after: number, error: NonNullable<Behaviour['error']> = {}): Behaviour {
  return { errorAfter: after, error }
}

/** The cost arrives `ms` after `[DONE]`. */
export function lateMeta(ms: number): Behaviour {
  return { meta: 'after-done', metaDelayMs: ms }
}

/** A redirect to the second origin, or to a given address. */
export function redirectTo(status: 301 | 302 | 303 | 307 | 308, to?: string): Behaviour {
  return { redirect: to === undefined ? { status } : { status, to } }
}
