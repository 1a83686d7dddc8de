import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanDetail } from '../../../electron/main/api/detail.ts'
import { failureOfAnswer, failureOfError, mayRetryStatus, ProxyFault } from '../../../electron/main/api/failures.ts'

const key = 'key-canary-5f0c1d2e3a4b'
const nowMs = Date.parse('2026-11-01T00:00:00Z')

function answer(status: number, body: unknown = '', headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return failureOfAnswer({ status, header: (name) => headers[name] ?? null, body: text, key, nowMs })
}

describe('an answer', () => {
  it.each([
    [400, {}, 'request.refused', 'not-charged'],
    [401, {}, 'key.rejected', 'not-charged'],
    [403, { error: { data: { kind: 'err_insufficent_credits' } } }, 'balance.empty', 'not-charged'],
    [403, { error: { name: 'OutOfFundsException' } }, 'balance.empty', 'not-charged'],
    [403, { message: "You've run out of credits." }, 'balance.empty', 'not-charged'],
    [403, { message: 'Forbidden for this key' }, 'access.denied', 'not-charged'],
    [404, {}, 'model.not-found', 'not-charged'],
    [407, {}, 'network.proxy', 'not-charged'],
    [408, {}, 'provider.failed', 'unknown'],
    [413, {}, 'request.too-large', 'not-charged'],
    [422, {}, 'request.refused', 'not-charged'],
    [429, {}, 'rate.limited', 'not-charged'],
    [500, {}, 'provider.failed', 'not-charged'],
    [502, {}, 'provider.failed', 'not-charged'],
    [503, {}, 'provider.failed', 'not-charged'],
    [504, {}, 'provider.failed', 'unknown'],
    [524, {}, 'provider.failed', 'unknown'],
    [307, {}, 'network.redirect', 'not-charged'],
  ])('%i %j is %s, money %s', (status, body, code, money) => {
    expect(answer(status, body)).toMatchObject({ code, money, status, text: 'kept' })
  })

  it('says what the provider said, from each of its envelopes', () => {
    expect(answer(400, { message: ['temperature too high', 'seed too low'] }).detail).toBe(
      'temperature too high; seed too low',
    )
    expect(answer(404, { error: { message: 'No endpoints found' } }).detail).toBe('No endpoints found')
    expect(answer(429, { statusCode: '429', message: 'Too many', path: '/x' }).detail).toBe('Too many')
    expect(answer(500, { title: 'Internal' }).detail).toBe('Internal')
    expect(answer(502, 'upstream said no').detail).toBe('upstream said no')
    expect(answer(502, '  <html><script>alert(1)</script>').detail).toBeUndefined()
    expect(answer(502, '{"broken').detail).toBe('HTTP 502')
    expect(answer(502).detail).toBe('HTTP 502')
  })

  it('honours Retry-After in both forms, within an hour', () => {
    expect(answer(429, '', { 'retry-after': '7' }).retryAfterMs).toBe(7_000)
    expect(answer(429, '', { 'retry-after': 'Sun, 01 Nov 2026 00:00:30 GMT' }).retryAfterMs).toBe(30_000)
    expect(answer(503, '', { 'retry-after': '0' }).retryAfterMs).toBe(0)
    expect(answer(429, '', { 'retry-after': 'Sat, 31 Oct 2026 00:00:00 GMT' }).retryAfterMs).toBe(0)
    expect(answer(429, '', { 'retry-after': '999999999' }).retryAfterMs).toBe(3_600_000)
    expect(answer(429, '', { 'retry-after': 'soon' })).not.toHaveProperty('retryAfterMs')
  })

  it('may be asked again only where nothing was bought', () => {
    expect([429, 503].every(mayRetryStatus)).toBe(true)
    expect([400, 401, 403, 408, 500, 502, 504, 524].some(mayRetryStatus)).toBe(false)
  })
})

describe('a detail', () => {
  it('is one safe line without the key, whatever came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constant(key), fc.constant('\u202e'))),
        (parts) => {
          const detail = cleanDetail(parts.join(''), key) ?? ''
          expect(detail).not.toContain(key)
          expect(detail.length).toBeLessThanOrEqual(300)
          expect(detail).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
          expect(detail.isWellFormed()).toBe(true)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('finds a key that is broken up, encoded or next to the cut', () => {
    expect(cleanDetail(`a ${key.slice(0, 6)}\u0000\u200b${key.slice(6)} b`, key)).toBe('a [key] b')
    expect(cleanDetail(`${'x'.repeat(295)}${key}`, key)).not.toContain('key-c')
    expect(cleanDetail('at a%2Fb%2Bc here', 'a/b+c')).toBe('at [key] here')
    expect(cleanDetail('via http://user:secret@proxy:8080/', null)).toBe('via http://proxy:8080/')
  })
})

const coded = (code: string, message = code): Error => Object.assign(new Error(message), { code })

describe('an error of the network', () => {
  const before = { wasSent: false, hasAnswered: false, key }
  const after = { wasSent: true, hasAnswered: false, key }

  it.each([
    [coded('ENOTFOUND'), before, 'network.unreachable', 'not-charged'],
    [coded('ECONNREFUSED'), before, 'network.unreachable', 'not-charged'],
    [coded('UND_ERR_CONNECT_TIMEOUT'), before, 'network.unreachable', 'not-charged'],
    [new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]), before, 'network.unreachable', 'not-charged'],
    [coded('ECONNRESET'), before, 'network.reset', 'not-charged'],
    [coded('DEPTH_ZERO_SELF_SIGNED_CERT'), before, 'network.tls', 'not-charged'],
    [coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), before, 'network.tls', 'not-charged'],
    [coded('CERT_HAS_EXPIRED'), before, 'network.tls', 'not-charged'],
    [coded('ERR_TLS_CERT_ALTNAME_INVALID'), before, 'network.tls', 'not-charged'],
    [new ProxyFault('no connection to the proxy'), before, 'network.proxy', 'not-charged'],
    [
      coded('UND_ERR_ABORTED', 'Proxy response (407) !== 200 when HTTP Tunneling'),
      before,
      'network.proxy',
      'not-charged',
    ],
    [coded('UND_ERR_SOCKS5_AUTH_FAILED'), before, 'network.proxy', 'not-charged'],
    [coded('ECONNRESET'), after, 'network.reset', 'unknown'],
    [coded('UND_ERR_SOCKET', 'other side closed'), after, 'network.reset', 'unknown'],
    [coded('ETIMEDOUT'), after, 'network.reset', 'unknown'],
    [coded('ECONNRESET'), { ...after, hasAnswered: true }, 'reply.ended-early', 'unknown'],
    [Object.assign(new Error('no HTTP'), { name: 'HTTPParserError' }), after, 'reply.unreadable', 'unknown'],
    ['not even an error', after, 'network.reset', 'unknown'],
  ])('%s is %s', (error, context, code, money) => {
    expect(failureOfError(error, context)).toMatchObject({ code, money })
  })

  it('never shows the key', () => {
    expect(failureOfError(coded('EX', `bad ${key}`), after).detail).toBe('bad [key] (EX)')
  })
})
