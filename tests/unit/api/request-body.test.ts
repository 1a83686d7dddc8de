import { randomBytes } from 'node:crypto'
import { Agent } from 'undici'
import { describe, expect, it } from 'vitest'
import { fail } from '../../../electron/contract/errors.ts'
import type { ByteSource } from '../../../electron/main/api/byte-source.ts'
import { createApiClient } from '../../../electron/main/api/client.ts'
import type { ChatOutcome } from '../../../electron/main/api/events.ts'
import { requestBody } from '../../../electron/main/api/request-body.ts'
import { parseChatRequest } from '../../../electron/main/api/request.ts'
import { startProvider } from '../../provider/server.ts'

function source(mediaType: string, bytes: Uint8Array): ByteSource {
  return {
    mediaType,
    sizeBytes: bytes.byteLength,
    async *read(pieceBytes) {
      for (let at = 0; at < bytes.byteLength; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
    },
  }
}

const requestWith = (...sources: ByteSource[]) =>
  parseChatRequest({
    model: 'google/gemma-4-31b-it',
    messages: [
      {
        role: 'user',
        content: [
          ...sources.map((url) => ({ type: 'image_url', image_url: { url } })),
          { type: 'text', text: 'data:image/png;base64, "quoted" \u{1f600} ' },
        ],
      },
    ],
  })

async function whole(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<string> {
  if (content instanceof Uint8Array) return Buffer.from(content).toString()
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

describe('the body of a request', () => {
  it.each([1, 2, 3, 4, 196_607, 196_608, 196_609, 500_000])(
    'is the same as one whole JSON, of exactly the size announced, with %d bytes in it',
    async (length) => {
      const [one, two] = [randomBytes(length), randomBytes(7)]
      const { sizeBytes, content } = requestBody(requestWith(source('image/png', one), source('image/webp', two)))
      const text = await whole(content)
      expect(Buffer.byteLength(text)).toBe(sizeBytes)
      const url = (type: string, bytes: Buffer) => ({
        type: 'image_url',
        image_url: { url: `data:${type};base64,${bytes.toString('base64')}` },
      })
      const parts = (JSON.parse(text) as { messages: { content: unknown[] }[] }).messages[0]?.content
      expect(parts).toEqual([
        url('image/png', one),
        url('image/webp', two),
        { type: 'text', text: 'data:image/png;base64, "quoted" \u{1f600} ' },
      ])
    },
  )

  it('takes bytes only where bytes of that kind belong', () => {
    const pdf = source('application/pdf', randomBytes(3))
    expect(() => requestWith(pdf)).toThrowError(/request.parameter/)
    const file = { type: 'file', file: { filename: 'a.png', file_data: source('image/png', randomBytes(3)) } }
    const request = { model: 'google/gemma-4-31b-it', messages: [{ role: 'user', content: [file] }] }
    expect(() => parseChatRequest(request)).toThrowError(/request.parameter/)
  })

  it('is not charged to anyone when our own bytes end before it does', async () => {
    const provider = await startProvider()
    const dispatcher = new Agent()
    const client = createApiClient({
      origin: provider.url,
      key: () => 'test-key-of-the-body',
      dispatcher,
      now: Date.now,
      onContact: () => undefined,
    })
    const broken: ByteSource = {
      mediaType: 'image/png',
      sizeBytes: 9_000_000,
      async *read(pieceBytes) {
        for (let count = 0; count < 20; count++) yield randomBytes(pieceBytes)
        throw fail('document.refused', { refusal: { reason: 'damaged', name: 'a.png' } })
      },
    }
    let outcome: ChatOutcome | null = null
    const options = { attemptId: 'attempt-1', signal: new AbortController().signal }
    for await (const event of client.chat(requestWith(broken), options))
      if (event.type === 'ended') outcome = event.outcome
    expect(outcome).toMatchObject({
      isAborted: false,
      mayRetry: false,
      failure: { code: 'document.refused', money: 'not-charged', refusal: { reason: 'damaged', name: 'a.png' } },
    })
    expect(provider.books.rows.every(({ credits }) => credits === 0)).toBe(true)
    await dispatcher.destroy()
    await provider.close()
  })
})
