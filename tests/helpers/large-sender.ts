// Takes a file in and sends it, in a process of its own, and says how much memory each took at most.
import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import type { ConversationId, MessageId } from '../../electron/contract/ids.ts'
import { createApiClient } from '../../electron/main/api/client.ts'
import { buildPrompt } from '../../electron/main/chat/prompt.ts'
import { Agent } from 'undici'
import type { ToBeSent } from '../../electron/main/store/sent-attachments.ts'
import { openDocumentsHouse } from './documents-house.ts'

const [, , origin = '', path = '', size = '0'] = process.argv
const sizeBytes = Number(size)
const house = await openDocumentsHouse()
const conversationId: ConversationId = await house.conversation()

/** The most that was resident beyond the beginning, in MB, looked at every few milliseconds. */
async function measure<Value>(what: string, body: () => Promise<Value>): Promise<Value> {
  globalThis.gc?.()
  const start = process.memoryUsage().rss
  let most = start
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 3)
  const value = await body()
  clearInterval(timer)
  process.stdout.write(`${what} ${Math.round((most - start) / 1_000_000)}\n`)
  return value
}

// One small file first, so that what is loaded once counts for neither.
await house.upload({ conversationId, name: 'small.pdf' }, Buffer.from('%PDF-1.4 small'))
const attachment = await measure('intake', async () => {
  const { intake } = house.documents
  const uploadId = intake.begin({ target: { conversationId, name: 'large.pdf' }, sizeBytes })
  const handle = openSync(path, 'r')
  const piece = Buffer.alloc(1024 * 1024)
  for (let offset = 0; offset < sizeBytes;) {
    const read = readSync(handle, piece, 0, piece.length, offset)
    offset = await intake.chunk({ uploadId, offset, bytes: piece.subarray(0, read) })
  }
  closeSync(handle)
  return intake.finish(uploadId)
})
await house.store.write.setDraftMode({ conversationId, attachmentId: attachment.id, mode: { kind: 'file' } })
const client = createApiClient({
  origin,
  key: () => 'test-key-of-the-sender',
  dispatcher: new Agent(),
  now: Date.now,
  onContact: () => undefined,
})
const outcome = await measure('sending', async () => {
  const from: ToBeSent = { kind: 'draft', conversationId, attachmentIds: [attachment.id] }
  const attachments = await house.store.read.sendable({ from, question: 'Look' })
  const message = { messageId: '' as MessageId, revisionId: '', role: 'user', text: 'Look', isOff: false } as const
  await house.documents.blobs.verify({ hash: attachment.hash ?? '', name: attachment.name })
  const { request } = buildPrompt([{ ...message, attachments }], {}, {}, house.documents.blobs.stream)
  const signal = new AbortController().signal
  for await (const event of client.chat(request, { attemptId: randomUUID(), signal }))
    if (event.type === 'ended') return event.outcome
  throw new Error('no end')
})
process.stdout.write(`outcome ${JSON.stringify(outcome.failure)} ${outcome.finishReason}\n`)
await house.close()
process.exit(0)
