import * as fc from 'fast-check'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent } from 'undici'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createApiClient } from '../../electron/main/api/client.ts'
import type { ChatEvent, ChatLimits, ChatOutcome } from '../../electron/main/api/events.ts'
import { createReading } from '../../electron/main/api/reading.ts'
import { model } from '../../electron/main/core/origin.ts'
import { parseChatRequest } from '../../electron/main/api/request.ts'
import { startProvider } from '../provider/server.ts'
import type { Provider } from '../provider/server.ts'

const megabyte = 1024 * 1024
const key = 'test-canary-0b9e77d1'
const dispatcher = new Agent({ allowH2: false })
const servers: Server[] = []
let provider: Provider

beforeAll(async () => {
  provider = await startProvider({ hasElsewhere: true })
})
afterEach(() => {
  expect(provider.faults).toEqual([])
  provider.reset()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})
afterAll(async () => {
  await dispatcher.destroy()
  await provider.close()
})

interface Told {
  outcome: ChatOutcome
  content: string
  raws: string[]
  events: ChatEvent[]
  peakBytes: number
}

const memory = (): number => {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function ask(origin = provider.url, limits: Partial<ChatLimits> = {}, keepsEvents = true): Promise<Told> {
  const client = createApiClient({
    origin,
    key: () => key,
    dispatcher,
    now: () => Date.now(),
    onContact: () => undefined,
  })
  const request = parseChatRequest({ model, messages: [{ role: 'user', content: 'Hi' }], stream: true })
  const told: Omit<Told, 'outcome'> = { content: '', raws: [], events: [], peakBytes: 0 }
  const before = memory()
  const watch = setInterval(() => {
    told.peakBytes = Math.max(told.peakBytes, memory() - before)
  }, 5)
  try {
    const options = {
      attemptId: 'hostile-1',
      signal: new AbortController().signal,
      limits: { drainMs: 100, ...limits },
    }
    for await (const event of client.chat(request, options)) {
      if (event.type === 'ended') return { ...told, outcome: event.outcome }
      if (keepsEvents) told.events.push(event)
      if (event.type !== 'chunk') continue
      if (keepsEvents) told.raws.push(event.raw)
      told.content += event.content
      expect(event.content.isWellFormed()).toBe(true)
    }
  } finally {
    clearInterval(watch)
  }
  throw new Error('it did not end')
}

async function serve(answer: (req: IncomingMessage, res: ServerResponse) => void): Promise<string> {
  const server = createServer((req, res) => {
    res.on('error', () => undefined)
    req.resume()
    answer(req, res)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const stream = (res: ServerResponse): ServerResponse => res.writeHead(200, { 'content-type': 'text/event-stream' })
const chunk = (content: string): string => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`
const stop = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'

/** Resolves when the response takes more, or is closed. */
function ready(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      res.off('drain', go).off('close', go)
      resolve()
    }
    res.on('drain', go).on('close', go)
  })
}

/** Writes a block again and again, as fast as the reader takes it. */
async function flood(res: ServerResponse, block: string | Buffer, times: number): Promise<void> {
  for (let count = 0; count < times && !res.destroyed; count++) {
    if (!res.write(block)) await ready(res)
  }
}

describe('size', () => {
  it('a line of 100 MB ends the reply in bounded memory, and keeps what came before', async () => {
    provider.script({ text: 'before the flood comes more', hugeLineBytes: 100 * megabyte, hugeLineAfter: 2 })
    const { outcome, content, peakBytes } = await ask()
    expect(outcome.failure).toMatchObject({ code: 'reply.unreadable', money: 'unknown', text: 'kept' })
    expect(content).not.toBe('')
    expect(peakBytes).toBeLessThan(120 * megabyte)
  })

  it('a line of 40 MB that is no event is passed over', async () => {
    const url = await serve(async (_req, res) => {
      stream(res).write(chunk('a'))
      await flood(res, Buffer.alloc(megabyte, 'x'), 40)
      res.end(`\n\n${chunk('b')}${stop}`)
    })
    const { outcome, content, peakBytes } = await ask(url)
    expect([content, outcome.failure]).toEqual(['ab', null])
    expect(peakBytes).toBeLessThan(120 * megabyte)
  })

  it('a comment without end, and comments without number, do not fill the memory', async () => {
    const one = await serve((_req, res) => void flood(stream(res), Buffer.alloc(megabyte, ':'), 100))
    expect((await ask(one)).outcome.failure?.code).toBe('reply.unreadable')
    const many = await serve((_req, res) => void flood(stream(res), ': x\n\n'.repeat(10_000), 1_000_000))
    const { outcome, peakBytes, events } = await ask(many, { firstEventMs: 500 })
    expect(['network.timeout', 'reply.too-long']).toContain(outcome.failure?.code)
    expect(events.length).toBeLessThan(5)
    expect(peakBytes).toBeLessThan(120 * megabyte)
  })

  it('a reply without end is cut off by size', async () => {
    const block = chunk('x'.repeat(10_000)).repeat(20)
    const url = await serve((_req, res) => void flood(stream(res), block, 1_000_000))
    const { outcome, content } = await ask(url, {}, false)
    expect(outcome.failure).toMatchObject({ code: 'reply.too-long', text: 'kept' })
    expect(content.length).toBeLessThan(70 * megabyte)
  })

  it('a slow reader holds the provider back instead of filling the memory', async () => {
    let written = 0
    const block = chunk('x'.repeat(60_000))
    const url = await serve(async (_req, res) => {
      stream(res)
      for (let count = 0; count < 1_000 && !res.destroyed; count++) {
        written += block.length
        if (!res.write(block)) await ready(res)
      }
      res.end(stop)
    })
    const client = createApiClient({
      origin: url,
      key: () => key,
      dispatcher,
      now: () => Date.now(),
      onContact: () => undefined,
    })
    const request = parseChatRequest({ model, messages: [{ role: 'user', content: 'Hi' }], stream: true })
    for await (const event of client.chat(request, { attemptId: 'slow', signal: new AbortController().signal })) {
      if (event.type !== 'chunk') continue
      await new Promise((resolve) => setTimeout(resolve, 500))
      break
    }
    expect(written).toBeLessThan(30 * megabyte)
  })

  it('a million empty events in one second are survived', async () => {
    const url = await serve(async (_req, res) => {
      await flood(stream(res), 'data: {}\n\n'.repeat(10_000), 50)
      res.end(`${chunk('ok')}${stop}`)
    })
    const { outcome, content } = await ask(url, {}, false)
    expect([content, outcome.failure]).toEqual(['ok', null])
  })

  it('an error page of any size is read no further than needed', async () => {
    const url = await serve((_req, res) => void flood(res.writeHead(500), Buffer.alloc(megabyte, 'e'), 1_000))
    const { outcome } = await ask(url)
    expect(outcome.failure).toMatchObject({ code: 'provider.failed', status: 500 })
    expect(outcome.failure?.detail?.length).toBeLessThanOrEqual(300)
  })
})

describe('numbers', () => {
  it.each(['nan', 'negative', 'huge', 'string', 'null', 'object', 'fraction', 'missing'] as const)(
    '%s in usage and cost are not believed: unknown, never zero',
    async (absurdity) => {
      provider.script({ text: 'Count me.', absurdUsage: absurdity, absurdMeta: absurdity })
      const { outcome, content } = await ask()
      expect(content).toBe('Count me.')
      expect(outcome).toMatchObject({ usage: null, credits: null, creditsSource: null, failure: null })
    },
  )

  it('in headers are not believed either', async () => {
    for (const bill of ['-5', '1e9', 'NaN', '99999999999999999999', '0x10', '']) {
      const url = await serve((_req, res) => {
        const headers = { 'content-type': 'application/json', 'x-aimlapi-credits-used': bill }
        res.writeHead(200, headers).end('{"choices":[{"message":{"content":"x"},"finish_reason":"stop"}]}')
      })
      expect((await ask(url)).outcome).toMatchObject({ credits: null, creditsSource: null, failure: null })
    }
  })
})

describe('shape', () => {
  it.each([
    [{ eventName: 'execute' }],
    [{ protoKeys: true }],
    [{ duplicateKeys: true }],
    [{ deepKeys: 100_000 }],
    [{ emptyFinishReasons: true, secondFinish: true }],
    [{ contentNull: true, reasoning: 'hm' }],
    [{ noDone: true, ending: 'nothing' as const }],
    [{ bom: true, lineEnd: '\r' as const }],
    [{ lineEnd: '\r\n' as const, bytesPerWrite: 1 }],
    [{ splitSurrogates: true, bytesPerWrite: 3 }],
  ])('%j changes nothing', async (behaviour) => {
    const said = 'Plain: ж 漢 🚀👩‍👩‍👧 end.'
    provider.script({ text: said, ...behaviour })
    const { outcome, content } = await ask()
    expect(content).toBe(said)
    await provider.settled()
    expect(outcome).toMatchObject({ failure: null, finishReason: 'stop', credits: provider.books.rows[0]?.credits })
    expect(provider.chats()[0]?.closedBy).toBe('provider')
    expect(({} as Record<string, unknown>)['isPolluted']).toBeUndefined()
  })

  it('an event name is no command: what comes back is text and numbers only', async () => {
    const url = await serve((_req, res) => {
      stream(res).end(`event: execute\ndata: {"code":"process.exit(1)"}\n\nevent: error\n${chunk('text')}${stop}`)
    })
    const { outcome, content, events } = await ask(url)
    expect([content, outcome.failure]).toEqual(['text', null])
    expect(new Set(events.map((event) => event.type))).toEqual(new Set(['opened', 'chunk']))
  })
})

describe('anything', () => {
  it('that arrives as bytes is read without a throw, into sane values', () => {
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom('stop', '', -1, 1e300, 0.5, 507, [], {}, null))
    const strange = (keys: string[]) => fc.dictionary(fc.constantFrom(...keys, '__proto__', 'constructor'), odd)
    const event = fc.record(
      {
        id: odd,
        model: odd,
        choices: fc.oneof(
          odd,
          fc.array(
            fc.record(
              {
                index: odd,
                delta: strange(['content', 'reasoning', 'refusal', 'annotations']),
                message: odd,
                finish_reason: odd,
              },
              { requiredKeys: [] },
            ),
          ),
        ),
        usage: fc.oneof(odd, strange(['prompt_tokens', 'completion_tokens', 'prompt_tokens_details'])),
        meta: fc.oneof(odd, fc.record({ usage: strange(['credits_used', 'usd_spent']) })),
        error: odd,
        status: odd,
        message: odd,
      },
      { requiredKeys: [] },
    )
    const line = fc.oneof(
      event.map((value) => `data: ${JSON.stringify(value)}`),
      fc.string({ unit: 'binary' }),
      fc.constant('data: [DONE]'),
    )
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(line).map((lines) => new TextEncoder().encode(lines.join('\n\n'))),
    )
    fc.assert(
      fc.property(body, fc.constantFrom('text/event-stream', 'application/json', ''), (bytes, type) => {
        const reading = createReading(type, key)
        const pieces = [...reading.feed(bytes), ...reading.end()]
        const { credits, usage, content, reasoning } = reading.reply
        expect(credits === null || (Number.isSafeInteger(credits) && credits >= 0)).toBe(true)
        for (const count of Object.values(usage ?? {}))
          expect(count === null || (Number.isSafeInteger(count) && count >= 0)).toBe(true)
        expect(content.isWellFormed() && reasoning.isWellFormed()).toBe(true)
        expect(pieces.flatMap((piece) => (piece.type === 'data' ? [piece.content] : [])).join('')).toBe(content)
        expect(reading.verdict()?.detail?.length ?? 0).toBeLessThanOrEqual(300)
      }),
      { numRuns: 5_000 },
    )
  }, 120_000)
})

describe('places', () => {
  it.each([301, 302, 303, 307, 308] as const)('a %i to another host is not followed: the key stays', async (status) => {
    provider.script({ redirect: { status } })
    const { outcome } = await ask()
    expect(outcome).toMatchObject({ mayRetry: false, failure: { code: 'network.redirect', status } })
    expect(provider.requests).toHaveLength(1)
    expect(provider.elsewhere?.requests).toEqual([])
  })

  it('a captive portal is told from a reply, under any name it gives itself', async () => {
    for (const contentType of ['text/html; charset=utf-8', 'text/event-stream', 'application/json', 'text/plain']) {
      provider.script({ portal: true, contentType })
      const { outcome, raws } = await ask()
      expect(outcome.failure).toMatchObject({ code: 'reply.not-a-stream', money: 'unknown' })
      expect(outcome.failure?.detail ?? '').not.toContain('<')
      expect(raws).toEqual([])
    }
  })

  it('a provider that repeats the key does not make us repeat it', async () => {
    const echoes: ((authorization: string) => [number, string, string])[] = [
      (said) => [401, 'application/json', JSON.stringify({ message: [`bad ${said}`, said] })],
      (said) => [500, 'text/plain', `failed with ${said}\u0000${said}`],
      (said) => [200, 'application/json', JSON.stringify({ error: { message: said } })],
      (said) => [200, 'text/event-stream', `data: ${JSON.stringify({ error: { message: said } })}\n\n`],
      (said) => [400, 'application/json', JSON.stringify({ message: `${'x'.repeat(290)}${said}` })],
    ]
    for (const echo of echoes) {
      const url = await serve((req, res) => {
        const [status, type, body] = echo(req.headers.authorization ?? '')
        res.writeHead(status, { 'content-type': type }).end(body)
      })
      const { outcome } = await ask(url)
      expect(outcome.failure).not.toBeNull()
      expect(JSON.stringify(outcome)).not.toContain(key)
    }
  })

  it('ids in headers are short and plain, or not there', async () => {
    const url = await serve((_req, res) => {
      res.setHeader('x-inference-id', 'i'.repeat(5_000))
      res.setHeader('x-request-id', ['first', 'second'])
      stream(res).end(`${chunk('x')}${stop}`)
    })
    expect((await ask(url)).outcome).toMatchObject({ inferenceId: null, requestId: 'first', failure: null })
    const flooded = await serve((_req, res) => {
      for (let count = 0; count < 50; count++) res.setHeader(`x-${count}`, 'h'.repeat(4_000))
      stream(res).end(stop)
    })
    expect((await ask(flooded)).outcome.failure).toMatchObject({ money: 'unknown' })
  })
})
