// Takes a file in, and kills itself right before the step of that number. Says how far it came.
import fs, { open } from 'node:fs/promises'
import { writeSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import type { ConversationId, UploadId } from '../../electron/contract/ids.ts'
import { defaultDocumentLimits } from '../../electron/contract/attachment.ts'
import { addAttachment } from '../../electron/main/store/draft-attachments.ts'
import type { Store } from '../../electron/main/store/host.ts'
import { openStore } from '../../electron/main/store/opening.ts'
import { pdf } from './files.ts'

const [, , folder = '', conversationId = '', step = '0', sizeBytes = '0'] = process.argv
const say = (line: string) => writeSync(1, `${line}\n`)
const { db } = openStore({
  file: join(folder, 'store.db'),
  storeId: 'unused',
  at: Date.now(),
  now: Date.now,
  onTrouble: () => undefined,
})

let left = Number(step)
const pass = (what: string) => {
  left -= 1
  if (left > 0) return
  say(`killed before ${what}`)
  process.kill(process.pid, 'SIGKILL')
}
/** Every step of the disk from now on is counted. */
const probe = await open(join(folder, 'store.db'), 'r')
const handles = Object.getPrototypeOf(probe) as Record<string, (...given: unknown[]) => unknown>
await probe.close()
for (const name of ['write', 'sync', 'close']) count(handles, name)
for (const name of ['mkdir', 'open', 'rename', 'rm']) count(fs as never, name)
syncBuiltinESMExports()

function count(of: Record<string, (...given: unknown[]) => unknown>, name: string): void {
  const original = of[name]
  of[name] = function counted(this: unknown, ...given: unknown[]) {
    pass(name)
    return original?.apply(this, given)
  }
}

// Imported only now, so that it gets what counts.
const { createBlobFiles } = await import('../../electron/main/documents/blob-files.ts')
const { createIntake } = await import('../../electron/main/documents/intake.ts')
const { createTurnstile } = await import('../../electron/main/documents/turnstile.ts')
const write = {
  addAttachment: async (input: Parameters<typeof addAttachment>[1]) => {
    pass('the row')
    const attachment = addAttachment(db, input)
    pass('the answer')
    return attachment
  },
}
const intake = createIntake({
  store: { write, read: {} } as unknown as Store,
  files: createBlobFiles(join(folder, 'blobs')),
  turnstile: createTurnstile(),
  limits: () => defaultDocumentLimits,
  now: Date.now,
  newId: () => crypto.randomUUID() as string as UploadId,
})
const bytes = pdf('taken in', Number(sizeBytes))
const uploadId = intake.begin({
  target: { conversationId: conversationId as ConversationId, name: 'a.pdf' },
  sizeBytes: bytes.length,
})
for (let offset = 0; offset < bytes.length; offset += 100_000)
  await intake.chunk({ uploadId, offset, bytes: bytes.subarray(offset, offset + 100_000) })
const { hash } = await intake.finish(uploadId)
say(`kept ${hash}`)
process.exit(0)
