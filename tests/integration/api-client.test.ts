import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { FailureError } from '../../electron/contract/errors.ts'
import { createApiClient } from '../../electron/main/api/client.ts'
import { createDispatcher } from '../../electron/main/api/dispatcher.ts'
import type { ChatEvent, ChatLimits, ChatOutcome } from '../../electron/main/api/events.ts'
import { model } from '../../electron/main/core/origin.ts'
import { parseChatRequest } from '../../electron/main/api/request.ts'
import { httpFailure, lateMeta, outOfCredit, resetConnection } from '../provider/presets.ts'
import { startProvider } from '../provider/server.ts'
import type { Provider } from '../provider/server.ts'

const key = 'test-canary-7f3a9c51'
const dispatcher = createDispatcher({
  proxy: 'none',
  environment: {},
  resolveProxy: async () => 'DIRECT',
  certificates: [],
})
const contacts: string[] = []
let provider: Provider
let attempt = 0

beforeAll(async () => {
  provider = await startProvider({ hasElsewhere: true })
})
afterEach(() => {
  expect(provider.faults).toEqual([])
  provider.reset()
  contacts.length = 0
})
afterAll(async () => {
  await dispatcher.destroy()
  await provider.close()
})

const clientOf = (origin = provider.url, held: string | null = key) =>
  createApiClient({
    origin,
    key: () => held,
    dispatcher,
    now: () => Date.now(),
    onContact: (host, purpose) => contacts.push(`${purpose} ${host}`),
  })

interface Asked {
  origin?: string
  key?: string | null
  stream?: boolean
  signal?: AbortSignal
  limits?: Partial<ChatLimits>
  onEvent?: (event: ChatEvent) => void
}

interface Told {
  events: ChatEvent[]
  outcome: ChatOutcome
  content: string
  reasoning: string
}

async function ask(asked: Asked = {}): Promise<Told> {
  const request = parseChatRequest({
    model,
    messages: [{ role: 'user', content: 'Hello' }],
    ...(asked.stream === false ? {} : { stream: true, stream_options: { include_usage: true } }),
  })
  const events: ChatEvent[] = []
  attempt += 1
  const client = clientOf(asked.origin, asked.key === undefined ? key : asked.key)
  const signal = asked.signal ?? new AbortController().signal
  for await (const event of client.chat(request, {
    attemptId: `attempt-${attempt}`,
    signal,
    limits: asked.limits ?? {},
  })) {
    events.push(event)
    asked.onEvent?.(event)
  }
  const last = events.at(-1)
  if (last?.type !== 'ended') throw new Error('it did not end')
  expect(events.filter((event) => event.type === 'ended')).toHaveLength(1)
  const chunks = events.filter((event) => event.type === 'chunk')
  const content = chunks.map((chunk) => chunk.content).join('')
  return { events, outcome: last.outcome, content, reasoning: chunks.map((chunk) => chunk.reasoning).join('') }
}

/** A server of raw bytes: answers each connection with what the test says. */
async function rawServer(onRequest: (socket: Socket) => void): Promise<{ url: string; server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => onRequest(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

describe('a streamed reply', () => {
  it('arrives whole, with ids, usage and the bill, for one request', async () => {
    provider.script({ text: 'The sky is blue. 🚀', reasoning: 'Why blue?', splitSurrogates: true, keepAlives: 3 })
    const { outcome, content, reasoning, events } = await ask()
    const row = provider.books.rows[0]
    expect(content).toBe('The sky is blue. 🚀')
    expect(reasoning).toBe('Why blue?')
    expect(events[0]).toMatchObject({ type: 'opened', status: 200, inferenceId: row?.inferenceId })
    expect(outcome).toMatchObject({
      finishReason: 'stop',
      failure: null,
      isAborted: false,
      mayRetry: false,
      wasSent: true,
      credits: row?.credits,
      creditsSource: 'billed',
      model,
      status: 200,
      inferenceId: row?.inferenceId,
      requestId: row?.requestId,
    })
    expect(outcome.usage).toMatchObject({ promptTokens: row?.inputTokens, completionTokens: row?.outputTokens })
    expect(outcome.firstByteMs).toBeLessThanOrEqual(outcome.firstTokenMs ?? -1)
    expect(outcome.firstTokenMs).toBeLessThanOrEqual(outcome.totalMs)
    expect(provider.chats()).toHaveLength(1)
    expect(row?.clientRequestId).toBe(`attempt-${attempt}`)
    expect(provider.chats()[0]?.headers.authorization).toBe(`Bearer ${key}`)
    expect(contacts).toEqual([`chat 127.0.0.1:${provider.port}`])
  })

  it('gives each event exactly as it was sent, [DONE] too', async () => {
    provider.script({ text: 'ab' })
    const { events } = await ask()
    const raws = events.flatMap((event) => (event.type === 'chunk' ? [event.raw] : []))
    expect(raws.at(-1)).toBe('[DONE]')
    expect(JSON.parse(raws[0] ?? '')).toMatchObject({ object: 'chat.completion.chunk' })
  })

  it('waits a little for a bill that comes after [DONE]', async () => {
    provider.script(lateMeta(250))
    const { outcome } = await ask()
    expect(outcome).toMatchObject({ credits: provider.books.rows[0]?.credits, creditsSource: 'billed', failure: null })
    provider.script(lateMeta(2_000))
    const late = await ask({ limits: { drainMs: 200 } })
    expect(late.outcome).toMatchObject({ credits: null, creditsSource: null, failure: null })
    expect(late.outcome.totalMs).toBeLessThan(1_500)
  })

  it('says at most once a second that it is queued', async () => {
    provider.script({ keepAlives: 30, keepAliveMs: 50 })
    const { events } = await ask()
    const queued = events.filter((event) => event.type === 'queued').length
    expect(queued).toBeGreaterThanOrEqual(1)
    expect(queued).toBeLessThanOrEqual(3)
  })
})

describe('a reply that is not streamed', () => {
  it('is one chunk; the bill is in the body', async () => {
    provider.script({ text: 'At once.' })
    const { outcome, content, events } = await ask({ stream: false })
    expect(content).toBe('At once.')
    expect(events.filter((event) => event.type === 'chunk')).toHaveLength(1)
    expect(outcome).toMatchObject({
      failure: null,
      finishReason: 'stop',
      credits: provider.books.rows[0]?.credits,
      creditsSource: 'billed',
    })
  })

  it('has its bill from the headers where the body has none', async () => {
    provider.script({ text: 'At once.', metaRaw: '{}' })
    const { outcome } = await ask({ stream: false })
    expect(outcome).toMatchObject({ credits: provider.books.rows[0]?.credits, creditsSource: 'header' })
  })

  it('is taken where a stream was asked', async () => {
    provider.script({ text: 'At once.', jsonCompletion: true })
    expect(await ask()).toMatchObject({ content: 'At once.', outcome: { failure: null, finishReason: 'stop' } })
  })
})

describe('a failure', () => {
  it.each([
    [httpFailure(400), 'request.refused', 'not-charged', false],
    [httpFailure(401), 'key.rejected', 'not-charged', false],
    [outOfCredit(), 'balance.empty', 'not-charged', false],
    [httpFailure(403), 'access.denied', 'not-charged', false],
    [httpFailure(404), 'model.not-found', 'not-charged', false],
    [httpFailure(413), 'request.too-large', 'not-charged', false],
    [httpFailure(429, { retryAfter: 2 }), 'rate.limited', 'not-charged', true],
    [httpFailure(500), 'provider.failed', 'not-charged', false],
    [httpFailure(502, { envelope: 'html' }), 'provider.failed', 'not-charged', false],
    [httpFailure(503, { envelope: 'older' }), 'provider.failed', 'not-charged', true],
    [httpFailure(524, { envelope: 'text' }), 'provider.failed', 'unknown', false],
    [resetConnection(), 'network.reset', 'unknown', false],
    [{ portal: true }, 'reply.not-a-stream', 'unknown', false],
    [{ jsonError: true }, 'reply.error', 'unknown', false],
    [{ redirect: { status: 307 as const } }, 'network.redirect', 'not-charged', false],
  ])('%j is %s, money %s, may be retried: %s', async (behaviour, code, money, mayRetry) => {
    provider.script(behaviour)
    const { outcome } = await ask()
    expect(outcome).toMatchObject({ mayRetry, wasSent: true, failure: { code, money, text: 'kept' } })
    expect(outcome.failure?.detail ?? '').not.toContain('<')
    expect(provider.chats()).toHaveLength(1)
  })

  it('keeps what had come: cut, reset, error inside the stream', async () => {
    provider.script({ text: 'one two three four', cutAfter: 2 })
    expect(await ask()).toMatchObject({
      outcome: { failure: { code: 'reply.ended-early', money: 'unknown' }, finishReason: null },
    })
    provider.script({ text: 'one two three four', ...resetConnection(2) })
    const reset = await ask()
    expect(reset.content).not.toBe('')
    expect(reset.outcome.failure).toMatchObject({ code: 'reply.ended-early', money: 'unknown' })
    provider.script({ text: 'one two three four', errorAfter: 2 })
    const failed = await ask()
    expect(failed.content).not.toBe('')
    expect(failed.outcome.failure).toMatchObject({ code: 'reply.error', detail: 'Provider disconnected unexpectedly' })
  })

  it('says how long a 429 asks to wait', async () => {
    provider.script(httpFailure(429, { retryAfter: 7 }))
    expect((await ask()).outcome.failure?.retryAfterMs).toBe(7_000)
  })

  it('before any byte left may be retried and cost nothing', async () => {
    const { url, server } = await rawServer(() => undefined)
    await new Promise((resolve) => server.close(resolve))
    expect((await ask({ origin: url })).outcome).toMatchObject({
      mayRetry: true,
      wasSent: false,
      status: null,
      failure: { code: 'network.unreachable', money: 'not-charged' },
    })
  })

  it('without a key, or with one that cannot be sent, contacts nobody', async () => {
    expect((await ask({ key: null })).outcome).toMatchObject({
      wasSent: false,
      mayRetry: false,
      failure: { code: 'key.missing', money: 'none' },
    })
    expect((await ask({ key: 'test-\nx' })).outcome).toMatchObject({
      wasSent: false,
      failure: { code: 'key.rejected' },
    })
    expect(contacts).toEqual([])
    expect(provider.requests).toEqual([])
  })

  it('of a body that says it is compressed is said, not guessed', async () => {
    const { url, server } = await rawServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-encoding: gzip\r\n\r\nxxxx'),
    )
    expect((await ask({ origin: url })).outcome.failure?.code).toBe('reply.unreadable')
    server.close()
  })

  it('reports a body that never ends within seconds, and bytes that are no HTTP', async () => {
    const slow = await rawServer((socket) => socket.write('HTTP/1.1 500 No\r\ncontent-length: 100\r\n\r\n{"message":"'))
    const begin = Date.now()
    expect((await ask({ origin: slow.url })).outcome.failure).toMatchObject({ code: 'provider.failed' })
    expect(Date.now() - begin).toBeLessThan(8_000)
    slow.server.close()
    const odd = await rawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n\r\n'))
    expect((await ask({ origin: odd.url })).outcome.failure).toMatchObject({
      code: 'reply.unreadable',
      money: 'unknown',
    })
    odd.server.close()
  })
})

describe('the clock', () => {
  it('ends a silence before the first event: comments do not count', async () => {
    provider.script({ stallAfter: 0, stallKeepAliveMs: 30, noRoleChunk: true })
    const { outcome, events } = await ask({ limits: { firstEventMs: 400, warnMs: 150 } })
    expect(outcome.failure).toMatchObject({ code: 'network.timeout', money: 'unknown' })
    expect(outcome.totalMs).toBeGreaterThanOrEqual(390)
    expect(outcome.totalMs).toBeLessThan(1_500)
    expect(events.filter((event) => event.type === 'waiting').length).toBeGreaterThanOrEqual(1)
  })

  it('ends a silence before the headers', async () => {
    provider.script({ headerDelayMs: 5_000 })
    expect((await ask({ limits: { firstEventMs: 300 } })).outcome).toMatchObject({
      status: null,
      failure: { code: 'network.timeout' },
    })
  })

  it('warns about a stall and then ends it, keeping the text', async () => {
    provider.script({ text: 'one two three', stallAfter: 2, stallKeepAliveMs: 20 })
    const { outcome, events, content } = await ask({ limits: { warnMs: 150, idleMs: 400 } })
    expect(outcome.failure).toMatchObject({ code: 'reply.stalled', money: 'unknown', text: 'kept' })
    expect(content).not.toBe('')
    const waiting = events.filter((event) => event.type === 'waiting')
    expect(waiting.length).toBeGreaterThanOrEqual(1)
    expect(waiting[0]?.idleMs).toBeGreaterThanOrEqual(149)
    await provider.settled()
  })

  it('ends a reply that goes on for ever', async () => {
    provider.script({ tokens: 5_000, delayMs: 20 })
    const { outcome } = await ask({ limits: { totalMs: 500 } })
    expect(outcome.failure?.code).toBe('reply.too-long')
    expect(outcome.totalMs).toBeLessThan(1_500)
  })

  it('lets a reply that is not streamed take longer than a first event', async () => {
    provider.script({ text: 'slow', headerDelayMs: 500 })
    expect(await ask({ stream: false, limits: { firstEventMs: 100 } })).toMatchObject({
      content: 'slow',
      outcome: { failure: null },
    })
  })

  it('does not blame the provider when the reader is slow', async () => {
    provider.script({ text: 'one two three four five', delayMs: 1 })
    const request = parseChatRequest({ model, messages: [{ role: 'user', content: 'Hi' }], stream: true })
    const seen: ChatEvent[] = []
    const signal = new AbortController().signal
    for await (const event of clientOf().chat(request, { attemptId: 'slow-1', signal, limits: { idleMs: 200 } })) {
      seen.push(event)
      if (seen.length === 3) await new Promise((resolve) => setTimeout(resolve, 600))
    }
    expect(seen.at(-1)).toMatchObject({ type: 'ended', outcome: { failure: null, finishReason: 'stop' } })
  })
})

describe('stopping', () => {
  it.each(['streaming', 'waiting for headers', 'stalled'])('closes the socket within 250 ms: %s', async (when) => {
    if (when === 'streaming') provider.script({ tokens: 2_000, delayMs: 5 })
    if (when === 'waiting for headers') provider.script({ headerDelayMs: 10_000 })
    if (when === 'stalled') provider.script({ stallAfter: 1, stallKeepAliveMs: 10 })
    const controller = new AbortController()
    const done = ask({ signal: controller.signal })
    await provider.waitForChats(1)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const stoppedAt = Date.now()
    controller.abort()
    const { outcome } = await done
    expect(Date.now() - stoppedAt).toBeLessThan(100)
    expect(outcome).toMatchObject({ isAborted: true, failure: null, mayRetry: false, wasSent: true })
    await provider.settled()
    const seen = provider.chats()[0]
    expect(seen?.closedBy).toBe('client')
    expect((seen?.closedAt ?? Infinity) - stoppedAt).toBeLessThanOrEqual(250)
  })

  it('closes the socket even while the reader is busy, and when the reader leaves', async () => {
    provider.setDefault({ tokens: 2_000, delayMs: 5 })
    const request = parseChatRequest({ model, messages: [{ role: 'user', content: 'Hi' }], stream: true })
    const controller = new AbortController()
    let stoppedAt = 0
    for await (const event of clientOf().chat(request, { attemptId: 'busy-1', signal: controller.signal })) {
      if (event.type !== 'chunk' || stoppedAt !== 0) continue
      stoppedAt = Date.now()
      controller.abort()
      await new Promise((resolve) => setTimeout(resolve, 400))
    }
    expect((provider.chats()[0]?.closedAt ?? Infinity) - stoppedAt).toBeLessThanOrEqual(250)
    for await (const event of clientOf().chat(request, { attemptId: 'left-1', signal: new AbortController().signal })) {
      if (event.type === 'chunk') break
    }
    stoppedAt = Date.now()
    await provider.settled()
    expect((provider.chats()[1]?.closedAt ?? Infinity) - stoppedAt).toBeLessThanOrEqual(250)
  })

  it('before the start sends nothing', async () => {
    const controller = new AbortController()
    controller.abort()
    expect((await ask({ signal: controller.signal })).outcome).toMatchObject({
      isAborted: true,
      wasSent: false,
      failure: null,
    })
    expect(provider.requests).toEqual([])
    const request = parseChatRequest({ model, messages: [{ role: 'user', content: 'Hi' }] })
    clientOf().chat(request, { attemptId: 'never', signal: new AbortController().signal })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(provider.requests).toEqual([])
  })
})

describe('look-ups', () => {
  it('read the price in each documented form, without the key, and know when nothing changed', async () => {
    const client = clientOf()
    for (const priceForm of ['origin', 'long', 'measure'] as const) {
      for (const pricePer of [1_000_000, 1_000, 1]) {
        provider.configure({ priceForm, pricePer })
        const answer = await client.models()
        if (answer.isUnchanged) throw new Error('nothing was known yet')
        expect(answer.price).toEqual({
          model,
          inputNanoUsdPerMTok: 1_361_646_000,
          outputNanoUsdPerMTok: 2_049_346_000,
          cachedNanoUsdPerMTok: priceForm === 'measure' ? null : 340_411_500,
          contextTokens: 256_000,
          maxOutputTokens: 16_384,
        })
        expect(JSON.parse(answer.raw)).toMatchObject({ object: 'list' })
        expect(await client.models(answer.etag ?? '')).toEqual({ isUnchanged: true })
      }
    }
    expect(provider.requests.every((seen) => seen.headers.authorization === undefined)).toBe(true)
    expect(contacts[0]).toBe(`models 127.0.0.1:${provider.port}`)
  })

  it('say that there is no price, never zero', async () => {
    for (const priceForm of ['variants', 'variable', 'absent'] as const) {
      provider.configure({ priceForm })
      expect(await clientOf().models()).toMatchObject({ isUnchanged: false, price: null })
    }
    provider.configure({ priceForm: 'origin', isListed: false })
    expect(await clientOf().models()).toMatchObject({ price: null })
  })

  it('read the balance, from the older endpoint where there is no newer one', async () => {
    expect(await clientOf().billing()).toEqual({ nanoUsd: 50_000_000_000, source: 'v2' })
    provider.scriptPath('/v2/billing', httpFailure(404))
    expect(await clientOf().billing()).toEqual({ nanoUsd: 50_000_000_000, source: 'legacy' })
    provider.scriptPath('/v2/billing', httpFailure(401))
    await expect(clientOf().billing()).rejects.toThrow(FailureError)
    expect(provider.requests.filter((seen) => seen.path === '/v1/billing/balance')).toHaveLength(1)
    await expect(clientOf(provider.url, null).billing()).rejects.toMatchObject({ failure: { code: 'key.missing' } })
  })

  it('read every row of the log, page by page', async () => {
    const startMs = Date.now() - 1_000
    for (let index = 0; index < 3; index++) await ask()
    await provider.settled()
    const page = await clientOf().logs({ startMs, endMs: Date.now() + 1_000, offset: 0 })
    expect(page).toMatchObject({ hasMore: false, nextOffset: 3 })
    const books = provider.books.rows.toReversed()
    expect(page.rows).toEqual(
      books.map((row) => ({
        clientRequestId: row.clientRequestId,
        inferenceId: row.inferenceId,
        requestId: row.requestId,
        createdMs: row.createdAt,
        status: 'succeeded',
        credits: row.credits,
        inputTokens: row.inputTokens,
        outputTokens: row.outputTokens,
        model,
      })),
    )
    expect((await clientOf().logs({ startMs, endMs: Date.now(), offset: 2 })).rows).toHaveLength(1)
  })

  it('throw failures with nothing at stake', async () => {
    provider.scriptPath('/v2/logs', { portal: true })
    const logs = clientOf().logs({ startMs: 0, endMs: 1, offset: 0 })
    await expect(logs).rejects.toMatchObject({ failure: { code: 'reply.unreadable', text: 'none', money: 'none' } })
    provider.scriptPath('/v1/models', { redirect: { status: 302 } })
    await expect(clientOf().models()).rejects.toMatchObject({ failure: { code: 'network.redirect', money: 'none' } })
    provider.scriptPath('/v1/models', resetConnection())
    await expect(clientOf().models()).rejects.toMatchObject({ failure: { money: 'none' } })
    expect(provider.elsewhere?.requests).toEqual([])
  })
})
