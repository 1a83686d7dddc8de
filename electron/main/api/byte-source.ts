/** Bytes that are in a request only while its body is sent. */
export interface ByteSource {
  mediaType: string
  sizeBytes: number
  /** From the beginning each time; all pieces but the last are `pieceBytes` long. */
  read(pieceBytes: number): AsyncIterable<Uint8Array>
}

/** Whether something in a request stands for bytes. */
export function isByteSource(value: unknown): value is ByteSource {
  return typeof value === 'object' && value !== null && 'read' in value && typeof value.read === 'function'
}
