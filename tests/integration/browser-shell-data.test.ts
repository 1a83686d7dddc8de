import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect } from 'node:net'
import { limits } from '../../electron/contract/limits.ts'
import type { Result } from '../../electron/contract/errors.ts'
import type { ParleyEvent } from '../../electron/contract/events.ts'
import { contentSecurityPolicy } from '../../electron/main/core/page-policy.ts'
import { createPageServer } from '../../electron/shells/browser/server.ts'
import { fromPage, startTestServer, type TestServer } from '../helpers/page-server.ts'
import { navigation, send } from '../helpers/raw-http.ts'

let app: TestServer

beforeEach(async () => {
  app = await startTestServer()
})

afterEach(() => app.stop())

describe('files', () => {
  test('carry policy, type and cache', async () => {
    const cookie = await app.enter()
    const script = await send(app.port, { path: '/assets/app-1a2b.js', headers: fromPage(cookie) })
    expect(script.status).toBe(200)
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-security-policy': contentSecurityPolicy('browser'),
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, max-age=31536000, immutable',
    })
    const headers = { ...fromPage(cookie), 'if-none-match': script.headers.etag ?? '' }
    const again = await send(app.port, { path: '/assets/app-1a2b.js', headers })
    expect([again.status, again.text]).toEqual([304, ''])
    const page = await send(app.port, { path: '/?theme=dark', headers: { ...navigation('none'), cookie } })
    expect([page.status, page.headers['cache-control']]).toEqual([200, 'private, no-cache'])
  })

  test('refusals carry the policy too', async () => {
    const { headers } = await send(app.port, {})
    expect(headers['content-security-policy']).toBe(contentSecurityPolicy('browser'))
  })

  test('outside the list of the build do not exist, however they are named', async () => {
    const cookie = await app.enter()
    const names = [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/assets/../../secret.txt',
      '/assets/..%5c..%5csecret.txt',
      '//secret.txt',
      '/.vite/manifest.json',
      '/assets/app-1a2b.js.map',
      '/assets/',
      '/assets',
      '/index.html/',
      '/index.html%00',
      '/INDEX.HTML',
      '/__proto__',
      '/constructor',
    ]
    for (const path of names) {
      const { status, text } = await send(app.port, { path, headers: fromPage(cookie) })
      expect([path, status]).toEqual([path, 404])
      expect(text).not.toContain('outside')
    }
  })

  test('2,000 random methods and paths: nothing but plain refusals', { timeout: 60_000 }, async () => {
    const cookie = await app.enter()
    let seed = 42
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return seed % below
    }
    const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND']
    const parts = [
      '/',
      '..',
      '%2e',
      '%00',
      'enter',
      'call',
      'events2',
      '?',
      'ticket=',
      '&',
      '\\',
      'assets',
      ';',
      '*',
      '~',
      '%',
    ]
    for (let round = 0; round < 2_000; round += 1) {
      const path = `/${Array.from({ length: 1 + random(6) }, () => parts[random(parts.length)]).join('')}`
      const method = methods[random(methods.length)] ?? 'GET'
      const { status } = await send(app.port, { method, path, headers: fromPage(cookie) })
      const isPage = method === 'GET' && /^\/(\?|$)/.test(path)
      expect([method, path, status]).toEqual([
        method,
        path,
        isPage ? 200 : expect.toSatisfy((s: number) => s >= 400 && s < 500),
      ])
    }
    expect(app.calls).toEqual([])
  })
})

const body = (size: number) => JSON.stringify({ name: 'a.b', input: 'x'.repeat(size) })

describe('a call', () => {
  test('reaches main as data and comes back as data', async () => {
    const cookie = await app.enter()
    const { status, headers, text } = await app.call(cookie, JSON.stringify({ name: 'a.b', input: { text: 'é' } }))
    expect([status, JSON.parse(text)]).toEqual([200, { ok: true, value: 'done' }])
    expect(headers['cache-control']).toBe('no-store')
    expect(app.calls).toEqual([{ name: 'a.b', input: { text: 'é' } }])
  })

  test('that throws is an internal failure without details', async () => {
    const cookie = await app.enter()
    app.answerWith(() => Promise.reject(new Error('secret detail')))
    const { text } = await app.call(cookie, '{"name":"a.b"}')
    expect(JSON.parse(text)).toMatchObject({ ok: false, failure: { code: 'internal' } })
    expect(text).not.toContain('secret detail')
  })

  test('that is not one is refused', async () => {
    const cookie = await app.enter()
    for (const text of ['', '{', 'null', '[]', '"a"', '{"input":1}', '{"name":1}', '{"__proto__":{"name":"a"}}']) {
      const answer = await app.call(cookie, text)
      expect([answer.status, JSON.parse(answer.text).failure.code]).toEqual([400, 'input.invalid'])
    }
    expect(app.calls).toEqual([])
  })

  test('may carry what the contract allows, not more', async () => {
    const cookie = await app.enter()
    expect((await app.call(cookie, body(limits.callBytes))).status).toBe(200)
    expect((await app.call(cookie, body(limits.callBytes + 8 * 1024))).status).toBe(413)
    // Sent in chunks, so that no length is announced: cut at the limit, whether or not the answer still arrives.
    const chunked = await app
      .call(cookie, body(limits.callBytes + 1024 * 1024), { 'transfer-encoding': 'chunked' })
      .catch(() => null)
    expect([413, undefined]).toContain(chunked?.status)
    expect(app.calls).toHaveLength(1)
    expect((await app.call(cookie, body(1))).status).toBe(200)
  })

  test('that is cut in the middle disturbs nobody', async () => {
    const cookie = await app.enter()
    const socket = connect(app.port, '127.0.0.1')
    const own = {
      host: `127.0.0.1:${app.port}`,
      origin: `http://127.0.0.1:${app.port}`,
      'content-type': 'application/json',
    }
    const lines = Object.entries({ ...fromPage(cookie), ...own, 'content-length': '100' })
    socket.write(`POST /call HTTP/1.1\r\n${lines.map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n{"name"`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    socket.destroy()
    expect((await app.call(cookie, '{"name":"a.b"}')).status).toBe(200)
    expect(app.calls).toHaveLength(1)
  })
})

/** Listens until `count` events came, and hangs up. */
async function listen(cookie: string, count: number, lastEventId?: string) {
  const response = await fetch(`http://127.0.0.1:${app.port}/events`, {
    headers: { ...fromPage(cookie), ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
  })
  const events: Array<{ id: string; event: ParleyEvent }> = []
  let text = ''
  const read = async () => {
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    while (events.length < count) {
      const { value, done } = await reader.read()
      if (done) break
      text += value
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^id: (\S+)\ndata: (.*)$/m.exec(text.slice(0, end))
        text = text.slice(end + 2)
        if (data) events.push({ id: data[1] ?? '', event: JSON.parse(data[2] ?? '') })
      }
    }
    await reader.cancel()
    return events
  }
  return { response, read: read() }
}
async function connected(count: number) {
  await expect.poll(() => app.server.windowCount()).toBe(count)
}

describe('events', () => {
  const changed = { name: 'conversations.changed' } as const

  test('reach every window', async () => {
    const cookie = await app.enter()
    const windows = await Promise.all([listen(cookie, 1), listen(cookie, 1)])
    await connected(2)
    app.publish(changed)
    for (const { response, read } of windows) {
      expect(response.headers.get('content-type')).toContain('text/event-stream')
      expect((await read).map(({ event }) => event)).toEqual([changed])
    }
    await connected(0)
  })

  test('missed while away are sent again, in order and once', async () => {
    const cookie = await app.enter()
    const first = await listen(cookie, 1)
    await connected(1)
    app.publish(changed)
    const [seen] = await first.read
    for (let n = 0; n < 3; n += 1) app.publish({ name: 'spend.changed' })
    const again = await listen(cookie, 4, seen?.id)
    await connected(1)
    app.publish({ name: 'key.changed' })
    const names = (await again.read).map(({ event }) => event.name)
    expect(names).toEqual(['spend.changed', 'spend.changed', 'spend.changed', 'key.changed'])
  })

  test('forgotten by now are said to be lost', async () => {
    const cookie = await app.enter()
    const first = await listen(cookie, 1)
    await connected(1)
    app.publish(changed)
    const [seen] = await first.read
    for (let n = 0; n < 6; n += 1) app.publish(changed)
    for (const id of [seen?.id, 'another-run-3', 'nonsense', '']) {
      const { read } = await listen(cookie, 1, id)
      expect((await read)[0]?.event).toEqual({ name: 'events.lost' })
    }
  })
})

test('closing ends streams and lets calls under way finish', async () => {
  const cookie = await app.enter()
  const stream = await fetch(`http://127.0.0.1:${app.port}/events`, { headers: fromPage(cookie) })
  const ended = stream.text()
  const { promise, resolve } = Promise.withResolvers<Result<unknown>>()
  app.answerWith(() => promise)
  const running = app.call(cookie, '{"name":"a.b"}')
  await expect.poll(() => app.calls.length).toBe(1)
  const closed = app.server.close()
  resolve({ ok: true, value: 1 })
  expect((await running).status).toBe(200)
  await closed
  await ended
  await expect(send(app.port, {})).rejects.toThrow('ECONNREFUSED')
})

test('a port that is taken is said in words', async () => {
  const options = {
    files: new Map(),
    session: app.session,
    call: () => Promise.reject(new Error('never called')),
    onEvent: () => () => undefined,
  }
  await expect(createPageServer({ ...options, port: app.port })).rejects.toThrow(`Port ${app.port} is taken`)
})
