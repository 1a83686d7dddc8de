// Stream bodies for tests of a reader. They are re-creations from the documented shapes and from shapes seen in other
// people's code and logs, written by hand: not captures of the provider. No code is shared with the application.
import { recordedFraming } from './recorded-framing.ts'
import { recordedQuirks } from './recorded-quirks.ts'
import { recordedShapes } from './recorded-shapes.ts'

/** What a correct reader has in its hands when the body has ended. */
export interface RecordedExpectation {
  /** Every `delta.content`, joined, as it was on the wire. */
  content: string
  /** Every thought, joined; where a chunk repeats it under several names, once. */
  reasoning: string
  /** The first finish reason that says something (`''` does not); null when the stream ended without one. */
  finishReason: string | null
  usage?: { prompt: number; completion: number; total: number }
  /** Absent where the stream says no cost that can be believed: then it is unknown, never zero. */
  creditsUsed?: number
  usdSpent?: number
  error?: { code: string | number | null; message: string }
  /** Data events that are not JSON; the text around them stays good. Left out: none. */
  unreadable?: number
  /** What is left of content and reasoning once thoughts that leaked into the content are taken out. */
  cleaned?: { content: string; reasoning: string }
}

/** One body with its expectation. */
export interface RecordedStream {
  name: string
  /** What it shows, and why a reader might go wrong. */
  about: string
  body: string | Uint8Array
  expect: RecordedExpectation
}

/** Every recorded body. Names are unique; `behaviour.recorded` plays one over HTTP. */
export const recordedStreams: readonly RecordedStream[] = [...recordedShapes, ...recordedQuirks, ...recordedFraming]

/** The bytes of a recorded body. Throws for a name there is not. */
export function recordedBytes(name: string): Uint8Array {
  const found = recordedStreams.find((stream) => stream.name === name)
  if (!found) throw new Error(`The imitation has no recorded stream «${name}».`)
  return bytesOf(found)
}

/** The body as bytes, whichever way it is written down. */
export function bytesOf(stream: RecordedStream): Uint8Array {
  return typeof stream.body === 'string' ? new TextEncoder().encode(stream.body) : stream.body
}
