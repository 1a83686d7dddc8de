/** The content type of a call or an answer that carries bytes: the length of its JSON (4 bytes, big end first), the JSON, the bytes. */
export const bytesType = 'application/x-parley-bytes'

/** A call whose input has `bytes`, as a body; `null`: it has none, and is plain JSON. */
export function framedCall(name: string, input: unknown): Blob | null {
  if (typeof input !== 'object' || input === null || !('bytes' in input) || !(input.bytes instanceof Uint8Array))
    return null
  const { bytes, ...rest } = input
  const json = new TextEncoder().encode(JSON.stringify({ name, input: rest }))
  const length = new DataView(new ArrayBuffer(4))
  length.setUint32(0, json.byteLength)
  return new Blob([length, json, new Uint8Array(bytes)])
}

/** The result in a framed answer, its bytes in `value.bytes`. Throws where it is none. */
export function framedResult(body: ArrayBuffer): unknown {
  const end = 4 + new DataView(body).getUint32(0)
  const result = JSON.parse(new TextDecoder().decode(new Uint8Array(body, 4, end - 4))) as { value: object }
  return { ...result, value: { ...result.value, bytes: new Uint8Array(body.slice(end)) } }
}
