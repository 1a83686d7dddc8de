// Part of an imitation of the provider, for tests. Shares no code with the application.
import type { ServerResponse } from 'node:http'
import type { Behaviour, HttpFailure } from './behaviour.ts'
import { envelopeOf, portalPage } from './envelopes.ts'
import { imitationNotice, type House, type Ids, type SeenRequest } from './house.ts'
import type { Wire } from './wire.ts'

/** Headers of every answer; without ids where a behaviour leaves them out. */
export function baseHeaders(ids: Ids | null): Record<string, string> {
  return {
    'x-imitation': imitationNotice,
    ...(ids === null ? {} : { 'x-request-id': ids.requestId, 'x-inference-id': ids.inferenceId }),
    ...(ids?.clientRequestId ? { 'x-client-request-id': ids.clientRequestId } : {}),
    'access-control-expose-headers': 'x-inference-id, x-client-request-id, x-aimlapi-credits-used, x-aimlapi-usd-spent',
  }
}

/** Answers with a failure in its envelope. */
export function refuse(res: ServerResponse, seen: SeenRequest, ids: Ids, failure: HttpFailure): void {
  const { contentType, body } = envelopeOf(failure, { path: seen.path, requestId: ids.requestId })
  const wait = failure.retryAfter === undefined ? {} : { 'retry-after': `${failure.retryAfter}` }
  res.writeHead(failure.status, { ...baseHeaders(ids), 'content-type': contentType, ...wait })
  res.end(body)
}

const broken = new WeakSet<ServerResponse>()

/** Breaks a connection off from this side: with a reset, or with a plain end in the middle of the body. */
export function breakOff(res: ServerResponse, by: Behaviour['resetBy'] = 'rst'): void {
  broken.add(res)
  if (by === 'rst') res.socket?.resetAndDestroy()
  res.destroy()
}

/** Whether this side broke the connection off. */
export function isBrokenOff(res: ServerResponse): boolean {
  return broken.has(res)
}

/** What became of the answer: still owed, given, or cut off before it began. */
export type Instead = 'owed' | 'answered' | 'reset' | 'client-left'

/** Everything a behaviour may do before or instead of the real answer; works for every path. */
export async function answerInstead(
  house: House,
  seen: SeenRequest,
  ids: Ids,
  res: ServerResponse,
  wire: Wire,
  behaviour: Behaviour,
): Promise<Instead> {
  if (behaviour.headerDelayMs !== undefined && !(await wire.wait(behaviour.headerDelayMs))) return 'client-left'
  if (behaviour.resetBeforeHeaders === true) {
    breakOff(res, behaviour.resetBy)
    return 'reset'
  }
  if (behaviour.failure) {
    refuse(res, seen, ids, behaviour.failure)
    return 'answered'
  }
  if (behaviour.redirect) {
    const to = behaviour.redirect.to ?? `${house.elsewhere ?? 'http://127.0.0.1:9'}${seen.path}`
    res.writeHead(behaviour.redirect.status, { 'x-imitation': imitationNotice, location: to })
    res.end()
    return 'answered'
  }
  if (behaviour.portal === true) {
    res.writeHead(200, { 'content-type': behaviour.contentType ?? 'text/html; charset=utf-8' })
    res.end(portalPage)
    return 'answered'
  }
  if (behaviour.jsonError === true) {
    const failure = { status: 500, message: 'The upstream failed. (An imitation for tests.)' }
    const { body } = envelopeOf(failure, { path: seen.path, requestId: ids.requestId })
    res.writeHead(200, { ...baseHeaders(ids), 'content-type': behaviour.contentType ?? 'application/json' })
    res.end(body)
    return 'answered'
  }
  return 'owed'
}
