import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTestServer, testPage, type TestServer } from '../helpers/page-server.ts'
import { navigation, send } from '../helpers/raw-http.ts'

let app: TestServer

beforeEach(async () => {
  app = await startTestServer()
})

afterEach(() => app.stop())

describe('the ticket', () => {
  test('is exchanged for a cookie that no script and no other site can use', async () => {
    const path = `/enter?ticket=${app.session.issueTicket(30_000)}`
    const { status, headers, text } = await send(app.port, { path, headers: navigation('cross-site') })
    expect(status).toBe(200)
    expect(headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^parley-${app.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    )
    expect(headers['cache-control']).toBe('no-store')
    // Not a redirect by status: SameSite=Strict would keep the cookie back.
    expect(text).toContain('content="0;url=/"')
  })

  test('works once', async () => {
    const request = { path: `/enter?ticket=${app.session.issueTicket(null)}`, headers: navigation('none') }
    expect((await send(app.port, request)).status).toBe(200)
    const again = await send(app.port, request)
    expect(again.status).toBe(403)
    expect(again.headers['set-cookie']).toBeUndefined()
  })

  test('works for 30 seconds', async () => {
    const [early, late] = [app.session.issueTicket(30_000), app.session.issueTicket(30_000)]
    app.clock.now = 30_000
    expect((await send(app.port, { path: `/enter?ticket=${early}`, headers: navigation('none') })).status).toBe(200)
    app.clock.now = 30_001
    expect((await send(app.port, { path: `/enter?ticket=${late}`, headers: navigation('none') })).status).toBe(403)
  })

  test('is not used up by a request that is refused', async () => {
    const path = `/enter?ticket=${app.session.issueTicket(30_000)}`
    expect((await send(app.port, { path, headers: navigation('same-site') })).status).toBe(403)
    expect((await send(app.port, { path, headers: { ...navigation('none'), host: 'evil.example' } })).status).toBe(403)
    expect((await send(app.port, { path, headers: navigation('cross-site') })).status).toBe(200)
  })

  test('cannot be guessed, and no ticket gives nothing', async () => {
    for (const path of ['/enter', '/enter?ticket=', `/enter?ticket=${'a'.repeat(43)}`, '/enter/?ticket=x']) {
      expect((await send(app.port, { path, headers: navigation('none') })).status).toBe(403)
    }
  })
})

describe('the session', () => {
  test('outlives a reload, and every window may have its own', async () => {
    const [first, second] = [await app.enter(), await app.enter()]
    expect(first).not.toBe(second)
    for (const cookie of [first, second, first]) {
      const { status, text } = await send(app.port, { headers: { ...navigation('same-origin'), cookie } })
      expect([status, text]).toEqual([200, testPage])
    }
  })

  test('a made-up cookie, or that of another app.port, is none', async () => {
    const [, value] = (await app.enter()).split('=')
    for (const cookie of [
      `parley-${app.port}=${'a'.repeat(43)}`,
      `parley-${app.port + 1}=${value}`,
      `parley-${app.port}=`,
    ]) {
      expect((await send(app.port, { headers: { ...navigation('none'), cookie } })).status).toBe(403)
    }
  })
})

describe('another site', () => {
  test('that resolves its name to 127.0.0.1 is refused (DNS rebinding)', async () => {
    const cookie = await app.enter()
    for (const host of [
      'evil.example',
      `evil.example:${app.port}`,
      `localhost:${app.port}`,
      '127.0.0.1',
      `[::1]:${app.port}`,
    ]) {
      const { status } = await app.call(cookie, '{"name":"app.state"}', { host })
      expect(status).toBe(403)
    }
    expect(app.calls).toEqual([])
  })

  test('cannot call with the cookie of a person who is in (CSRF)', async () => {
    const cookie = await app.enter()
    const hostile = [
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { 'sec-fetch-site': 'same-site', origin: `http://127.0.0.1:${app.port + 1}` },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'same-origin', origin: 'null' },
      { 'content-type': 'text/plain' },
    ]
    for (const more of hostile) expect([403, 415]).toContain((await app.call(cookie, '{"name":"a.b"}', more)).status)
    expect(app.calls).toEqual([])
  })

  test('is never given a CORS header', async () => {
    const cookie = await app.enter()
    const preflight = await send(app.port, {
      method: 'OPTIONS',
      path: '/call',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(405)
    for (const { headers } of [preflight, await app.call(cookie, '{"name":"a.b"}')]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  test('a program that sends no Sec-Fetch headers gets nothing', async () => {
    const cookie = await app.enter()
    expect((await send(app.port, {})).status).toBe(403)
    expect((await send(app.port, { headers: { cookie } })).status).toBe(403)
  })
})
