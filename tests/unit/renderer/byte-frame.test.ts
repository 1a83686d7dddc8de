import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { answerBody, parseCall } from '../../../electron/shells/browser/call-body.ts'
import { bytesType, framedCall, framedResult } from '../../../renderer/src/ipc/byte-frame.ts'

describe('bytes between a page and the browser shell', () => {
  it.each([0, 1, 3, 1024 * 1024])('arrive as they left, %d of them, in both directions', async (length) => {
    const bytes = new Uint8Array(randomBytes(length))
    const call = framedCall('documents.chunk', { uploadId: 'ü', offset: 7, bytes })
    const body = Buffer.from((await call?.arrayBuffer()) ?? new ArrayBuffer(0))
    expect(parseCall(body, bytesType)).toEqual({ name: 'documents.chunk', input: { uploadId: 'ü', offset: 7, bytes } })

    const answer = answerBody({ ok: true, value: { bytes, mediaType: 'äpplication/pdf', next: null } })
    expect(answer.type).toBe(bytesType)
    const sent = new Uint8Array(answer.body)
    expect(framedResult(sent.buffer)).toEqual({ ok: true, value: { bytes, mediaType: 'äpplication/pdf', next: null } })
  })

  it('leave everything else as JSON', () => {
    expect(framedCall('drafts.save', { text: 'bytes' })).toBeNull()
    expect(framedCall('app.snapshot', null)).toBeNull()
    for (const value of [null, 'bytes', { bytes: 'text' }, { text: 'x' }])
      expect(answerBody({ ok: true, value }).type).toContain('application/json')
    expect(parseCall(Buffer.from('{"name":"a","input":{"b":1}}'), 'application/json')).toEqual({
      name: 'a',
      input: { b: 1 },
    })
  })

  it.each([
    ['too short', Buffer.alloc(3)],
    ['a length beyond the end', Buffer.from([255, 255, 255, 255, 123])],
    ['no JSON', Buffer.from([0, 0, 0, 2, 123, 123])],
    ['an input that is no object', Buffer.concat([Buffer.from([0, 0, 0, 22]), Buffer.from('{"name":"a","input":1}')])],
  ])('are no call when they are %s', (_what, body) => {
    expect(parseCall(body, bytesType)).toBeNull()
  })
})
