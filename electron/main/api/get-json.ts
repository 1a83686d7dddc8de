import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { FailureError, fail } from '../../contract/errors.ts'
import type { Failure } from '../../contract/errors.ts'
import { openExchange } from './exchange.ts'
import { failureOfAnswer, failureOfError } from './failures.ts'
import { readHeaders } from './headers.ts'
import type { ResponseHeaders } from './headers.ts'
import { readJson } from './wire.ts'
import type { JsonObject } from './wire.ts'

/** How long one look-up may take, and how much it may bring. */
const timeoutMs = 20_000
const mostBytes = 8 * 1024 * 1024

export interface GetDeps {
  origin: string
  dispatcher: Dispatcher
  now: () => number
  onContact: (host: string, purpose: string) => void
}

export interface GetRequest {
  path: string
  purpose: string
  /** Sent only where the endpoint needs it; `null`: it needs none. */
  key: string | null
  etag?: string
}

/** A JSON answer, or word that nothing has changed since the given ETag. */
export type GetAnswer =
  | { isUnchanged: true }
  | { isUnchanged: false; body: JsonObject; raw: string; headers: ResponseHeaders }

/**
 * Reads one JSON object. Throws a `FailureError` (text `none`, money `none`) for everything else: another status, a redirect
 * (never followed), a network fault, more than 8 MiB, 20 s. Nothing is tried twice.
 */
export async function getJson(deps: GetDeps, request: GetRequest): Promise<GetAnswer> {
  deps.onContact(new URL(deps.origin).host, request.purpose)
  const exchange = openExchange(deps.dispatcher, {
    origin: deps.origin,
    path: request.path,
    method: 'GET',
    headers: {
      accept: 'application/json',
      'accept-encoding': 'identity',
      ...(request.key === null ? {} : { authorization: `Bearer ${request.key}` }),
      ...(request.etag === undefined ? {} : { 'if-none-match': request.etag }),
    },
    body: null,
  })
  const timer = setTimeout(() => exchange.push({ type: 'due' }), timeoutMs)
  const parts: Uint8Array[] = []
  let head: { status: number; headers: IncomingHttpHeaders } | null = null
  let size = 0
  try {
    for (;;) {
      const incident = await exchange.take()
      if (incident.type === 'head') head = incident
      if (incident.type === 'bytes') size += keep(parts, incident.bytes)
      if (size > mostBytes) throw fail('reply.unreadable', { detail: 'the answer is larger than 8 MiB' })
      if (incident.type === 'due') throw fail('network.timeout')
      if (incident.type === 'fault') throw quiet(failureOfError(incident.error, { ...nothingSent, key: request.key }))
      if (incident.type === 'end' && head !== null) {
        return readAnswer(head.status, readHeaders(head.headers), Buffer.concat(parts), request.key, deps.now())
      }
    }
  } finally {
    clearTimeout(timer)
    exchange.close()
  }
}

/** A look-up is no purchase: whether it left makes no difference. */
const nothingSent = { wasSent: false, hasAnswered: false }

function keep(parts: Uint8Array[], bytes: Uint8Array): number {
  parts.push(bytes)
  return bytes.byteLength
}

function readAnswer(
  status: number,
  headers: ResponseHeaders,
  bytes: Uint8Array,
  key: string | null,
  nowMs: number,
): GetAnswer {
  if (status === 304) return { isUnchanged: true }
  const raw = new TextDecoder().decode(bytes)
  if (status < 200 || status >= 300) {
    throw quiet(failureOfAnswer({ status, header: headers.get, body: raw, key, nowMs }))
  }
  const body = readJson(raw)
  if (body === null) throw fail('reply.unreadable', { detail: 'the answer is not JSON', status })
  return { isUnchanged: false, body, raw, headers }
}

/** A look-up has no text and costs nothing. */
function quiet(failure: Failure): FailureError {
  return new FailureError({ ...failure, text: 'none', money: 'none' })
}
