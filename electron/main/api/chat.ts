import type { Failure } from '../../contract/errors.ts'
import { fail } from '../../contract/errors.ts'
import type { ApiClientDeps } from './client.ts'
import type { Chat, ChatEvent, ChatLimits, ChatOptions } from './events.ts'
import { openExchange } from './exchange.ts'
import { ownFailure } from './failures.ts'
import { createFollower } from './follower.ts'
import type { Follower } from './follower.ts'
import { requestBody } from './request-body.ts'
import type { ChatRequest } from './request.ts'
import { createWatchdog } from './watchdog.ts'
import type { Watchdog } from './watchdog.ts'

/** The limits of a request that sets none: see `ChatLimits`. */
const defaultLimits: ChatLimits = {
  firstEventMs: 120_000,
  warnMs: 30_000,
  idleMs: 90_000,
  totalMs: 1_800_000,
  drainMs: 1_000,
}

/** Makes the one function that buys a reply. What it promises is written at `Chat` and `ChatEvent`. */
export function createChat(deps: ApiClientDeps): Chat {
  return (request, options) => follow(deps, request, options)
}

async function* follow(deps: ApiClientDeps, request: ChatRequest, options: ChatOptions): AsyncGenerator<ChatEvent> {
  if (!/^[A-Za-z0-9._:-]{1,128}$/.test(options.attemptId)) throw fail('internal', { detail: 'not a request id' })
  const key = deps.key()
  const follower = createFollower({ key, now: deps.now, drainMs: limitsOf(options).drainMs })
  const refusal = options.signal.aborted ? null : refuse(key)
  if (options.signal.aborted || refusal !== null || key === null) {
    yield follower.refuse(refusal)
    return
  }
  yield* send(deps, request, options, key, follower)
}

async function* send(
  deps: ApiClientDeps,
  request: ChatRequest,
  options: ChatOptions,
  key: string,
  follower: Follower,
): AsyncGenerator<ChatEvent> {
  const body = requestBody(request)
  deps.onContact(new URL(deps.origin).host, 'chat')
  const exchange = openExchange(deps.dispatcher, {
    origin: deps.origin,
    path: '/v1/chat/completions',
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      accept: request.stream === true ? 'text/event-stream' : 'application/json',
      'accept-encoding': 'identity',
      'content-length': String(body.sizeBytes),
      'x-client-request-id': options.attemptId,
    },
    body: body.content,
  })
  const abort = (): void => {
    exchange.close()
    exchange.push({ type: 'aborted' })
  }
  const watchdog: Watchdog = createWatchdog({
    limits: limitsOf(options),
    now: deps.now,
    hasFirstLimit: request.stream === true,
    onDue: () => exchange.push({ type: 'due' }),
  })
  options.signal.addEventListener('abort', abort, { once: true })
  try {
    while (!follower.isOver()) {
      yield* follower.on(await exchange.take(), watchdog, exchange.wasSent())
    }
  } finally {
    watchdog.stop()
    options.signal.removeEventListener('abort', abort)
    exchange.close()
  }
  yield follower.ended(exchange.wasSent())
}

function limitsOf(options: ChatOptions): ChatLimits {
  return { ...defaultLimits, ...options.limits }
}

/** Why a request with this key must not leave at all. */
function refuse(key: string | null): Failure | null {
  if (key === null || key === '') return ownFailure('key.missing', 'none')
  const isSendable = /^[\x21-\x7e]+$/.test(key)
  return isSendable ? null : ownFailure('key.rejected', 'none', 'the key holds characters that a key cannot have')
}
