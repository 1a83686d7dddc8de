import { randomUUID } from 'node:crypto'
import { isByteSource, type ByteSource } from './byte-source.ts'
import type { ChatRequest } from './request.ts'

/** A request as it goes over the wire. */
export interface RequestBody {
  sizeBytes: number
  /** Whole where it is only text; else in pieces, as its bytes are read. */
  content: Uint8Array | AsyncIterable<Uint8Array>
}

/** Bytes read at once for base64: a multiple of 3, so that nothing is carried over. */
const pieceBytes = 3 * 64 * 1024

/** The JSON of a request. Stored bytes become base64 only while they stream out, a piece at a time. */
export function requestBody(request: ChatRequest): RequestBody {
  const sources: ByteSource[] = []
  const mark = randomUUID()
  const json = JSON.stringify(request, (_, value: unknown) => {
    if (!isByteSource(value)) return value
    sources.push(value)
    return mark
  })
  if (sources.length === 0) {
    const whole = Buffer.from(json)
    return { sizeBytes: whole.byteLength, content: whole }
  }
  const texts = json.split(mark).map((text) => Buffer.from(text))
  const heads = sources.map(({ mediaType }) => Buffer.from(`data:${mediaType};base64,`))
  const sizeBytes =
    [...texts, ...heads].reduce((sum, { byteLength }) => sum + byteLength, 0) +
    sources.reduce((sum, source) => sum + 4 * Math.ceil(source.sizeBytes / 3), 0)

  async function* content(): AsyncGenerator<Uint8Array> {
    for (const [place, text] of texts.entries()) {
      yield text
      const source = sources[place]
      const head = heads[place]
      if (!source || !head) return
      yield head
      for await (const bytes of source.read(pieceBytes))
        yield Buffer.from(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'), 'latin1')
    }
  }
  return { sizeBytes, content: content() }
}
