import type { Failure } from '../../contract/errors.ts'
import { createBodyKindFinder } from './body-kind.ts'
import type { BodyKindFinder } from './body-kind.ts'
import { failureOfReplyError, ownFailure } from './failures.ts'
import { createReply } from './reply.ts'
import type { ReplyState } from './reply.ts'
import { createStream } from './stream.ts'
import type { Stream } from './stream.ts'

/** The most of one reply, in bytes on the wire: thousands of times what the model can say. */
const mostReplyBytes = 64 * 1024 * 1024

/** What reading the body of a 200 gives, piece by piece. */
export type Piece = { type: 'comment' } | { type: 'data'; raw: string; content: string; reasoning: string }

/** Reads the body of a 200, whatever it turns out to be. */
export interface Reading {
  readonly reply: Readonly<ReplyState>
  feed: (bytes: Uint8Array) => Piece[]
  /** One JSON document instead of events: every byte of it counts as progress. */
  isDocument: () => boolean
  /** The body is over, or nothing more of it is wanted. The last piece may have an empty `raw`: text held back so far. */
  end: () => Piece[]
  /** What makes reading on useless: a page, a flood, an error. */
  fault: () => Failure | null
  /** What is wrong with the reply as it stands, if it ends here. */
  verdict: () => Failure | null
}

/** Starts reading. `mostBytes` bounds the whole reply. */
export function createReading(contentType: string, key: string | null, mostBytes = mostReplyBytes): Reading {
  const reply = createReply()
  const finder: BodyKindFinder = createBodyKindFinder(contentType)
  let pieces: Piece[] = []
  let early: Uint8Array[] = []
  let read: Stream | null = null
  let fault: Failure | null = null
  let isJson = false
  let isEnded = false
  let size = 0

  function add(raw: string, delta: { contentDelta: string; reasoningDelta: string }): void {
    pieces.push({ type: 'data', raw, content: delta.contentDelta, reasoning: delta.reasoningDelta })
  }

  function feed(bytes: Uint8Array): Piece[] {
    size += bytes.byteLength
    if (fault === null && size > mostBytes) fault = ownFailure('reply.too-long', 'unknown')
    if (fault !== null || isEnded) return []
    if (read !== null) give(bytes)
    else start(bytes)
    return taken()
  }

  function start(bytes: Uint8Array): void {
    early.push(bytes)
    const kind = finder.look(bytes)
    if (kind === null) return
    if (kind === 'page' || kind === 'other') {
      fault = ownFailure('reply.not-a-stream', 'unknown', describe(kind, contentType))
      return
    }
    isJson = kind === 'json'
    read = isJson ? collect() : createStream({ onData: (data) => add(data, reply.feed(data)), onComment })
    for (const each of early) give(each)
    early = []
  }

  function give(bytes: Uint8Array): void {
    if (read?.feed(bytes) === false)
      fault = ownFailure('reply.unreadable', 'unknown', 'one event was larger than 16 MiB')
  }

  function onComment(): void {
    if (pieces.at(-1)?.type !== 'comment') pieces.push({ type: 'comment' })
  }

  /** A JSON body is read when it is whole. */
  function collect(): Stream {
    const parts: Uint8Array[] = []
    return {
      feed: (bytes) => parts.push(bytes) > 0,
      end: () => {
        const body = new TextDecoder().decode(Buffer.concat(parts))
        add(body, reply.feed(body))
      },
    }
  }

  function end(): Piece[] {
    if (isEnded) return []
    isEnded = true
    if (fault === null) read?.end()
    const rest = reply.end()
    if (rest.contentDelta !== '' || rest.reasoningDelta !== '') add('', rest)
    return taken()
  }

  function taken(): Piece[] {
    const all = pieces
    pieces = []
    return all
  }

  function verdict(): Failure | null {
    const { state } = reply
    const money = state.credits === null ? 'unknown' : 'charged'
    if (fault !== null) return { ...fault, money }
    if (state.error !== null) return failureOfReplyError(state.error, state.credits, key)
    if (state.finishReason === 'error') return ownFailure('reply.error', money)
    if (state.isDamaged && state.finishReason !== null)
      return ownFailure('reply.unreadable', money, 'a part of it was damaged')
    if (state.finishReason !== null) return null
    if (isJson && !state.isReply) return ownFailure('reply.unreadable', money, 'it is not a reply of the model')
    const isStream = contentType.toLowerCase().includes('event-stream')
    if (!isStream && !state.isReply) return ownFailure('reply.not-a-stream', money, describe('other', contentType))
    return ownFailure('reply.ended-early', money)
  }

  return { reply: reply.state, feed, end, isDocument: () => isJson, fault: () => fault, verdict }
}

function describe(kind: 'page' | 'other', contentType: string): string {
  const type = contentType.replace(/[^\x20-\x7e]/g, '').slice(0, 80) || 'no type'
  return kind === 'page' ? 'a web page came back' : `an answer of another kind came back (${type})`
}
