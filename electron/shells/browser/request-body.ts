import type { IncomingMessage } from 'node:http'

/** Reads a body as text. Resolves to `null` when it is longer than `maxBytes` or ends early; never holds more than that. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  return new Promise((resolve) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return resolve(null)
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) chunks.push(chunk)
      else resolve(null)
    })
    request.on('end', () => resolve(size <= maxBytes ? Buffer.concat(chunks).toString('utf8') : null))
    request.on('error', () => resolve(null))
    request.on('close', () => resolve(null))
  })
}
