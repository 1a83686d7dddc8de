import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'

/** Bytes that may wait to be taken before the socket is paused. */
const mostWaitingBytes = 1024 * 1024

/** What happens on the wire, in order. */
export type Incident =
  | { type: 'head'; status: number; headers: IncomingHttpHeaders }
  | { type: 'bytes'; bytes: Uint8Array }
  | { type: 'end' }
  | { type: 'fault'; error: unknown }
  /** A time limit may have been reached. */
  | { type: 'due' }
  | { type: 'aborted' }

export interface ExchangeRequest {
  origin: string
  path: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  /** One that comes in pieces has its `content-length` among the headers. */
  body: Uint8Array | AsyncIterable<Uint8Array> | null
}

/** One request on the wire, with what happens to it as a queue. */
export interface Exchange {
  /** The next incident; waits for it. */
  take: () => Promise<Incident>
  /** Adds an incident from outside the wire. */
  push: (incident: Incident) => void
  /** Whether a byte of the request may have left. Exact: it is set in the moment before the first byte is written. */
  wasSent: () => boolean
  /** Closes the socket now, whoever is listening. Calling it twice does nothing more. */
  close: () => void
}

/**
 * Sends a request and queues what comes back. Redirects are answers like any other; nothing is retried and nothing is
 * decompressed. Has no time limits of its own. When nobody takes, the socket is paused after 1 MiB.
 */
export function openExchange(dispatcher: Dispatcher, request: ExchangeRequest): Exchange {
  const queue: Incident[] = []
  let wake: (() => void) | null = null
  let controller: Dispatcher.DispatchController | null = null
  let isClosed = false
  let wasSent = false
  let waitingBytes = 0

  function push(incident: Incident): void {
    queue.push(incident)
    wake?.()
  }

  function pushUnlessClosed(incident: Incident): void {
    if (!isClosed) push(incident)
  }

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(started) {
      controller = started
      if (isClosed) started.abort(new Error('closed'))
      else wasSent = true
    },
    onResponseStart(_controller, status, headers) {
      if (status >= 200) pushUnlessClosed({ type: 'head', status, headers })
    },
    onResponseData(started, bytes) {
      waitingBytes += bytes.byteLength
      if (waitingBytes > mostWaitingBytes) started.pause()
      pushUnlessClosed({ type: 'bytes', bytes })
    },
    onResponseEnd: () => pushUnlessClosed({ type: 'end' }),
    onResponseError: (_controller, error) => pushUnlessClosed({ type: 'fault', error }),
  }

  try {
    // The watchdog of the caller is the only clock: a reply may rightly take half an hour.
    const body =
      request.body === null || request.body instanceof Uint8Array
        ? request.body
        : Readable.from(request.body, { objectMode: false })
    dispatcher.dispatch({ ...request, body, headersTimeout: 0, bodyTimeout: 0 }, handler)
  } catch (error) {
    push({ type: 'fault', error })
  }

  return {
    async take() {
      while (queue.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        wake = null
      }
      const incident = queue.shift() as Incident
      if (incident.type === 'bytes') {
        waitingBytes -= incident.bytes.byteLength
        if (waitingBytes <= mostWaitingBytes && controller?.paused === true) controller.resume()
      }
      return incident
    },
    push,
    wasSent: () => wasSent,
    close() {
      if (isClosed) return
      isClosed = true
      controller?.abort(new Error('closed'))
    },
  }
}
