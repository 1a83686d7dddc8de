import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Dispatcher } from 'undici'
import { readCertificates } from '../../../electron/main/api/certificates.ts'
import { createApiClient } from '../../../electron/main/api/client.ts'
import { createDispatcher } from '../../../electron/main/api/dispatcher.ts'
import type { DispatcherDeps } from '../../../electron/main/api/dispatcher.ts'
import type { ChatOutcome } from '../../../electron/main/api/events.ts'
import { model } from '../../../electron/main/core/origin.ts'
import { parseChatRequest } from '../../../electron/main/api/request.ts'
import { loopbackCertificate } from './loopback-certificate.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function listen(server: Server | HttpServer): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => server.close())
  return (server.address() as AddressInfo).port
}

const reply = 'data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'

/** An origin that answers every request with one short reply. */
async function origin(kind: 'http' | 'https'): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = []
  const answer: Parameters<typeof createHttpServer>[1] = (req, res) => {
    seen.push(`${req.method} ${req.url}`)
    res.writeHead(200, { 'content-type': 'text/event-stream', connection: 'close' })
    res.end(reply)
  }
  const server = kind === 'http' ? createHttpServer(answer) : createHttpsServer({ ...loopbackCertificate }, answer)
  return { url: `${kind}://127.0.0.1:${await listen(server)}`, seen }
}

/** A proxy that tunnels; it asks for `user:secret` when told so. */
async function tunnel(auth?: string): Promise<{ port: number; seen: (string | undefined)[][] }> {
  const seen: (string | undefined)[][] = []
  const server = createHttpServer((_req, res) => void res.writeHead(500).end())
  server.on('connect', (req, socket: Socket) => {
    socket.on('error', () => undefined)
    seen.push([req.url, req.headers['proxy-authorization'], req.headers.authorization])
    if (auth && req.headers['proxy-authorization'] !== `Basic ${Buffer.from(auth).toString('base64')}`) {
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    }
    const [host, port] = (req.url ?? '').split(':')
    if (host !== '127.0.0.1') return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(upstream).pipe(socket)
    })
    upstream.on('error', () => socket.destroy())
  })
  return { port: await listen(server), seen }
}

/** A SOCKS5 server without authentication. */
async function socks(): Promise<{ port: number; seen: string[] }> {
  const seen: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]))
      socket.once('data', (wanted: Buffer) => {
        const isName = wanted[3] === 3
        const length = isName ? (wanted[4] ?? 0) : 4
        const start = isName ? 5 : 4
        const host = isName ? wanted.subarray(start, start + length).toString() : [...wanted.subarray(4, 8)].join('.')
        const port = wanted.readUInt16BE(start + length)
        seen.push(`${host}:${port}`)
        const upstream = connect(port, '127.0.0.1', () => {
          socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]))
          socket.pipe(upstream).pipe(socket)
        })
        upstream.on('error', () => socket.destroy())
      })
    })
  })
  return { port: await listen(server), seen }
}

async function closedPort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function ask(url: string, given: Partial<DispatcherDeps>, firstEventMs = 8_000): Promise<ChatOutcome> {
  const dispatcher: Dispatcher = createDispatcher({
    proxy: 'system',
    environment: {},
    resolveProxy: async () => 'DIRECT',
    certificates: [],
    ...given,
  })
  closers.push(() => dispatcher.destroy())
  const client = createApiClient({
    origin: url,
    key: () => 'test-key',
    dispatcher,
    now: () => Date.now(),
    onContact: () => undefined,
  })
  const request = parseChatRequest({ model, messages: [{ role: 'user', content: 'Hi' }], stream: true })
  const options = { attemptId: 'a', signal: new AbortController().signal, limits: { drainMs: 50, firstEventMs } }
  for await (const event of client.chat(request, options)) if (event.type === 'ended') return event.outcome
  throw new Error('it did not end')
}

const trusted = readCertificates(loopbackCertificate.cert)

describe('certificates', () => {
  it('that nobody signed are refused before a byte of the request leaves', async () => {
    const { url, seen } = await origin('https')
    expect(await ask(url, {})).toMatchObject({
      wasSent: false,
      failure: { code: 'network.tls', money: 'not-charged', detail: expect.stringContaining('SELF_SIGNED') },
    })
    expect(seen).toEqual([])
  })

  it('that the person trusts are accepted, straight and through a proxy', async () => {
    const { url, seen } = await origin('https')
    expect(await ask(url, { certificates: trusted })).toMatchObject({ failure: null, finishReason: 'stop' })
    const proxy = await tunnel()
    const through = { proxy: `http://127.0.0.1:${proxy.port}`, certificates: trusted }
    expect(await ask(url, through)).toMatchObject({ failure: null })
    expect(await ask(url, { ...through, certificates: [] })).toMatchObject({ failure: { code: 'network.tls' } })
    expect(seen).toHaveLength(2)
    expect(proxy.seen.every(([, , authorization]) => authorization === undefined)).toBe(true)
  })

  it('are checked when they are chosen', () => {
    expect(trusted).toHaveLength(1)
    expect(readCertificates(`${loopbackCertificate.cert}junk\n${loopbackCertificate.cert}`)).toHaveLength(2)
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
    for (const bad of ['', 'junk', broken, loopbackCertificate.key, 'x'.repeat(300 * 1024)]) {
      expect(() => readCertificates(bad)).toThrow('input.invalid')
    }
  })
})

describe('a proxy', () => {
  it('of the settings is used, also for this computer, with its password', async () => {
    const { url, seen } = await origin('http')
    const proxy = await tunnel('user:secret')
    expect(await ask(url, { proxy: `http://user:secret@127.0.0.1:${proxy.port}` })).toMatchObject({ failure: null })
    expect(seen).toEqual(['POST /v1/chat/completions'])
    expect(proxy.seen[0]?.[0]).toBe(url.slice('http://'.length))
  })

  it('that refuses, is not there or breaks off is told from the provider, without its password', async () => {
    const { url } = await origin('http')
    const proxy = await tunnel('user:secret')
    const hanging = await listen(createServer((socket) => void socket.once('data', () => socket.destroy())))
    const wrong = `http://user:wrong-secret@127.0.0.1:`
    for (const setting of [`${wrong}${proxy.port}`, `${wrong}${await closedPort()}`, `${wrong}${hanging}`]) {
      const outcome = await ask(url, { proxy: setting })
      expect(outcome).toMatchObject({
        wasSent: false,
        mayRetry: true,
        failure: { code: 'network.proxy', money: 'not-charged' },
      })
      expect(JSON.stringify(outcome)).not.toContain('secret')
    }
  })

  it('that never answers cost nothing: no byte of the request left', async () => {
    const { url } = await origin('http')
    const silent = await listen(createServer((socket) => void socket.on('error', () => undefined)))
    const outcome = await ask(url, { proxy: `http://127.0.0.1:${silent}` }, 300)
    expect(outcome).toMatchObject({
      wasSent: false,
      mayRetry: true,
      failure: { code: 'network.timeout', money: 'not-charged' },
    })
  })

  it('of SOCKS works, and says when it does not', async () => {
    const { url, seen } = await origin('http')
    const proxy = await socks()
    expect(await ask(url, { proxy: `socks5://127.0.0.1:${proxy.port}` })).toMatchObject({ failure: null })
    expect(seen).toHaveLength(1)
    expect(proxy.seen).toEqual([url.slice('http://'.length)])
    const secure = await origin('https')
    const given = { proxy: `socks5h://127.0.0.1:${proxy.port}`, certificates: trusted }
    expect(await ask(secure.url, given)).toMatchObject({ failure: null })
    expect(await ask(url, { proxy: `socks5://u:secret@127.0.0.1:${await closedPort()}` })).toMatchObject({
      failure: { code: 'network.proxy', money: 'not-charged' },
    })
  })

  it('of the environment or the system never stands before this computer', async () => {
    const { url, seen } = await origin('http')
    const proxy = await tunnel()
    let asked = 0
    const resolveProxy = async (): Promise<string> => {
      asked += 1
      return `PROXY 127.0.0.1:${proxy.port}`
    }
    const environment = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` }
    expect(await ask(url, { environment, resolveProxy })).toMatchObject({ failure: null })
    expect([seen.length, proxy.seen.length, asked]).toEqual([1, 0, 0])
  })

  it('of the environment comes before that of the system; both are asked for each request', async () => {
    const first = await tunnel()
    const second = await tunnel()
    const away = 'https://provider.invalid'
    const environment = { HTTPS_PROXY: `http://127.0.0.1:${first.port}` }
    const resolveProxy = async (url: string): Promise<string> => {
      expect(url).toBe(`${away}/`)
      return `PROXY 127.0.0.1:${second.port}`
    }
    expect((await ask(away, { environment, resolveProxy })).failure?.code).toBe('network.proxy')
    expect([first.seen.length, second.seen.length]).toEqual([1, 0])
    expect((await ask(away, { resolveProxy })).failure?.code).toBe('network.proxy')
    expect([first.seen.length, second.seen.length]).toEqual([1, 1])
    expect(first.seen[0]?.[0]).toBe('provider.invalid:443')
  })

  it('of a kind that cannot be used, or a setting that cannot be read, is said', async () => {
    const away = 'https://provider.invalid'
    const outcome = await ask(away, { resolveProxy: async () => 'SOCKS4 127.0.0.1:1080' })
    expect(outcome.failure).toMatchObject({
      code: 'network.proxy',
      detail: 'this kind of proxy cannot be used: SOCKS4',
    })
    const broken = await ask(away, { resolveProxy: () => Promise.reject(new Error('no portal')) })
    expect(broken.failure).toMatchObject({ code: 'network.proxy' })
    expect(broken.mayRetry).toBe(true)
  })
})
