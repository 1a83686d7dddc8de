import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createReading } from '../../../electron/main/api/reading.ts'
import { bytesOf, recordedStreams } from '../../provider/recorded.ts'
import type { RecordedStream } from '../../provider/recorded.ts'

/** Reads a body that arrives in the given pieces, and checks on the way that no piece ends inside a surrogate pair. */
function readPieces(pieces: Uint8Array[]) {
  const reading = createReading('text/event-stream', null)
  let content = ''
  let reasoning = ''
  let events = 0
  const take = (given: ReturnType<typeof reading.feed>): void => {
    for (const piece of given) {
      if (piece.type !== 'data') continue
      expect(piece.content.isWellFormed() && piece.reasoning.isWellFormed()).toBe(true)
      content += piece.content
      reasoning += piece.reasoning
      if (piece.raw !== '') events += 1
    }
  }
  for (const piece of pieces) take(reading.feed(piece))
  take(reading.end())
  const { reply } = reading
  expect(reply.content).toBe(content)
  expect(reply.reasoning).toBe(reasoning)
  const { finishReason, usage, credits, error, id, model, refusal } = reply
  const verdict = reading.verdict()?.code ?? null
  return { content, reasoning, events, finishReason, usage, credits, error, id, model, refusal, verdict }
}

function cutAt(bytes: Uint8Array, positions: number[]): Uint8Array[] {
  const sorted = [...new Set(positions)].filter((at) => at > 0 && at < bytes.length).toSorted((a, b) => a - b)
  return [0, ...sorted].map((at, index) => bytes.subarray(at, sorted[index] ?? bytes.length))
}

const whole = (stream: RecordedStream) => readPieces([bytesOf(stream)])

describe.each(recordedStreams)('$name', (stream) => {
  const bytes = bytesOf(stream)

  it('is read as documented', () => {
    const { content, reasoning } = stream.expect.cleaned ?? stream.expect
    const { usage, creditsUsed, error } = stream.expect
    const got = whole(stream)
    expect(got).toMatchObject({ content, reasoning, finishReason: stream.expect.finishReason })
    expect(got.usage?.promptTokens ?? null).toBe(usage?.prompt ?? null)
    expect(got.usage?.completionTokens ?? null).toBe(usage?.completion ?? null)
    expect(got.credits).toBe(creditsUsed ?? null)
    expect(got.error?.message ?? null).toBe(error?.message ?? null)
  })

  it('reads the same when cut at any one place', () => {
    const expected = whole(stream)
    for (let at = 1; at < bytes.length; at++) {
      expect(readPieces([bytes.subarray(0, at), bytes.subarray(at)]), `cut at ${at}`).toEqual(expected)
    }
  })

  it('reads the same byte by byte, and cut at random places', () => {
    const expected = whole(stream)
    expect(readPieces(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)))).toEqual(expected)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: Math.max(1, bytes.length - 1) }), { maxLength: 40 }), (places) => {
        expect(readPieces(cutAt(bytes, places))).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })
})
