import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest'
import type { Behaviour } from '../provider/behaviour.ts'
import { chargeCredits, usdText } from '../provider/money.ts'
import {
  accessDenied,
  cut,
  errorInStream,
  httpFailure,
  lateMeta,
  outOfCredit,
  redirectTo,
} from '../provider/presets.ts'
import { resetConnection, stall } from '../provider/presets.ts'
import { proseOf, type Language } from '../provider/prose.ts'
import { dataEvents, readBody } from '../provider/reader.ts'
import { bytesOf, recordedStreams } from '../provider/recorded.ts'
import { startProvider, type Provider } from '../provider/server.ts'
import { countPrompt, piecesOf } from '../provider/tokens.ts'

let provider: Provider

beforeAll(async () => {
  provider = await startProvider({ hasElsewhere: true })
})
afterEach(() => {
  expect(provider.faults).toEqual([])
  provider.reset()
})
afterAll(() => provider.close())

const messages = [{ role: 'user', content: 'How many lamps are there?' }]
const ask = { model: 'google/gemma-4-31b-it', messages, stream: true }

function post(body: unknown = ask, more: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
  return fetch(`${provider.url}/v1/chat/completions`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...more,
    headers: { authorization: 'Bearer test-key', 'content-type': 'application/json', ...more.headers },
  })
}

function get(path: string, headers: Record<string, string> = { authorization: 'Bearer test-key' }): Promise<Response> {
  return fetch(`${provider.url}${path}`, { headers })
}

interface LogPage {
  data: Record<string, unknown>[]
  pagination: { limit: number; offset: number; total: number; has_more: boolean }
}

async function logs(query: string): Promise<LogPage> {
  return (await get(`/v2/logs?${query}`)).json() as Promise<LogPage>
}

async function talk(behaviour: Behaviour = {}, body: unknown = ask) {
  provider.script(behaviour)
  const response = await post(body)
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { response, bytes, told: readBody(bytes), text: Buffer.from(bytes).toString('utf8') }
}

/** Reads what arrives until the connection fails, and gives what came before. */
async function readUntilBroken(response: Response): Promise<{ text: string; isBroken: boolean }> {
  let text = ''
  const decoder = new TextDecoder()
  try {
    for await (const block of response.body ?? []) text += decoder.decode(block, { stream: true })
    return { text, isBroken: false }
  } catch {
    return { text, isBroken: true }
  }
}

describe('tokens and money', () => {
  it.each<Language>(['english', 'russian', 'chinese', 'emoji', 'mixed'])(
    'makes exactly the tokens asked for: %s',
    (language) => {
      const text = proseOf(300, language, 7)
      expect(piecesOf(text)).toHaveLength(300)
      expect(piecesOf(text).join('')).toBe(text)
      expect(proseOf(300, language, 7)).toBe(text)
      expect(text.isWellFormed()).toBe(true)
    },
  )

  it('rounds a charge up once, in whole credits', () => {
    const price = { input: 385_112, output: 1_100_320, cached: 0 }
    expect(chargeCredits(price, 22, 453)).toBe(507)
    expect(chargeCredits({ input: 1, output: 0, cached: 0 }, 1, 0)).toBe(1)
    expect(chargeCredits({ input: 500_000, output: 500_000, cached: 0 }, 1, 1)).toBe(1)
    expect(usdText(2480)).toBe('0.001240000')
  })
})

describe('a well-behaved reply', () => {
  it('streams text, finish, usage and the cost that is in the books', async () => {
    const { response, told, text } = await talk({ tokens: 50, reasoning: 'Let me count them.', reasoningAs: 'all' })
    const row = provider.books.rows[0]
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(response.headers.get('x-imitation')).toContain('for tests')
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true)
    expect(told.content).toBe(proseOf(50))
    expect(told.reasoning).toBe('Let me count them.')
    expect(told.finishReason).toBe('stop')
    expect(row).toMatchObject({ state: 'succeeded', endedBy: 'finish', httpStatus: 200, clientSawMeta: true })
    expect(told.usage).toEqual({
      prompt: countPrompt(messages),
      completion: row?.outputTokens,
      total: (row?.inputTokens ?? 0) + (row?.outputTokens ?? 0),
    })
    expect(told.creditsUsed).toBe(row?.credits)
    expect(told.usdSpent).toBe((row?.credits ?? 0) / 2_000_000)
    expect(provider.books.total()).toBe(told.creditsUsed)
    expect(provider.books.balance).toBe(100_000_000 - provider.books.total())
  })

  it('echoes a client request id of the allowed form, and drops another without a word', async () => {
    const fit = await post(ask, { headers: { 'x-client-request-id': 'turn-1:a_b.c' } })
    await fit.text()
    expect(fit.headers.get('x-client-request-id')).toBe('turn-1:a_b.c')
    expect(fit.headers.get('x-inference-id')).toBe(provider.books.byClientRequestId('turn-1:a_b.c')[0]?.inferenceId)
    const unfit = await post(ask, { headers: { 'x-client-request-id': 'no spaces' } })
    await unfit.text()
    expect(unfit.headers.get('x-client-request-id')).toBeNull()
    expect(provider.books.rows[1]?.clientRequestId).toBeNull()
  })

  it('answers JSON with the cost in the body and in headers when no stream was asked', async () => {
    const response = await post({ ...ask, stream: false })
    const body = (await response.json()) as { meta: { usage: { credits_used: number } }; choices: unknown[] }
    expect(response.headers.get('x-aimlapi-credits-used')).toBe(`${body.meta.usage.credits_used}`)
    expect(body.meta.usage.credits_used).toBe(provider.books.total())
    expect(body.choices).toHaveLength(1)
  })

  it('honours max_tokens and charges only what it said', async () => {
    const { told } = await talk({ tokens: 500 }, { ...ask, max_tokens: 12 })
    expect(told.finishReason).toBe('length')
    expect(told.usage?.completion).toBe(12)
    expect(piecesOf(told.content)).toHaveLength(12)
  })

  it('keeps the price a request began with', async () => {
    provider.script({ holdAfter: 1 })
    const response = await post()
    await provider.waitForChats(1)
    const before = provider.books.rows[0]?.price.output
    provider.configure({ price: { input: 9_000_000, output: 9_000_000, cached: 0 } })
    provider.release()
    const told = readBody(new Uint8Array(await response.arrayBuffer()))
    expect(provider.books.rows[0]?.price.output).toBe(before)
    expect(told.creditsUsed).toBe(provider.books.total())
  })
})

describe('what it refuses', () => {
  it.each([
    ['a misspelt parameter', { ...ask, temprature: 1 }, /temprature/],
    ['a null that is not nullable', { ...ask, max_tokens: null }, /max_tokens/],
    ['null content in history', { ...ask, messages: [{ role: 'assistant', content: null }] }, /messages\/0\/content/],
    ['no content in history', { ...ask, messages: [...messages, { role: 'assistant' }] }, /messages\/1\/content/],
    ['a tool message', { ...ask, messages: [{ role: 'tool', content: 'x' }] }, /role/],
    ['a stray key in a message', { ...ask, messages: [{ ...messages[0], id: 1 }] }, /"id"/],
    [
      'a stray key in a part',
      { ...ask, messages: [{ role: 'user', content: [{ type: 'text', text: 'a', x: 1 }] }] },
      /"x"/,
    ],
    ['seed 0', { ...ask, seed: 0 }, /seed/],
    ['five stops', { ...ask, stop: ['1', '2', '3', '4', '5'] }, /stop/],
    ['another model', { ...ask, model: 'other' }, /model/],
    ['no messages', { ...ask, messages: [] }, /messages/],
    ['top_logprobs alone', { ...ask, top_logprobs: 3 }, /logprobs/],
    [
      'a local image',
      { ...ask, messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'file:///a.png' } }] }] },
      /image/,
    ],
    ['text that is not JSON', '{"model":', /not JSON/],
  ])('%s', async (_name, body, reason) => {
    const response = await post(body)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(((await response.json()) as { message: string }).message).toMatch(reason)
    expect(provider.books.rows[0]).toMatchObject({ state: 'failed', credits: 0 })
  })

  it('accepts every documented parameter', async () => {
    const pdf = { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } }
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0=', detail: 'low' } }
    const body = {
      ...ask,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [image, pdf, { type: 'text', text: 'See.' }], name: 'me' },
        { role: 'assistant', content: '' },
        { role: 'user', content: 'And?' },
      ],
      stream_options: { include_usage: true },
      max_tokens: 5,
      temperature: 0,
      top_p: 0.5,
      stop: ['END'],
      logit_bias: { 12: -100 },
      logprobs: true,
      top_logprobs: 2,
      frequency_penalty: -2,
      presence_penalty: 2,
      repetition_penalty: 1.1,
      seed: 1,
      reasoning_effort: 'low',
      prediction: { type: 'content', content: 'x' },
      response_format: { type: 'json_schema', json_schema: { name: 'a_b', schema: { type: 'object' }, strict: true } },
    }
    const { response } = await talk({}, body)
    expect(response.status).toBe(200)
  })

  it('drops unknown keys without a word when lenient, as the real one is seen to do', async () => {
    provider.configure({ isStrict: false })
    const { response } = await talk({}, { ...ask, temprature: 1 })
    expect(response.status).toBe(200)
  })

  it('a missing or wrong key, an empty balance, a body that is too long', async () => {
    const wrong = await post(ask, { headers: { authorization: 'Bearer live-key' } })
    expect(wrong.status).toBe(401)
    expect(await wrong.json()).toMatchObject({
      title: 'Unauthorized',
      status: 401,
      error: { name: 'UnauthorizedException' },
    })
    provider.books.balance = 3
    const poor = await post()
    expect(poor.status).toBe(403)
    expect(await poor.json()).toMatchObject({ error: { data: { kind: 'err_insufficent_credits' } } })
    provider.configure({ maxBodyBytes: 100 })
    expect((await post()).status).toBe(413)
    expect(provider.books.rows.map((row) => row.httpStatus)).toEqual([401, 403, 413])
    expect(provider.books.total()).toBe(0)
  })
})

describe('failures', () => {
  it.each([400, 401, 403, 404, 408, 413, 429, 500, 502, 503, 504, 524])(
    '%i in the documented envelope, free',
    async (status) => {
      const { response, text } = await talk(httpFailure(status, { retryAfter: 7 }))
      expect(response.status).toBe(status)
      expect(response.headers.get('retry-after')).toBe('7')
      expect(JSON.parse(text)).toMatchObject({ status, instance: '/v1/chat/completions', error: {} })
      expect(provider.books.rows[0]).toMatchObject({ state: 'failed', credits: 0, httpStatus: status })
    },
  )

  it('other envelopes, lists of messages, both kinds of 403', async () => {
    const older = await talk(httpFailure(429, { envelope: 'older' }))
    expect(JSON.parse(older.text)).toMatchObject({ statusCode: '429', path: '/v1/chat/completions' })
    const list = await talk(httpFailure(400, { message: ['one', 'two'] }))
    expect(JSON.parse(list.text)).toMatchObject({ message: ['one', 'two'] })
    expect((await talk(httpFailure(502, { envelope: 'html' }))).text.startsWith('<')).toBe(true)
    expect((await talk(outOfCredit())).text).toContain('err_insufficent_credits')
    expect((await talk(accessDenied())).text).not.toContain('err_insufficent_credits')
  })

  it('200s that are not a stream: a page, a JSON error, a JSON completion, another content type', async () => {
    const portal = await talk({ portal: true })
    expect(portal.response.headers.get('content-type')).toContain('text/html')
    const failed = await talk({ jsonError: true })
    expect([failed.response.status, JSON.parse(failed.text).status]).toEqual([200, 500])
    const whole = await talk({ jsonCompletion: true })
    expect(JSON.parse(whole.text)).toMatchObject({ object: 'chat.completion' })
    const odd = await talk({ contentType: 'text/plain' })
    expect(odd.response.headers.get('content-type')).toBe('text/plain')
    expect(provider.books.rows.map((row) => row.state)).toEqual(['failed', 'failed', 'succeeded', 'succeeded'])
  })

  it.each([301, 302, 307, 308] as const)('%i to another origin, which records whoever follows', async (status) => {
    provider.script(redirectTo(status))
    const stopped = await post(ask, { redirect: 'manual' })
    expect(stopped.status).toBe(status)
    expect(new URL(stopped.headers.get('location') ?? '').port).toBe(`${provider.elsewhere?.port}`)
    expect(provider.elsewhere?.requests).toHaveLength(0)
    provider.script(redirectTo(status))
    await post()
    expect(provider.elsewhere?.requests).toHaveLength(1)
  })

  it('an error inside a 200 keeps the text and costs nothing', async () => {
    const { told } = await talk(errorInStream(3, { code: 502, message: 'gone' }))
    expect(told.error).toEqual({ code: 502, message: 'gone' })
    expect(proseOf(40).startsWith(told.content)).toBe(true)
    expect(provider.books.rows[0]).toMatchObject({ state: 'failed', credits: 0 })
  })
})

describe('interruptions and what they cost', () => {
  it('cut: ends cleanly without a finish reason; the prompt and what was generated are billed', async () => {
    const { told } = await talk(cut(5))
    expect(told.finishReason).toBeNull()
    expect(told.content).toBe(piecesOf(proseOf(40)).slice(0, 5).join(''))
    expect(provider.books.rows[0]).toMatchObject({ endedBy: 'provider', outputTokens: 5, clientSawMeta: false })
    expect(provider.books.total()).toBeGreaterThan(0)
  })

  it('reset after text, and before the headers', async () => {
    provider.script(resetConnection(4), resetConnection(), { ...resetConnection(2), resetBy: 'fin' })
    const { text, isBroken } = await readUntilBroken(await post())
    expect(isBroken).toBe(true)
    expect(readBody(Buffer.from(text)).content).toBe(piecesOf(proseOf(40)).slice(0, 4).join(''))
    await expect(post()).rejects.toThrow()
    expect((await readUntilBroken(await post())).isBroken).toBe(true)
    await provider.settled()
    expect(provider.chats().map((seen) => seen.closedBy)).toEqual(['provider', 'provider', 'provider'])
    expect(provider.books.rows.map((row) => row.outputTokens)).toEqual([4, 0, 2])
  })

  it.each([
    ['billGenerated', 'succeeded', 6],
    ['billNothing', 'failed', 0],
    ['billFull', 'succeeded', 40],
  ] as const)('a client that leaves, under %s', async (billing, state, outputTokens) => {
    provider.configure({ billing })
    provider.script(stall(6))
    const leaving = new AbortController()
    const response = await post(ask, { signal: leaving.signal })
    await expect.poll(() => provider.chats()[0]?.chat?.state).toBe('stalled')
    expect(provider.books.rows[0]?.state).toBe('open')
    const leftAt = Date.now()
    leaving.abort()
    await expect(response.text()).rejects.toThrow()
    await provider.settled()
    expect(provider.chats()[0]).toMatchObject({ closedBy: 'client', chat: { chunksSent: 6, state: 'ended' } })
    expect((provider.chats()[0]?.closedAt ?? 0) - leftAt).toBeLessThan(250)
    expect(provider.books.rows[0]).toMatchObject({ state, outputTokens, endedBy: 'client' })
  })

  it('a client that leaves while the headers are slow', async () => {
    provider.script({ headerDelayMs: 10_000 })
    await expect(post(ask, { signal: AbortSignal.timeout(50) })).rejects.toThrow()
    await provider.settled()
    expect(provider.books.rows[0]).toMatchObject({ endedBy: 'client', outputTokens: 0 })
  })

  it('stalls with comments, and goes on when it is told to', async () => {
    const { told, text } = await talk({ stallAfter: 2, stallMs: 300, stallKeepAliveMs: 10, keepAlives: 2 })
    expect(text.match(/^: OPENROUTER PROCESSING$/gm)?.length).toBeGreaterThan(4)
    expect(told).toMatchObject({ content: proseOf(40), finishReason: 'stop' })
  })
})

describe('quirks of the stream', () => {
  const same: [string, Behaviour][] = [
    ['CRLF', { lineEnd: '\r\n' }],
    ['CR', { lineEnd: '\r' }],
    ['a byte order mark', { bom: true }],
    ['no last blank line', { ending: 'newline', noDone: true }],
    ['no last line end', { ending: 'nothing', noDone: true }],
    ['event names', { eventName: 'execute' }],
    ['empty finish reasons and a second finish', { emptyFinishReasons: true, secondFinish: true }],
    ['duplicate keys', { duplicateKeys: true }],
    ['prototype keys', { protoKeys: true }],
    ['deep JSON', { deepKeys: 5_000, tokensPerChunk: 20 }],
    ['content null', { contentNull: true, reasoning: 'Hm.' }],
    ['one byte per write', { bytesPerWrite: 1 }],
    ['splits at given bytes', { splitAt: [1, 7, 100, 101, 500] }],
    ['split surrogates', { splitSurrogates: true }],
    ['usage in the finish chunk', { usageIn: 'finish-chunk' }],
    ['the cost in the usage chunk', { meta: 'with-usage', metaExtras: true }],
    ['the cost after the end mark', lateMeta(20)],
  ]
  it.each(same)('%s says the same in the end', async (_name, quirk) => {
    const text = proseOf(12, 'emoji', 3)
    const { told } = await talk({ text, ...quirk })
    expect(told).toMatchObject({ content: text, finishReason: 'stop', creditsUsed: provider.books.total() })
    expect(told.usage?.completion).toBe(provider.books.rows[0]?.outputTokens)
    expect(provider.books.rows[0]?.clientSawMeta).toBe(true)
  })

  it('really writes the bytes apart', async () => {
    provider.script({ text: 'Split 🚀 me.', bytesPerWrite: 2 })
    const headers = { authorization: 'Bearer test-key' }
    const sent = request(`${provider.url}/v1/chat/completions`, { method: 'POST', headers }).end(JSON.stringify(ask))
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    const sizes: number[] = []
    response.on('data', (block: Buffer) => sizes.push(block.length))
    await once(response, 'end')
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2)
  })

  it('leaks thoughts into the content', async () => {
    expect((await talk({ leak: 'thought', text: 'Hi.' })).told.content).toBe('thought\nHi.')
    expect((await talk({ leak: 'channel', text: 'Hi.' })).told.content).toMatch(
      /^<\|channel>thought\n.+<channel\|>Hi\.$/s,
    )
  })

  it.each(['nan', 'negative', 'huge', 'string', 'null', 'object', 'fraction', 'missing'] as const)(
    'tells no cost and no usage worth believing: %s, while the books know',
    async (absurd) => {
      const { told } = await talk({ absurdMeta: absurd, absurdUsage: absurd })
      expect(told).toMatchObject({ content: proseOf(40), finishReason: 'stop' })
      expect([told.creditsUsed, told.usage]).toEqual([undefined, undefined])
      expect(provider.books.total()).toBeGreaterThan(0)
    },
  )

  it('leaves out cost, dollars or usage', async () => {
    expect((await talk({ meta: 'absent' })).told.creditsUsed).toBeUndefined()
    expect((await talk({ metaWithoutUsd: true })).told).toMatchObject({ creditsUsed: provider.books.rows[1]?.credits })
    expect((await talk({ usage: 'when-asked' })).told.usage).toBeUndefined()
    expect(provider.books.rows.map((row) => row.clientSawMeta)).toEqual([false, true, true])
  })

  it('sends an enormous line without holding it', async () => {
    const bytes = 20 * 1024 * 1024
    provider.script({ hugeLineBytes: bytes, hugeLineAfter: 1 })
    const response = await post()
    let size = 0
    for await (const block of response.body ?? []) size += block.length
    expect(size).toBeGreaterThan(bytes)
  })

  it('refuses a behaviour it does not know', () => {
    expect(() => provider.script({ cutAfer: 1 } as Behaviour)).toThrow(/cutAfer/)
  })
})

describe('catalogue', () => {
  const path = '/v1/models?id=google/gemma-4-31b-it&include=pricing,modalities,capabilities'

  it('gives the model by id or alias, with sections on request, a weak ETag and 304', async () => {
    const response = await get(path, {})
    const { data } = (await response.json()) as { data: Record<string, unknown>[] }
    expect(data.map((row) => row['type'])).toEqual(['openai/chat-completions', 'openai/responses'])
    expect(data[0]).toMatchObject({ info: { contextLength: 256_000, outputMax: 16_384 } })
    expect(data[0]?.['pricing']).toEqual({
      kind: 'fixed',
      currency: 'USD',
      units: [
        { name: 'token', content: 'text', origin: 'provided', price: 1.361646, per: 1_000_000 },
        { name: 'token', content: 'text', origin: 'generated', price: 2.049346, per: 1_000_000 },
        { name: 'token', content: 'text', origin: 'cached', price: 0.3404115, per: 1_000_000 },
      ],
    })
    const etag = response.headers.get('etag') ?? ''
    expect(etag).toMatch(/^W\/"/)
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304)
    provider.configure({ price: { input: 1, output: 2, cached: 0 }, priceForm: 'measure' })
    const changed = await get(path, { 'if-none-match': etag })
    expect(changed.status).toBe(200)
    expect(await changed.text()).toContain('"measure":"output"')
    const bare = (await (await get('/v1/models?id=GEMMA-4-31b-it', {})).json()) as { data: object[] }
    expect(bare.data).toHaveLength(2)
    expect(bare.data[0]).not.toHaveProperty('pricing')
  })

  it('writes prices in the longer form, where only the origin tells prompt from reply', async () => {
    provider.configure({ priceForm: 'long', pricePer: 1_000 })
    const { data } = (await (await get(path, {})).json()) as { data: { pricing: { units: object[] } }[] }
    const shared = { name: 'token', measure: 'output', per: 1_000 }
    expect(data[0]?.pricing.units[0]).toMatchObject({ ...shared, origin: 'provided', price: 1.361646 / 1_000 })
    expect(data[0]?.pricing.units[1]).toMatchObject({ ...shared, origin: 'generated', price: 2.049346 / 1_000 })
  })

  it('can fail, be slow, or not list the model', async () => {
    provider.scriptPath('/v1/models', httpFailure(503), { portal: true })
    expect((await get(path, {})).status).toBe(503)
    expect(await (await get(path, {})).text()).toMatch(/^<!doctype/)
    provider.configure({ isListed: false })
    expect(await (await get(path, {})).json()).toEqual({ object: 'list', data: [] })
  })
})

describe('account', () => {
  it('tells the balance in dollars and in credits', async () => {
    await talk()
    const { balance } = provider.books
    expect(await (await get('/v2/billing')).json()).toEqual({ current_balance: balance / 2_000_000, currency: 'USD' })
    expect(await (await get('/v1/billing/balance')).json()).toMatchObject({ balance })
    expect((await get('/v2/billing', {})).status).toBe(401)
  })

  it('lists the requests of the asking key, newest first, in pages, failed ones at no cost', async () => {
    for (let count = 0; count < 3; count++) await talk()
    await talk(httpFailure(500))
    await (await post(ask, { headers: { authorization: 'Bearer test-other' } })).text()
    const all = await logs('period=24h')
    expect(all.pagination).toEqual({ limit: 50, offset: 0, total: 4, has_more: false })
    expect(all.data[0]).toMatchObject({ status: 'failed', origin: 'api', cost: { usd: 0, credits: 0 } })
    expect(all.data[1]).toMatchObject({ status: 'succeeded', inference_id: provider.books.rows[2]?.inferenceId })
    const second = await logs('period=7d&limit=3&offset=3')
    expect(second.pagination).toEqual({ limit: 3, offset: 3, total: 4, has_more: false })
    expect(second.data).toHaveLength(1)
    const end = encodeURIComponent(new Date(Date.now() + 1_000).toISOString())
    expect((await logs(`start=2026-01-01T00:00:00&end=2026-01-02T00:00:00Z`)).data).toHaveLength(0)
    const start = encodeURIComponent(new Date(Date.now() - 60_000).toISOString())
    expect((await logs(`start=${start}&end=${end}&status=succeeded`)).data).toHaveLength(3)
  })

  it.each([
    '',
    'period=24h&start=2026-01-01&end=2026-01-02',
    'period=1w',
    'period=93d',
    'period=24h&limit=101',
    'period=24h&limit=0',
    'start=2026-01-02&end=2026-01-01',
    'period=24h&status=a',
  ])('refuses the query «%s»', async (query) => expect((await get(`/v2/logs?${query}`)).status).toBe(400))

  it('reports late, and limits how often it is asked, when it is told to', async () => {
    provider.configure({ reportDelayMs: 150, isLogsLimited: true })
    await talk()
    expect((await logs('period=24h')).pagination.total).toBe(0)
    await expect.poll(async () => (await logs('period=24h')).pagination.total, { interval: 30 }).toBe(1)
    let status = 200
    for (let count = 0; count < 200 && status === 200; count++) status = (await get('/v2/logs?period=24h')).status
    expect(status).toBe(429)
  })
})

describe('its own faults', () => {
  it('come out at the close, even after a reset', async () => {
    const faulty = await startProvider({ settings: { price: { input: 0.5, output: 1, cached: 1 } } })
    const sent = fetch(`${faulty.url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(ask),
      headers: { authorization: 'Bearer test-key' },
    })
    await expect(sent).rejects.toThrow()
    expect(faulty.faults).toHaveLength(1)
    faulty.reset()
    await expect(faulty.close()).rejects.toThrow(/at fault/)
  })
})

describe('recorded streams', () => {
  it('has many, each with a name of its own', () => {
    expect(recordedStreams.length).toBeGreaterThanOrEqual(40)
    expect(new Set(recordedStreams.map((stream) => stream.name)).size).toBe(recordedStreams.length)
  })

  it.each(recordedStreams.map((stream) => [stream.name, stream] as const))('%s means what it says', (_name, stream) => {
    const { cleaned: _cleaned, ...expected } = stream.expect
    expect(readBody(bytesOf(stream))).toEqual(expected)
    expect(({} as Record<string, unknown>)['isPolluted']).toBeUndefined()
  })

  it('plays them over HTTP', async () => {
    const { bytes } = await talk({ recorded: 'byte-order-mark', bytesPerWrite: 3 })
    expect(
      Buffer.from(bytes).equals(
        bytesOf(recordedStreams.find((stream) => stream.name === 'byte-order-mark') ?? expect.fail()),
      ),
    ).toBe(true)
    expect(dataEvents(bytes).length).toBeGreaterThan(3)
  })
})

describe('as a process of its own', () => {
  it('says when it is ready, is driven over HTTP, and ends on a signal', async () => {
    const child = spawn(process.execPath, ['tests/provider/main.ts', '--port', '0', '--elsewhere'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
      const ready = JSON.parse(line) as { url: string; message: string; elsewhere: string }
      expect(ready.message).toBe(`provider ready: ${ready.url}`)
      const control = async (path: string, body?: unknown): Promise<Record<string, unknown>> => {
        const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
        return (await fetch(`${ready.url}/__control/${path}`, init)).json() as Promise<Record<string, unknown>>
      }
      expect(await control('script', [{ cutAfter: 2 }])).toEqual({ ok: true })
      expect(await control('default', { text: 'Always this.' })).toEqual({ ok: true })
      expect(await control('default', { txt: 'x' })).toMatchObject({ error: expect.stringContaining('txt') })
      const say = async () => {
        const headers = { authorization: 'Bearer test-key' }
        const response = await fetch(`${ready.url}/v1/chat/completions`, {
          method: 'POST',
          headers,
          body: JSON.stringify(ask),
        })
        return readBody(new Uint8Array(await response.arrayBuffer()))
      }
      expect((await say()).finishReason).toBeNull()
      const told = await say()
      expect(told.content).toBe('Always this.')
      const books = await control('books')
      expect(books).toMatchObject({ requestCount: 2, rows: [{ endedBy: 'provider' }, { credits: told.creditsUsed }] })
      expect(await control('streams')).toMatchObject([{ chunksSent: 2, state: 'ended', closedBy: 'provider' }, {}])
      expect(await control('requests')).toMatchObject([{ path: '/v1/chat/completions', json: ask }, {}])
      expect(await control('reset', {})).toEqual({ ok: true })
      expect(await control('books')).toMatchObject({ requestCount: 0, total: 0 })
    } finally {
      child.kill('SIGTERM')
    }
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})
