import { createHash } from 'node:crypto'
import { fail } from '../../contract/errors.ts'
import type { Store } from '../store/host.ts'
import type { BlobFiles } from './blob-files.ts'

/** Stored bytes, wherever they lie, always as they were taken in. */
export interface Blobs {
  /** A piece of it, shorter at the end. The first piece asked for checks the whole. Fails with `document.refused` (damaged). */
  piece(input: { hash: string; name: string; offset: number; length: number }): Promise<Uint8Array>
  /** All of it in order, in pieces of `pieceBytes`, the last one shorter. To be checked with `verify` before. */
  stream(hash: string, pieceBytes: number): AsyncGenerator<Uint8Array>
  /** Reads all of it. Fails with `document.refused` (damaged) when it is not what was taken in, or not there. */
  verify(input: { hash: string; name: string }): Promise<void>
}

const readAtOnce = 1024 * 1024
/** How many files are remembered as checked. */
const remembered = 200

/** Reads blobs of an open store. */
export function createBlobs({ store, files }: { store: Pick<Store, 'read'>; files: BlobFiles }): Blobs {
  /** Files that were whole when they were read, and when they were last changed then. */
  const checked = new Map<string, number>()

  async function* stream(hash: string, pieceBytes: number): AsyncGenerator<Uint8Array> {
    const { bytes, sizeBytes } = await store.read.readBlob({ hash })
    if (bytes !== null) {
      for (let at = 0; at < bytes.byteLength; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
      return
    }
    const handle = await files.open(hash)
    try {
      for (let at = 0; at < sizeBytes;) {
        const piece = Buffer.allocUnsafe(Math.min(pieceBytes, sizeBytes - at))
        for (let filled = 0; filled < piece.byteLength;) {
          const { bytesRead } = await handle.read(piece, filled, piece.byteLength - filled, at + filled)
          if (bytesRead === 0) throw fail('document.not-found')
          filled += bytesRead
        }
        yield piece
        at += piece.byteLength
      }
    } finally {
      await handle.close()
    }
  }

  const matches = async (hash: string): Promise<boolean> => {
    const found = createHash('sha256')
    for await (const piece of stream(hash, readAtOnce)) found.update(piece)
    return found.digest('hex') === hash
  }

  /** When the file was last changed; `null`: it lies in the row. */
  const changedAt = async (hash: string): Promise<number | null> => {
    if ((await store.read.readBlob({ hash })).bytes !== null) return null
    const handle = await files.open(hash)
    try {
      return (await handle.stat()).mtimeMs
    } finally {
      await handle.close()
    }
  }

  const verify: Blobs['verify'] = async ({ hash, name }) => {
    const damaged = () => fail('document.refused', { text: 'kept', refusal: { reason: 'damaged', name } })
    const at = await changedAt(hash).catch(() => {
      throw damaged()
    })
    if (at !== null && checked.get(hash) === at) return
    if (!(await matches(hash).catch(() => false))) throw damaged()
    if (at === null) return
    if (checked.size >= remembered) checked.delete(checked.keys().next().value ?? hash)
    checked.set(hash, at)
  }

  return {
    stream,
    verify,
    async piece({ hash, name, offset, length }) {
      await verify({ hash, name })
      const { bytes, sizeBytes } = await store.read.readBlob({ hash })
      if (bytes !== null) return bytes.subarray(offset, offset + length)
      const handle = await files.open(hash)
      try {
        const piece = Buffer.alloc(Math.max(0, Math.min(length, sizeBytes - offset)))
        const { bytesRead } = await handle.read(piece, 0, piece.byteLength, offset)
        return piece.subarray(0, bytesRead)
      } finally {
        await handle.close()
      }
    },
  }
}
