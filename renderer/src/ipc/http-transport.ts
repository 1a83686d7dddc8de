import type { Result } from '../../../electron/contract/errors.ts'
import type { ParleyEvent } from '../../../electron/contract/events.ts'
import { bytesType, framedCall, framedResult } from './byte-frame.ts'
import { markHeard, markSilent } from './liveness.ts'
import { unreachable, type Transport } from './transport.ts'

/** After a stream of events was refused, when to ask for a new one. */
const reopenMs = 1_500
/** The most a browser sends for a page that is going away. */
const keepaliveChars = 16_000

const tooLargeStatus = 413
const tooLarge: Result<unknown> = {
  ok: false,
  failure: { code: 'request.too-large', text: 'kept', money: 'not-charged' },
}

const silence = (): Result<unknown> => {
  markSilent()
  return { ok: false, failure: unreachable }
}

const isResult = (value: unknown): value is Result<unknown> =>
  typeof value === 'object' && value !== null && 'ok' in value && (value.ok === true || 'failure' in value)

/** The browser shell: calls are posted, events arrive on one stream that the browser reopens by itself. */
export function createHttpTransport(): Transport {
  const listeners = new Set<(event: ParleyEvent) => void>()
  const tell = (event: ParleyEvent) => {
    for (const listener of listeners) listener(event)
  }
  const opened = Promise.withResolvers<void>()
  let hasOpened = false

  function open(isReplacement: boolean) {
    const source = new EventSource('/events')
    source.addEventListener('open', () => {
      hasOpened = true
      markHeard()
      opened.resolve()
      // A stream made anew does not say what it saw last, so what happened in between is unknown.
      if (isReplacement) tell({ name: 'events.lost' })
    })
    source.addEventListener('message', (message: MessageEvent<string>) => {
      tell(JSON.parse(message.data) as ParleyEvent)
    })
    source.addEventListener('error', () => {
      markSilent()
      if (source.readyState === EventSource.CLOSED) setTimeout(() => open(hasOpened), reopenMs)
    })
  }
  open(false)

  return {
    async call(name, input) {
      const framed = framedCall(name, input)
      const body = framed ?? JSON.stringify({ name, input })
      const length = typeof body === 'string' ? body.length : body.size
      try {
        const response = await fetch('/call', {
          method: 'POST',
          headers: { 'content-type': framed ? bytesType : 'application/json' },
          body,
          keepalive: document.visibilityState === 'hidden' && length <= keepaliveChars,
        })
        if (response.status === tooLargeStatus) return tooLarge
        const isFramed = response.headers.get('content-type') === bytesType
        const result: unknown = isFramed ? framedResult(await response.arrayBuffer()) : await response.json()
        return isResult(result) ? result : silence()
      } catch {
        return silence()
      }
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    whenOpen: opened.promise,
  }
}
