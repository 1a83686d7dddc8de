import { fail } from '../../contract/errors.ts'
import type { Attachment, DerivativeKey, DocumentLimits, DocumentRefusal } from '../../contract/attachment.ts'
import type { AttachmentId, ConversationId, UploadId } from '../../contract/ids.ts'
import { attachmentName } from '../core/attachment-name.ts'
import { lookAt, lookedBytes, type Looked } from '../core/kinds.ts'
import { inlineBytes, type KeptBlob } from '../store/blobs.ts'
import type { Store } from '../store/host.ts'
import type { BlobFiles, IncomingFile } from './blob-files.ts'
import { diskFailure } from './disk-failure.ts'
import type { Turnstile } from './turnstile.ts'

/** What a file is to become. */
export type UploadTarget =
  | { conversationId: ConversationId; name: string }
  | { attachmentId: AttachmentId; derivative: DerivativeKey }

/** Files on their way in. */
export interface Intake {
  /** Fails with `document.refused` (bytes, empty), `document.too-many-uploads`. */
  begin(input: { target: UploadTarget; sizeBytes: number; uploadId?: UploadId }): UploadId
  /** Fails with `document.not-in-order`, `document.refused` (changed), or what the disk says; then all of it is forgotten but for the first. */
  chunk(input: { uploadId: UploadId; offset: number; bytes: Uint8Array }): Promise<number>
  /** Fails with `document.refused`, `document.not-in-order`; the file is forgotten then. */
  finish(uploadId: UploadId): Promise<Attachment>
  cancel(uploadId: UploadId): Promise<void>
  /** Forgets everything on its way in. */
  close(): Promise<void>
}

export interface IntakeDeps {
  store: Pick<Store, 'read' | 'write'>
  files: BlobFiles
  /** The collector waits while a file gets its name and its row. */
  turnstile: Turnstile
  limits: () => DocumentLimits
  now: () => number
  newId: () => UploadId
}

/** Files on their way in at once; and how long one waits for its next piece when others want its place, and at all. */
const uploadsAtOnce = 64
const patienceMs = 30_000
const longestPatienceMs = 600_000

/** What the page may make of a file, at most: bytes, and pixels of an image. */
const derivativeBytes = 16 * 1024 * 1024
const derivativePixels = 20_000_000

interface Upload {
  target: UploadTarget
  name: string
  sizeBytes: number
  receivedBytes: number
  /** Where the last piece began, so that the same one again is known. */
  lastOffset: number
  file: IncomingFile | null
  touchedAt: number
  /** Pieces are taken one after the other. */
  work: Promise<unknown>
}

/** Takes files in: in order, no more than announced, hashed on the way. Nothing is kept before all of it is there. */
export function createIntake({ store, files, turnstile, limits, now, newId }: IntakeDeps): Intake {
  const uploads = new Map<UploadId, Upload>()

  const forget = async (uploadId: UploadId) => {
    const upload = uploads.get(uploadId)
    uploads.delete(uploadId)
    await upload?.work.catch(() => undefined)
    await upload?.file?.drop()
  }
  const forgetIdle = () => {
    const isFull = uploads.size >= uploadsAtOnce
    for (const [id, { touchedAt }] of uploads) {
      if (now() - touchedAt > (isFull ? patienceMs : longestPatienceMs)) void forget(id)
    }
  }
  const find = (uploadId: UploadId): Upload => {
    const upload = uploads.get(uploadId)
    if (!upload) throw fail('document.not-in-order')
    return upload
  }
  /** One thing at a time per file; what fails takes the file with it. */
  const inTurn = <Value>(uploadId: UploadId, body: (upload: Upload) => Promise<Value>): Promise<Value> => {
    const upload = find(uploadId)
    upload.touchedAt = now()
    const done = upload.work
      .catch(() => undefined)
      .then(() => {
        if (uploads.get(uploadId) !== upload) throw fail('document.not-in-order')
        return body(upload)
      })
    upload.work = done
    return done
  }

  const keep = async (upload: Upload, file: IncomingFile, looked: Extract<Looked, { kind: string }>) => {
    const { hash, sizeBytes } = await file.seal()
    const bytes = sizeBytes <= inlineBytes ? await file.read(0, sizeBytes) : null
    return turnstile.pass(async () => {
      if (bytes === null) await file.keep()
      const blob: KeptBlob = { hash, sizeBytes, bytes }
      const { target, name } = upload
      const { mediaType } = looked
      if ('derivative' in target)
        return store.write.keepDerivative({
          attachmentId: target.attachmentId,
          key: target.derivative,
          mediaType,
          blob,
          at: now(),
        })
      return store.write.addAttachment({
        ...looked,
        conversationId: target.conversationId,
        name,
        content: blob,
        countLimit: limits().count,
        at: now(),
      })
    })
  }

  return {
    begin({ target, sizeBytes, uploadId = newId() }) {
      forgetIdle()
      if (uploads.size >= uploadsAtOnce) throw fail('document.too-many-uploads')
      const name = attachmentName('name' in target ? target.name : 'image')
      const limit = 'name' in target ? limits().bytes : derivativeBytes
      if (sizeBytes === 0) throw refuse({ reason: 'empty', name })
      if (sizeBytes > limit) throw refuse({ reason: 'bytes', name, given: sizeBytes, limit })
      if (uploads.has(uploadId)) throw fail('document.not-in-order')
      uploads.set(uploadId, {
        target,
        name,
        sizeBytes,
        receivedBytes: 0,
        lastOffset: 0,
        file: null,
        touchedAt: now(),
        work: Promise.resolve(),
      })
      return uploadId
    },
    chunk: ({ uploadId, offset, bytes }) =>
      inTurn(uploadId, async (upload) => {
        const end = offset + bytes.byteLength
        const isAgain = offset === upload.lastOffset && end === upload.receivedBytes && upload.receivedBytes > 0
        if (isAgain) return upload.receivedBytes
        if (offset !== upload.receivedBytes) throw fail('document.not-in-order')
        if (end > upload.sizeBytes) {
          void forget(uploadId)
          throw refuse({ reason: 'changed', name: upload.name })
        }
        try {
          upload.file ??= await files.begin()
          await upload.file.append(bytes)
        } catch (error) {
          void forget(uploadId)
          throw diskFailure(error)
        }
        upload.lastOffset = offset
        upload.receivedBytes = end
        return end
      }),
    finish: (uploadId) =>
      inTurn(uploadId, async (upload) => {
        uploads.delete(uploadId)
        const { file, name } = upload
        try {
          if (!file || upload.receivedBytes !== upload.sizeBytes) throw refuse({ reason: 'changed', name })
          const looked = lookAt(
            await file.read(0, lookedBytes),
            await file.read(Math.max(0, upload.sizeBytes - lookedBytes), lookedBytes),
          )
          const isDerived = 'derivative' in upload.target
          const refusal = refusalOf(looked, { name, pixels: isDerived ? derivativePixels : limits().pixels, isDerived })
          if (refusal) throw refuse(refusal)
          if (!('kind' in looked)) throw new Error('what is not refused has a kind')
          return await keep(upload, file, looked)
        } catch (error) {
          throw diskFailure(error)
        } finally {
          await file?.drop()
        }
      }),
    cancel: forget,
    async close() {
      await Promise.all([...uploads.keys()].map(forget))
    },
  }
}

const refuse = (refusal: DocumentRefusal) => fail('document.refused', { refusal })

function refusalOf(
  looked: Looked,
  { name, pixels, isDerived }: { name: string; pixels: number; isDerived: boolean },
): DocumentRefusal | null {
  if ('refused' in looked) {
    return looked.refused === 'unreadable-image'
      ? { reason: 'unreadable-image', name }
      : { reason: 'kind', name, kind: looked.refused }
  }
  if (isDerived && !/^image\/(?:png|jpeg|webp)$/.test(looked.mediaType)) return { reason: 'unreadable-image', name }
  const given = (looked.width ?? 0) * (looked.height ?? 0)
  return given > pixels ? { reason: 'pixels', name, given, limit: pixels } : null
}
