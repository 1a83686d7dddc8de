import { describe, expect, it } from 'vitest'
import { createBodyKindFinder } from '../../../electron/main/api/body-kind.ts'
import { createReading } from '../../../electron/main/api/reading.ts'
import { createStream } from '../../../electron/main/api/stream.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function read(...pieces: (string | Uint8Array)[]) {
  const data: string[] = []
  let comments = 0
  const stream = createStream({ onData: (each) => data.push(each), onComment: () => (comments += 1) })
  for (const piece of pieces) stream.feed(typeof piece === 'string' ? bytes(piece) : piece)
  stream.end()
  return { data, comments }
}

describe('a stream', () => {
  it.each(['\n', '\r', '\r\n'])('takes lines that end with %j', (end) => {
    expect(read(`: hi${end}${end}data: a${end}${end}data: b${end}data: c${end}${end}`)).toEqual({
      data: ['a', 'b\nc'],
      comments: 1,
    })
  })

  it('takes off one BOM, joins split characters, and reads a last event without its blank line', () => {
    const text = bytes('\ufeffdata: ж🚀')
    const pieces = Array.from(text, (_, at) => text.subarray(at, at + 1))
    expect(read(...pieces).data).toEqual(['ж🚀'])
    expect(read('data: x\n').data).toEqual(['x'])
    expect(read('data: x\r').data).toEqual(['x'])
    expect(read(bytes('data: x').subarray(0, 7), new Uint8Array([0xf0, 0x9f])).data).toEqual(['x\ufffd'])
  })

  it('does nothing at the word of a name, an id or a retry', () => {
    const hostile = 'event: execute\nid: ../../x\nretry: 1\ndata: {"choices":[{"delta":{"content":"text"}}]}\n\n'
    expect(read(hostile).data).toEqual(['{"choices":[{"delta":{"content":"text"}}]}'])
    expect(read('event: execute\n\n').data).toEqual([])
  })

  it('stops at its limit, in one line, in one event of many lines, and in a comment', () => {
    for (const piece of ['data: x'.padEnd(1_000, 'x'), `data: ${'y'.repeat(90)}\n`.repeat(10), `:${'z'.repeat(999)}`]) {
      const stream = createStream({ onData: () => undefined, onComment: () => undefined }, 500)
      expect(stream.feed(bytes(piece))).toBe(false)
      expect(stream.feed(bytes('data: more\n\n'))).toBe(false)
      stream.end()
    }
  })
})

const kind = (type: string, ...pieces: string[]) => {
  const finder = createBodyKindFinder(type)
  return pieces.map((piece) => finder.look(bytes(piece))).at(-1)
}

describe('the kind of a body', () => {
  it.each([
    ['text/event-stream', 'data: {}', 'events'],
    ['text/event-stream; charset=utf-8', ': hi', 'events'],
    ['text/event-stream', '{"error":{}}', 'json'],
    ['text/event-stream', ' \n<html>', 'page'],
    ['application/json', '{"a":1}', 'json'],
    ['application/json', 'nonsense', 'other'],
    ['text/html', 'data: {}', 'page'],
    ['text/plain', 'data: {}', 'events'],
    ['', '\ufeffdata: {}', 'events'],
    ['', 'Welcome to our hotel', 'other'],
  ])('%s %j is %s', (type, body, expected) => {
    expect(kind(type, body)).toBe(expected)
  })

  it('waits through white space, but not for ever', () => {
    expect(kind('', '  \n', '  ')).toBeNull()
    expect(kind('', '  \n', '{')).toBe('json')
    expect(kind('', ' '.repeat(2_000))).toBe('other')
  })
})

describe('a reading', () => {
  it('of an empty or silent body says what is missing', () => {
    const empty = createReading('text/event-stream', null)
    empty.end()
    expect(empty.verdict()?.code).toBe('reply.ended-early')
    const page = createReading('text/html', null)
    page.end()
    expect(page.verdict()?.code).toBe('reply.not-a-stream')
    const strange = createReading('application/json', null)
    strange.feed(bytes('{"hello":"world"}'))
    strange.end()
    expect(strange.verdict()?.code).toBe('reply.unreadable')
  })

  it('gives up on a reply without end, and says so once it is billed', () => {
    const reading = createReading('text/event-stream', null, 1_000)
    const event = 'data: {"choices":[{"delta":{"content":"x"}}],"meta":{"usage":{"credits_used":5}}}\n\n'
    for (let count = 0; count < 20; count++) reading.feed(bytes(event))
    expect(reading.fault()?.code).toBe('reply.too-long')
    expect(reading.verdict()).toMatchObject({ code: 'reply.too-long', money: 'charged' })
  })

  it('out of credit inside a 200 is told from other errors', () => {
    const reading = createReading('application/json', 'canary-key')
    reading.feed(bytes('{"error":{"message":"no funds for canary-key","data":{"kind":"err_insufficent_credits"}}}'))
    reading.end()
    expect(reading.verdict()).toMatchObject({
      code: 'balance.empty',
      money: 'not-charged',
      detail: 'no funds for [key]',
    })
  })
})
