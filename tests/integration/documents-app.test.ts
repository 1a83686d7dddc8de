import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { ConversationId, TurnId, UploadId } from '../../electron/contract/ids.ts'
import { startApp, temporaryProfile, type RunningApp } from '../helpers/app.ts'
import { pdf, png } from '../helpers/files.ts'
import { openHttpWindow, type HttpWindow } from '../helpers/http-window.ts'
import { startProvider, type Provider } from '../provider/server.ts'

const open: { apps: RunningApp[]; windows: HttpWindow[]; providers: Provider[]; profiles: string[] } = {
  apps: [],
  windows: [],
  providers: [],
  profiles: [],
}
afterEach(async () => {
  for (const window of open.windows.splice(0)) window.close()
  for (const app of open.apps.splice(0)) await app.kill('SIGKILL')
  for (const provider of open.providers.splice(0)) await provider.close()
  for (const profile of open.profiles.splice(0)) rmSync(join(profile, '..'), { recursive: true, force: true })
})

async function start(profile: string, apiUrl: string): Promise<{ app: RunningApp; window: HttpWindow }> {
  const app = await startApp({ profile, apiUrl })
  open.apps.push(app)
  const window = await openHttpWindow(app.url)
  open.windows.push(window)
  return { app, window }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function upload(window: HttpWindow, conversationId: ConversationId, name: string, bytes: Uint8Array) {
  const target = { conversationId, name }
  const { uploadId } = await window.call('documents.begin', { target, sizeBytes: bytes.byteLength })
  for (let offset = 0; offset < bytes.byteLength; offset += 1024 * 1024) {
    const piece = bytes.subarray(offset, offset + 1024 * 1024)
    await window.call('documents.chunk', { uploadId, offset, bytes: piece })
  }
  return window.call('documents.finish', { uploadId })
}

it('takes files in through the window, keeps them in the draft over kill -9, sends them, and gives them back', async () => {
  const provider = await startProvider()
  open.providers.push(provider)
  const profile = temporaryProfile()
  open.profiles.push(profile)
  const first = await start(profile, provider.url)
  const { id: conversationId } = await first.window.call('conversations.create', { isDemo: false })
  const [paper, image] = [pdf('paper', 2_300_000), png(64, 48)]
  const document = await upload(first.window, conversationId, 'paper.pdf', paper)
  const picture = await upload(first.window, conversationId, 'picture.png', image)
  await first.window.wait(({ name }) => name === 'documents.changed')
  const mode = { kind: 'image', size: 'original', detail: 'low' } as const
  await first.window.call('documents.setMode', { conversationId, attachmentId: picture.id, mode })
  // One that never arrives whole.
  const half = { target: { conversationId, name: 'half' }, sizeBytes: 2_000_000 }
  const { uploadId } = await first.window.call('documents.begin', half)
  await first.window.call('documents.chunk', { uploadId, offset: 0, bytes: paper.subarray(0, 1_000_000) })
  expect(readdirSync(join(profile, 'blobs', 'incoming'))).toHaveLength(1)
  await first.app.kill('SIGKILL')

  const second = await start(profile, provider.url)
  const { window } = second
  expect(existsSync(join(profile, 'blobs', 'incoming'))).toBe(false)
  const draft = await window.call('documents.draft', { conversationId })
  expect(draft).toMatchObject([
    { id: document.id, name: 'paper.pdf', isReady: false, missing: [{ kind: 'text' }] },
    { id: picture.id, isReady: true, mode },
  ])
  const read: Uint8Array[] = []
  for (let offset: number | null = 0; offset !== null;) {
    const piece: { bytes: Uint8Array; next: number | null } = await window.call('documents.read', {
      attachmentId: document.id,
      derivative: null,
      offset,
    })
    read.push(piece.bytes)
    offset = piece.next
  }
  expect(sha256(Buffer.concat(read))).toBe(sha256(paper))

  await window.call('key.set', { key: 'test-key-of-the-window', keep: 'session' })
  const pages = [{ number: 1, text: 'All about paper.' }]
  await window.call('documents.addPages', { attachmentId: document.id, isFirst: true, pages })
  const report = { pageCount: 1, problem: null, reader: 'test 1' }
  await window.call('documents.reported', { attachmentId: document.id, report })
  expect((await window.call('spend.estimate', { conversationId, draftText: '' })).attachments).toHaveLength(2)
  const { userMessageId, replyMessageId } = await window.call('turns.send', {
    turnId: randomUUID() as TurnId,
    conversationId,
    text: 'Compare them',
    attachmentIds: [picture.id, document.id],
  })
  await window.wait((event) => event.name === 'turn.ended' && event.messageId === replyMessageId)
  const body = provider.chats()[0]?.json as { messages: { content: { type: string }[] }[] }
  expect(body.messages[0]?.content).toMatchObject([
    { type: 'image_url', image_url: { url: `data:image/png;base64,${image.toString('base64')}`, detail: 'low' } },
    { type: 'text', text: '[Images, in this order: picture.png]' },
    { type: 'text', text: '[File: paper.pdf]\n\nAll about paper.\n\n[End of paper.pdf]' },
    { type: 'text', text: 'Compare them' },
  ])
  expect(await window.call('documents.draft', { conversationId })).toEqual([])
  const [sent] = await window.call('documents.ofMessages', { messageIds: [userMessageId, replyMessageId] })
  expect(sent).toMatchObject({ messageId: userMessageId, attachments: [{ id: picture.id, mode }, { id: document.id }] })
  const list = await window.call('documents.list', { conversationId })
  expect(list.map(({ id, messageIds }) => [id, messageIds])).toEqual(
    expect.arrayContaining([
      [document.id, [userMessageId]],
      [picture.id, [userMessageId]],
    ]),
  )
  expect(await window.call('documents.storage', {})).toMatchObject({
    kinds: [
      { kind: 'pdf', count: 1, bytes: paper.length },
      { kind: 'png', count: 1, bytes: image.length },
    ],
    unusedBytes: 0,
  })
  expect(await window.call('documents.setLimits', { count: 3 })).toMatchObject({ count: 3, pages: 2_000 })
  expect(await window.call('documents.pick', {})).toBeNull()
  expect(await window.call('documents.save', { attachmentId: document.id })).toBeNull()

  // Deleted for good, nothing of them is left.
  await window.call('conversations.delete', { conversationId })
  await window.call('conversations.purge', { conversationIds: 'all' })
  expect(readdirSync(join(profile, 'blobs'))).toEqual([])
  expect(readFileSync(join(profile, 'store.db')).includes('All about paper')).toBe(false)
}, 60_000)

it('takes no bytes in any other form, and no piece larger than 1 MiB', async () => {
  const provider = await startProvider()
  open.providers.push(provider)
  const profile = temporaryProfile()
  open.profiles.push(profile)
  const { window } = await start(profile, provider.url)
  const uploadId = randomUUID() as string as UploadId
  const inputs: unknown[] = [
    { uploadId, offset: 0, bytes: 'aGVsbG8=' },
    { uploadId, offset: 0, bytes: { 0: 1 } },
    { uploadId, offset: 0, bytes: new Uint8Array(1024 * 1024 + 1) },
    { uploadId, offset: 0, bytes: new Uint8Array(0) },
    { uploadId, offset: -1, bytes: new Uint8Array(1) },
  ]
  for (const input of inputs)
    expect(await window.try('documents.chunk', input)).toMatchObject({ ok: false, failure: { code: 'input.invalid' } })
  const unknown = await window.try('documents.chunk', { uploadId, offset: 0, bytes: new Uint8Array(1) })
  expect(unknown).toMatchObject({ ok: false, failure: { code: 'document.not-in-order' } })
}, 60_000)
