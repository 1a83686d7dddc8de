import { describe, expect, it } from 'vitest'
import { FailureError } from '../../../electron/contract/errors.ts'
import { defaultOrigin, isLoopback, normaliseOrigin } from '../../../electron/main/core/origin.ts'

describe('an origin', () => {
  it.each([
    ['https://api.aimlapi.com', defaultOrigin],
    ['  https://api.aimlapi.com/v1/  ', defaultOrigin],
    ['https://API.aimlapi.com//v1//', defaultOrigin],
    ['api.aimlapi.com/v1', defaultOrigin],
    ['https://api.aimlapi.com:443', defaultOrigin],
    ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080'],
    ['localhost:3000', 'http://localhost:3000'],
    ['http://[::1]:3000/', 'http://[::1]:3000'],
    ['https://gateway.example:8443', 'https://gateway.example:8443'],
  ])('%s → %s', (given, expected) => {
    expect(normaliseOrigin(given)).toBe(expected)
  })

  it.each([
    ['', 'empty'],
    ['http://api.aimlapi.com', 'plain http'],
    ['http://127.0.0.1.evil.example', 'plain http'],
    ['http://localhost.evil.example', 'plain http'],
    ['ftp://api.aimlapi.com', 'only https'],
    ['javascript://api.aimlapi.com', 'only https'],
    ['https://user:secret@api.aimlapi.com', 'user name'],
    ['https://api.aimlapi.com@evil.example', 'user name'],
    ['https://api.aimlapi.com/?x=1', '? or #'],
    ['https://api.aimlapi.com/v2', '/v1'],
    ['https://', 'not an address'],
    ['not an address', 'not an address'],
    [`https://a.example/${'x'.repeat(3_000)}`, 'longer'],
  ])('%s is refused: %s', (given, reason) => {
    const error = (() => {
      try {
        return normaliseOrigin(given)
      } catch (thrown) {
        return thrown
      }
    })()
    expect(error).toBeInstanceOf(FailureError)
    expect((error as FailureError).failure).toMatchObject({
      code: 'input.invalid',
      detail: expect.stringContaining(reason),
    })
  })

  it('knows this computer', () => {
    expect(['localhost', 'a.localhost', '127.0.0.1', '127.9.9.9', '[::1]', 'LOCALHOST.'].every(isLoopback)).toBe(true)
    expect(['127.0.0.1.example', 'localhost.example', '10.0.0.1', '0.0.0.0', '[::]'].some(isLoopback)).toBe(false)
  })
})
