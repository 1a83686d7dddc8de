import type { Result } from '../../contract/errors.ts'

/** The content type of a call or an answer that carries bytes: the length of its JSON (4 bytes, big end first), the JSON, the bytes. */
const bytesType = 'application/x-parley-bytes'

interface Asked {
  name: string
  input: unknown
}

/** A call out of a body; of a framed one the bytes are `input.bytes`. `null`: it is not a call. */
export function parseCall(body: Buffer, contentType: string | undefined): Asked | null {
  if (contentType !== bytesType) return asCall(body.toString('utf8'))
  if (body.length < 4) return null
  const end = 4 + body.readUInt32BE(0)
  if (end > body.length) return null
  const asked = asCall(body.toString('utf8', 4, end))
  if (!asked || typeof asked.input !== 'object' || asked.input === null) return null
  return { name: asked.name, input: { ...asked.input, bytes: new Uint8Array(body.subarray(end)) } }
}

/** An answer as it is sent: JSON, or framed where its value holds bytes. */
export function answerBody(result: Result<unknown>): { type: string; body: Buffer } {
  const value = result.ok ? result.value : null
  if (typeof value !== 'object' || value === null || !('bytes' in value) || !(value.bytes instanceof Uint8Array))
    return { type: 'application/json; charset=utf-8', body: Buffer.from(JSON.stringify(result)) }
  const { bytes, ...rest } = value
  const json = Buffer.from(JSON.stringify({ ok: true, value: rest }))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.byteLength)
  return { type: bytesType, body: Buffer.concat([length, json, bytes]) }
}

function asCall(text: string): Asked | null {
  try {
    const asked: unknown = JSON.parse(text)
    if (typeof asked !== 'object' || asked === null || !('name' in asked) || typeof asked.name !== 'string') return null
    return { name: asked.name, input: 'input' in asked ? asked.input : undefined }
  } catch {
    // Not JSON: the caller answers 400.
    return null
  }
}
