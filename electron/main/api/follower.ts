import type { Failure } from '../../contract/errors.ts'
import { readHeaderBill } from './bill.ts'
import type { ChatEvent, ChatOutcome } from './events.ts'
import type { Incident } from './exchange.ts'
import { failureOfAnswer, failureOfError, mayRetryStatus, ownFailure } from './failures.ts'
import { readHeaders } from './headers.ts'
import type { ResponseHeaders } from './headers.ts'
import { createReading } from './reading.ts'
import type { Piece, Reading } from './reading.ts'
import type { Alarm, Watchdog } from './watchdog.ts'

/** The most of an error's body that is read, and for how long. */
const mostErrorBytes = 64 * 1024
const errorBodyMs = 5_000
const queuedEveryMs = 1_000
/** How long the end of a body may take when everything has been said. */
const closingMs = 150

/** Turns what happens on the wire into what the caller is told, and knows how it ended. */
export interface Follower {
  on: (incident: Incident, watchdog: Watchdog, wasSent: boolean) => ChatEvent[]
  isOver: () => boolean
  ended: (wasSent: boolean) => ChatEvent
  /** The end of a request that never began; `null`: it was aborted before. */
  refuse: (failure: Failure | null) => ChatEvent
}

export interface FollowerDeps {
  key: string | null
  now: () => number
  drainMs: number
}

/** Starts following one request; its clock begins now. */
export function createFollower({ key, now, drainMs }: FollowerDeps): Follower {
  const startMs = now()
  let head: { status: number; headers: ResponseHeaders } | null = null
  let reading: Reading | null = null
  let errorBody: Uint8Array[] = []
  let failure: Failure | null = null
  let isOver = false
  let isAborted = false
  let firstByteMs: number | null = null
  let firstTokenMs: number | null = null
  let queuedMs = Number.NEGATIVE_INFINITY

  function on(incident: Incident, watchdog: Watchdog, wasSent: boolean): ChatEvent[] {
    switch (incident.type) {
      case 'head':
        return opened(incident.status, readHeaders(incident.headers), watchdog)
      case 'bytes':
        return reading === null ? collect(incident.bytes) : read(reading, incident.bytes, watchdog)
      case 'end':
        return finish(null)
      case 'fault':
        return finish(isWhole() ? null : failureOfError(incident.error, { wasSent, hasAnswered: head !== null, key }))
      case 'aborted':
        isAborted = true
        return finish(null)
      case 'due':
        return due(watchdog.look(), watchdog, wasSent)
    }
  }

  function opened(status: number, headers: ResponseHeaders, watchdog: Watchdog): ChatEvent[] {
    head = { status, headers }
    firstByteMs = since()
    const said: ChatEvent = { type: 'opened', status, inferenceId: headers.inferenceId, requestId: headers.requestId }
    if (status >= 300 && status < 400) return [said, ...finish(redirected(status))]
    if (status >= 300) watchdog.settle(errorBodyMs)
    else if (isEncoded(headers)) return [said, ...finish(ownFailure('reply.unreadable', 'unknown', 'it is compressed'))]
    else reading = createReading(headers.contentType, key)
    return [said]
  }

  function collect(bytes: Uint8Array): ChatEvent[] {
    errorBody.push(bytes)
    const size = errorBody.reduce((sum, each) => sum + each.byteLength, 0)
    return size > mostErrorBytes ? finish(null) : []
  }

  function read(body: Reading, bytes: Uint8Array, watchdog: Watchdog): ChatEvent[] {
    const pieces = body.feed(bytes)
    if (pieces.some((piece) => piece.type === 'data') || body.isDocument()) watchdog.sawData()
    const events = pieces.flatMap(tell)
    if (body.fault() !== null) return [...events, ...finish(null)]
    if (!isWhole()) return events
    const { isDone, credits, usage } = body.reply
    // A late usage or bill may follow the finish, even `[DONE]`. With both known only the end of the body is waited for: to
    // hang up on it could count as a request that was cut.
    const isSettled = isDone && credits !== null && usage !== null
    watchdog.settle(isSettled ? Math.min(drainMs, closingMs) : drainMs)
    return events
  }

  /** Whether the reply itself has ended, so that only its bill can still come. */
  function isWhole(): boolean {
    return reading !== null && (reading.reply.finishReason !== null || reading.reply.isDone)
  }

  function tell(piece: Piece): ChatEvent[] {
    if (piece.type === 'data') {
      if (piece.content !== '' || piece.reasoning !== '') firstTokenMs ??= since()
      return [{ type: 'chunk', raw: piece.raw, content: piece.content, reasoning: piece.reasoning }]
    }
    if (now() - queuedMs < queuedEveryMs) return []
    queuedMs = now()
    return [{ type: 'queued' }]
  }

  function due(alarm: Alarm | null, watchdog: Watchdog, wasSent: boolean): ChatEvent[] {
    if (alarm === null) return []
    if (alarm.type === 'waiting') return [{ type: 'waiting', idleMs: alarm.idleMs }]
    watchdog.stop()
    if (alarm.limit === 'over') return finish(null)
    const code = { 'first-event': 'network.timeout', idle: 'reply.stalled', total: 'reply.too-long' } as const
    return finish(ownFailure(code[alarm.limit], wasSent ? 'unknown' : 'not-charged'))
  }

  /** Ends the request. `cause`: what cut it, where it was not its own end. */
  function finish(cause: Failure | null): ChatEvent[] {
    isOver = true
    const events = (reading?.end() ?? []).flatMap(tell)
    failure = isAborted ? null : (cause ?? answerFailure() ?? reading?.verdict() ?? null)
    return events
  }

  function answerFailure(): Failure | null {
    if (head === null) return ownFailure('network.reset', 'unknown')
    if (reading !== null) return null
    const { status, headers } = head
    const body = new TextDecoder().decode(Buffer.concat(errorBody).subarray(0, mostErrorBytes))
    errorBody = []
    return failureOfAnswer({ status, header: headers.get, body, key, nowMs: now() })
  }

  function outcome(wasSent: boolean): ChatOutcome {
    const reply = reading?.reply
    const header = head === null ? null : headerBill(head.headers)
    const credits = reply?.credits ?? header
    const mayRetry = failure !== null && ((head !== null && mayRetryStatus(head.status)) || !wasSent)
    return {
      finishReason: reply?.finishReason ?? null,
      nativeFinishReason: reply?.nativeFinishReason ?? null,
      isAborted,
      failure: failure !== null && credits !== null ? { ...failure, money: 'charged' } : failure,
      mayRetry,
      wasSent,
      usage: reply?.usage ?? null,
      credits,
      creditsSource: credits === null ? null : reply?.credits === credits ? 'billed' : 'header',
      model: reply?.model ?? null,
      providerId: reply?.id ?? null,
      refusal: reply?.refusal ?? null,
      annotations: reply?.annotations ?? [],
      toolCalls: reply?.toolCalls ?? [],
      hasLogprobs: reply?.hasLogprobs ?? false,
      inferenceId: head?.headers.inferenceId ?? null,
      requestId: head?.headers.requestId ?? null,
      status: head?.status ?? null,
      firstByteMs,
      firstTokenMs,
      totalMs: since(),
    }
  }

  const since = (): number => Math.max(0, now() - startMs)

  return {
    on,
    isOver: () => isOver,
    ended: (wasSent) => ({ type: 'ended', outcome: outcome(wasSent) }),
    refuse(refusal) {
      failure = refusal
      isAborted = refusal === null
      return { type: 'ended', outcome: { ...outcome(false), mayRetry: false } }
    },
  }
}

function headerBill(headers: ResponseHeaders): number | null {
  return readHeaderBill(headers.get('x-aimlapi-credits-used'), headers.get('x-aimlapi-usd-spent'))
}

function redirected(status: number): Failure {
  return { ...ownFailure('network.redirect', 'not-charged', 'a redirect is never followed with the key'), status }
}

function isEncoded(headers: ResponseHeaders): boolean {
  const encoding = headers.get('content-encoding')
  return encoding !== null && encoding.toLowerCase() !== 'identity'
}
