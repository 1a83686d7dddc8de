import { open } from 'node:fs/promises'
import { fail } from '../../contract/errors.ts'
import type { Attachment, DerivativeKey, DocumentLimits } from '../../contract/attachment.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import type { AttachmentId, ConversationId, GrantId, UploadId } from '../../contract/ids.ts'
import { limits as bounds } from '../../contract/limits.ts'
import type { FilePiece, Grant } from '../../contract/routes/documents.ts'
import { attachmentName } from '../core/attachment-name.ts'
import { savedName } from '../core/file-name.ts'
import type { Logger } from '../log/logger.ts'
import type { Ports } from '../ports.ts'
import type { BlobRef } from '../store/blobs.ts'
import type { Store } from '../store/host.ts'
import { createBlobFiles } from './blob-files.ts'
import { createBlobs, type Blobs } from './blobs.ts'
import { createCollector, type Collector } from './collector.ts'
import { diskFailure } from './disk-failure.ts'
import { createGrants } from './grants.ts'
import { createIntake, type Intake } from './intake.ts'
import { createTurnstile, type Turnstile } from './turnstile.ts'

/** Files of conversations: in, kept, and out again. */
export interface Documents {
  intake: Intake
  blobs: Blobs
  collector: Collector
  /** Whoever changes what backups need passes here. */
  turnstile: Turnstile
  pick(): Promise<{ grants: Grant[] } | null>
  take(input: { conversationId: ConversationId; grantId: GrantId; uploadId: UploadId }): Promise<Attachment>
  link(input: { conversationId: ConversationId; url: string }): Promise<Attachment>
  read(input: { attachmentId: AttachmentId; derivative: DerivativeKey | null; offset: number }): Promise<FilePiece>
  save(input: { attachmentId: AttachmentId }): Promise<{ isSaved: boolean } | null>
  close(): Promise<void>
}

export interface DocumentsDeps {
  store: Pick<Store, 'read' | 'write'>
  /** `blobs/` of the profile. */
  folder: string
  isReadOnly: boolean
  ports: Pick<Ports, 'pickFiles' | 'saveAs'>
  limits: () => DocumentLimits
  neededByBackups: () => Set<string>
  publish: (event: ParleyEvent) => void
  now: () => number
  newId: () => UploadId
  log: Pick<Logger, 'warn'>
}

/** Opens what has to do with files, and removes what a crash left half done. */
export async function openDocuments(deps: DocumentsDeps): Promise<Documents> {
  const { store, ports, now, limits, publish } = deps
  const files = createBlobFiles(deps.folder)
  if (!deps.isReadOnly) await files.clear()
  const turnstile = createTurnstile()
  const blobs = createBlobs({ store, files })
  const grants = createGrants({ now })
  const intake = createIntake({ store, files, turnstile, limits, now, newId: deps.newId })
  const collector = createCollector({
    store,
    files,
    turnstile,
    neededByBackups: deps.neededByBackups,
    now,
    log: deps.log,
  })
  const stopCollecting = deps.isReadOnly ? () => undefined : collector.keepRunning()

  const source = async (
    attachmentId: AttachmentId,
    derivative: DerivativeKey | null,
  ): Promise<BlobRef & { name: string }> => {
    const { name, hash, sizeBytes, mediaType } = await store.read.getAttachment({ attachmentId })
    if (hash === null) throw fail('document.not-found')
    if (derivative === null) return { name, hash, sizeBytes: sizeBytes ?? 0, mediaType }
    const found = await store.read.findDerivative({ hash, key: derivative })
    if (!found) throw fail('document.not-found')
    return { ...found, name }
  }

  return {
    intake,
    blobs,
    collector,
    turnstile,
    async pick() {
      const paths = await ports.pickFiles()
      return paths && { grants: await grants.add(paths) }
    },
    async take({ conversationId, grantId, uploadId }) {
      const { name, sizeBytes, handle } = await grants.take(grantId)
      try {
        intake.begin({ target: { conversationId, name }, sizeBytes, uploadId })
        // As large as it was when it was opened: one that grows is taken up to there, one that shrinks is refused.
        for (let offset = 0; offset < sizeBytes;) {
          const piece = Buffer.allocUnsafe(Math.min(bounds.chunkBytes, sizeBytes - offset))
          const { bytesRead } = await handle.read(piece, 0, piece.byteLength, offset)
          if (bytesRead === 0) break
          offset = await intake.chunk({ uploadId, offset, bytes: piece.subarray(0, bytesRead) })
          publish({ name: 'upload.progressed', uploadId, receivedBytes: offset, sizeBytes })
        }
        return await intake.finish(uploadId)
      } catch (error) {
        await intake.cancel(uploadId)
        throw error
      } finally {
        await handle.close()
      }
    },
    async link({ conversationId, url }) {
      const address = URL.canParse(url) ? new URL(url) : null
      if (address?.protocol !== 'https:' || address.username !== '' || address.password !== '')
        throw fail('input.invalid', { field: 'url' })
      const name = attachmentName(decodeURIComponentSafely(address.pathname)) || address.host
      return store.write.addAttachment({
        conversationId,
        name: name === 'File' ? address.host : name,
        kind: 'link',
        mediaType: 'image/*',
        width: null,
        height: null,
        content: { url: address.href },
        countLimit: limits().count,
        at: now(),
      })
    },
    async read({ attachmentId, derivative, offset }) {
      const { name, hash, sizeBytes, mediaType } = await source(attachmentId, derivative)
      const bytes = await blobs.piece({ hash, name, offset, length: bounds.chunkBytes })
      const next = offset + bytes.byteLength
      return { bytes, mediaType, sizeBytes, next: bytes.byteLength > 0 && next < sizeBytes ? next : null }
    },
    async save({ attachmentId }) {
      const { name, hash } = await source(attachmentId, null)
      await blobs.verify({ hash, name })
      const answer = await ports.saveAs(savedName(name))
      if (answer === 'unsupported') return null
      if (answer !== 'cancelled') await writeOut(answer.path, blobs.stream(hash, bounds.chunkBytes))
      return { isSaved: answer !== 'cancelled' }
    },
    async close() {
      stopCollecting()
      await intake.close()
    },
  }
}

async function writeOut(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(path, 'w', 0o600).catch((error: unknown) => {
    throw diskFailure(error)
  })
  try {
    for await (const piece of pieces) await handle.writeFile(piece)
    await handle.sync()
  } catch (error) {
    throw diskFailure(error)
  } finally {
    await handle.close()
  }
}

/** A path as people read it; as it is where it cannot be read. */
function decodeURIComponentSafely(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
