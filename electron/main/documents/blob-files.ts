import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fail } from '../../contract/errors.ts'

/** The files of `blobs/`: named by the SHA-256 of what is in them, and those on their way in. */
export interface BlobFiles {
  /** A new, empty file on its way in, for this person only. */
  begin(): Promise<IncomingFile>
  /** A file that is there, for reading. Fails with `document.not-found`. */
  open(hash: string): Promise<FileHandle>
  remove(hashes: Iterable<string>): Promise<void>
  /** Every file that is there since before `before`. */
  listSince(before: number): Promise<string[]>
  /** Removes what a killed Parley left half done. Only before anything is on its way in. */
  clear(): Promise<void>
}

/** A file on its way in. Its bytes are hashed as they come. */
export interface IncomingFile {
  append(bytes: Uint8Array): Promise<void>
  /** Everything is on the disk when this resolves. No more is appended. */
  seal(): Promise<{ hash: string; sizeBytes: number }>
  /** Up to `length` bytes from a place of it. */
  read(position: number, length: number): Promise<Uint8Array>
  /** Gives the sealed file its name. An older one of the same content is replaced by it, whatever became of that one. */
  keep(): Promise<void>
  /** Removes it, unless it was kept. */
  drop(): Promise<void>
}

const incomingFolder = 'incoming'

/** The files of a profile. Throws what the system says. */
export function createBlobFiles(folder: string): BlobFiles {
  const incoming = join(folder, incomingFolder)
  let made: Promise<void> | null = null
  const make = async () => {
    await mkdir(incoming, { recursive: true, mode: 0o700 })
    await syncFolder(dirname(folder))
    await syncFolder(folder)
  }

  return {
    async begin() {
      await (made ??= make().catch((error: unknown) => {
        made = null
        throw error
      }))
      const path = join(incoming, randomUUID())
      return incomingFile(await open(path, 'wx+', 0o600), path, folder)
    },
    async open(hash) {
      if (!isHash(hash)) throw fail('document.not-found')
      return open(join(folder, hash), 'r').catch((error: unknown) => {
        throw isAbsent(error) ? fail('document.not-found') : error
      })
    },
    async remove(hashes) {
      for (const hash of hashes) if (isHash(hash)) await rm(join(folder, hash), { force: true })
    },
    async listSince(before) {
      const names = await readdir(folder).catch((error: unknown) => {
        if (isAbsent(error)) return []
        throw error
      })
      const old: string[] = []
      for (const name of names.filter(isHash)) {
        const { mtimeMs } = await stat(join(folder, name))
        if (mtimeMs < before) old.push(name)
      }
      return old
    },
    clear: () => rm(incoming, { recursive: true, force: true }),
  }
}

function incomingFile(handle: FileHandle, path: string, folder: string): IncomingFile {
  const hash = createHash('sha256')
  let sizeBytes = 0
  let name: string | null = null
  let isOpen = true
  let isKept = false
  const close = async () => {
    if (isOpen) await handle.close()
    isOpen = false
  }
  return {
    async append(bytes) {
      for (let written = 0; written < bytes.byteLength;) {
        const { bytesWritten } = await handle.write(bytes, written, bytes.byteLength - written, sizeBytes + written)
        written += bytesWritten
      }
      hash.update(bytes)
      sizeBytes += bytes.byteLength
    },
    async seal() {
      await handle.sync()
      name = hash.digest('hex')
      return { hash: name, sizeBytes }
    },
    async read(position, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, sizeBytes - position)))
      for (let filled = 0; filled < bytes.byteLength;) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.byteLength - filled, position + filled)
        if (bytesRead === 0) throw new Error('a file on its way in became shorter')
        filled += bytesRead
      }
      return bytes
    },
    async keep() {
      if (name === null) throw new Error('only a sealed file can be kept')
      await close()
      await rename(path, join(folder, name))
      isKept = true
      await syncFolder(folder)
    },
    async drop() {
      await close()
      if (!isKept) await rm(path, { force: true })
    },
  }
}

const isHash = (name: string) => /^[0-9a-f]{64}$/.test(name)

const isAbsent = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Waits until the names in a folder are on the disk. Windows has no such thing and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
