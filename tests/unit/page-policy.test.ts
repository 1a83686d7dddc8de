import { describe, expect, test } from 'vitest'
import {
  contentSecurityPolicy,
  cookieValue,
  judgeRequest,
  pageHeaders,
  questionHeaders,
  type RequestFacts,
} from '../../electron/main/core/page-policy.ts'

const authority = '127.0.0.1:4711'
const ticket = 'a'.repeat(43)

/** A fetch by the page itself, with its session. */
const facts = (more: Partial<RequestFacts> = {}): RequestFacts => ({
  method: 'GET',
  target: '/',
  host: authority,
  origin: undefined,
  site: 'same-origin',
  mode: 'cors',
  dest: 'empty',
  contentType: undefined,
  isServiceWorker: false,
  hasSession: true,
  ...more,
})
const navigation = { mode: 'navigate', dest: 'document' }
const call = (more: Partial<RequestFacts> = {}) =>
  facts({ method: 'POST', target: '/call', origin: `http://${authority}`, contentType: 'application/json', ...more })
const entry = (more: Partial<RequestFacts> = {}) =>
  facts({ ...navigation, target: `/enter?ticket=${ticket}`, site: 'cross-site', hasSession: false, ...more })

const judge = (given: RequestFacts) => {
  const verdict = judgeRequest(given, authority)
  return verdict.kind === 'refused' ? verdict.status : verdict.kind
}

describe('the content security policy', () => {
  const promised = [
    "default-src 'none'",
    "script-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types parley-worker',
  ]

  test.each(['desktop', 'browser'] as const)('%s: closed by default', (shell) => {
    const directives = contentSecurityPolicy(shell).split('; ')
    for (const directive of promised) expect(directives).toContain(directive)
    expect(contentSecurityPolicy(shell)).not.toMatch(/unsafe|https?:|data:|\*/)
  })

  test('only the browser shell connects, and only to itself', () => {
    expect(contentSecurityPolicy('desktop')).toContain("connect-src 'none'")
    expect(contentSecurityPolicy('browser')).toContain("connect-src 'self'")
  })

  test('comes with the other headers', () => {
    expect(pageHeaders('browser')).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    })
    expect(pageHeaders('desktop')['Permissions-Policy']).toContain('camera=()')
  })

  test('the page that asks runs nothing and posts to itself', () => {
    const policy = questionHeaders('sha256-x')['Content-Security-Policy']
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("form-action 'self'")
    expect(policy).not.toContain('script-src')
  })
})

describe('a request', () => {
  test.each<[string, RequestFacts, number | string]>([
    ['the page typed in', facts({ ...navigation, site: 'none' }), 'file'],
    ['the page from the entry page', facts({ ...navigation }), 'file'],
    ['a script', facts({ target: '/assets/a.js', mode: 'cors', dest: 'script' }), 'file'],
    ['a call', call(), 'call'],
    ['a call with a charset', call({ contentType: 'application/json; charset=UTF-8' }), 'call'],
    ['events', facts({ target: '/events' }), 'events'],
    ['a ticket from the redirect file', entry(), 'enter'],
    ['a ticket typed in', entry({ site: 'none' }), 'enter'],

    ['a rebound name', facts({ host: 'evil.example:4711' }), 403],
    ['localhost', facts({ host: 'localhost:4711' }), 403],
    ['another port as Host', facts({ host: '127.0.0.1:4712' }), 403],
    ['no Host', facts({ host: undefined }), 403],
    ['a rebound name with a ticket', entry({ host: 'evil.example' }), 403],

    ['another origin', call({ origin: 'http://127.0.0.1:4712' }), 403],
    ['an opaque origin', call({ origin: 'null' }), 403],
    ['a call without Origin', call({ origin: undefined }), 403],
    ['another site', facts({ site: 'cross-site' }), 403],
    ['another local port', facts({ site: 'same-site' }), 403],
    ['no Sec-Fetch-Site', facts({ site: undefined }), 403],
    ['a call from another local port', call({ site: 'same-site' }), 403],
    ['a call that was typed', call({ site: 'none' }), 403],
    ['a frame', facts({ mode: 'navigate', dest: 'iframe' }), 403],
    ['a service worker', facts({ isServiceWorker: true }), 403],
    ['events typed in', facts({ target: '/events', site: 'none' }), 403],

    ['no session: page', facts({ ...navigation, hasSession: false }), 403],
    ['no session: script', facts({ target: '/assets/a.js', hasSession: false }), 403],
    ['no session: call', call({ hasSession: false }), 403],
    ['no session: events', facts({ target: '/events', hasSession: false }), 403],

    ['a ticket from another local port', entry({ site: 'same-site' }), 403],
    ['a ticket from the page', entry({ site: 'same-origin' }), 403],
    ['a ticket by fetch', entry({ mode: 'no-cors', dest: 'empty' }), 403],
    ['a ticket by image', entry({ mode: 'no-cors', dest: 'image' }), 403],
    ['a ticket in a frame', entry({ dest: 'iframe' }), 403],
    ['a ticket by POST', entry({ method: 'POST' }), 405],
    ['no ticket', entry({ target: '/enter' }), 403],
    ['an empty ticket', entry({ target: '/enter?ticket=' }), 403],
    ['two tickets', entry({ target: `/enter?ticket=${ticket}&ticket=${ticket}` }), 403],

    ['PUT', call({ method: 'PUT' }), 405],
    ['HEAD', facts({ method: 'HEAD' }), 405],
    ['OPTIONS', facts({ method: 'OPTIONS' }), 405],
    ['POST to a file', facts({ method: 'POST', origin: `http://${authority}` }), 405],
    ['GET of a call', facts({ target: '/call' }), 405],
    ['a call as text', call({ contentType: 'text/plain' }), 415],
    ['a call as a form', call({ contentType: 'application/x-www-form-urlencoded' }), 415],
    ['a call of no type', call({ contentType: undefined }), 415],
    ['an absolute target', facts({ target: `http://${authority}/` }), 404],
  ])('%s', (_name, given, expected) => {
    expect(judge(given)).toBe(expected)
  })

  test('a path is passed on as sent, never decoded or joined', () => {
    expect(judgeRequest(facts({ target: '/../%2e%2e/etc/passwd?x' }), authority)).toEqual({
      kind: 'file',
      path: '/../%2e%2e/etc/passwd',
    })
  })
})

describe('a cookie', () => {
  test.each<[string | undefined, string | undefined]>([
    ['parley-1=x', 'x'],
    ['a=b; parley-1=x; c=d', 'x'],
    ['parley-1=x=y', 'x=y'],
    ['parley-12=x', undefined],
    ['xparley-1=x', undefined],
    ['parley-1=x; parley-1=y', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (header, value) => {
    expect(cookieValue(header, 'parley-1')).toBe(value)
  })
})
