import type { IncomingMessage } from 'node:http'

/** Reads a body. Resolves to `null` when it is longer than `maxBytes` or ends early; never holds more than that. */
export function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  return new Promise((resolve) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return resolve(null)
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) chunks.push(chunk)
      else resolve(null)
    })
    request.on('end', () => resolve(size <= maxBytes ? Buffer.concat(chunks) : null))
    request.on('error', () => resolve(null))
    request.on('close', () => resolve(null))
  })
}

/** The same as text. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  return (await readBytes(request, maxBytes))?.toString('utf8') ?? null
}
