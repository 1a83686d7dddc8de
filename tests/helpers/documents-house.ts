import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultDocumentLimits, type Attachment, type DocumentLimits } from '../../electron/contract/attachment.ts'
import { FailureError, type Failure } from '../../electron/contract/errors.ts'
import type { ParleyEvent } from '../../electron/contract/events.ts'
import type { ConversationId, UploadId } from '../../electron/contract/ids.ts'
import { openDocuments, type Documents } from '../../electron/main/documents/documents.ts'
import type { UploadTarget } from '../../electron/main/documents/intake.ts'
import { blobsOfBackups } from '../../electron/main/store/backup-files.ts'
import { createStoreHost, type Store } from '../../electron/main/store/host.ts'

/** The documents side of main over a real store in a folder of its own. */
export interface DocumentsHouse {
  folder: string
  store: Store
  documents: Documents
  limits: DocumentLimits
  clock: { at: number }
  events: ParleyEvent[]
  /** What the windows of the system answer. */
  answers: { pick: string[] | null; saveAs: { path: string } | 'cancelled' | 'unsupported' }
  conversation(): Promise<ConversationId>
  /** From the announcement to the last piece. */
  upload(target: UploadTarget, bytes: Uint8Array, pieceBytes?: number): Promise<Attachment>
  /** Files in `blobs/`, and on their way in. */
  files(): { kept: string[]; incoming: string[] }
  /** Ends it and removes the folder. */
  close(): Promise<void>
}

/** Opens everything. `folder`: one that is there already. */
export async function openDocumentsHouse(given: { folder?: string } = {}): Promise<DocumentsHouse> {
  const folder = given.folder ?? mkdtempSync(join(tmpdir(), 'parley-documents-'))
  const store = await createStoreHost({
    folder,
    workerUrl: new URL('../../electron/main/store/store.worker.ts', import.meta.url),
    mode: 'read-write',
    onSlow: () => undefined,
    onDied: () => undefined,
  })
  const limits: DocumentLimits = { ...defaultDocumentLimits }
  const clock = { at: Date.now() }
  const events: ParleyEvent[] = []
  const answers: DocumentsHouse['answers'] = { pick: null, saveAs: 'unsupported' }
  const connectionId = await store.write.connectionFor({ kind: 'api', origin: 'https://api.example', at: clock.at })
  const documents = await openDocuments({
    store,
    folder: join(folder, 'blobs'),
    isReadOnly: false,
    ports: { pickFiles: async () => answers.pick, saveAs: async () => answers.saveAs },
    limits: () => limits,
    neededByBackups: () => blobsOfBackups(folder),
    publish: (event) => void events.push(event),
    now: () => clock.at,
    newId: () => randomUUID() as string as UploadId,
    log: { warn: () => undefined },
  })
  const list = (path: string) => {
    try {
      return readdirSync(path)
    } catch {
      return []
    }
  }
  return {
    folder,
    store,
    documents,
    limits,
    clock,
    events,
    answers,
    conversation: async () => {
      const parameters = { system: randomUUID() }
      return (await store.write.createConversation({ connectionId, parameters, at: clock.at })).id
    },
    async upload(target, bytes, pieceBytes = 1024 * 1024) {
      const uploadId = documents.intake.begin({ target, sizeBytes: bytes.byteLength })
      for (let offset = 0; offset < bytes.byteLength; offset += pieceBytes)
        await documents.intake.chunk({ uploadId, offset, bytes: bytes.subarray(offset, offset + pieceBytes) })
      return documents.intake.finish(uploadId)
    },
    files: () => ({
      kept: list(join(folder, 'blobs')).filter((name) => name !== 'incoming'),
      incoming: list(join(folder, 'blobs', 'incoming')),
    }),
    async close() {
      await documents.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The failure that something ends with. */
export async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<Failure> {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (error) {
    if (error instanceof FailureError) return error.failure
    throw error
  }
  throw new Error('it did not fail')
}
