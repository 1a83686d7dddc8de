import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ConversationId, GrantId, UploadId } from '../../electron/contract/ids.ts'
import { failureOf, openDocumentsHouse, type DocumentsHouse } from '../helpers/documents-house.ts'
import { png, zip } from '../helpers/files.ts'

let house: DocumentsHouse
let conversationId: ConversationId
beforeAll(async () => {
  house = await openDocumentsHouse()
  conversationId = await house.conversation()
})
afterAll(() => house.close())

const newUpload = () => crypto.randomUUID() as string as UploadId

it.runIf(process.platform !== 'win32')('opens no pipe, link, device or folder that a grant stands for', async () => {
  const inside = (name: string) => join(house.folder, name)
  writeFileSync(inside('secret'), 'secret')
  execFileSync('mkfifo', [inside('pipe')])
  symlinkSync(inside('secret'), inside('link'))
  mkdirSync(inside('folder'))
  house.answers.pick = [inside('pipe'), inside('link'), inside('folder'), '/dev/zero']
  const picked = await house.documents.pick()
  expect(picked?.grants).toHaveLength(4)
  for (const { grantId, name } of picked?.grants ?? []) {
    const failure = await failureOf(house.documents.take({ conversationId, grantId, uploadId: newUpload() }))
    expect(failure.refusal).toEqual({ reason: 'not-a-file', name })
  }
  const guessed = crypto.randomUUID() as string as GrantId
  const unknown = await failureOf(house.documents.take({ conversationId, grantId: guessed, uploadId: newUpload() }))
  expect(unknown.code).toBe('document.not-found')
})

it('makes no path of a name', async () => {
  const names = [
    '../../../etc/passwd',
    'C:\\Windows\\x',
    '\\\\host\\share',
    'CON',
    'a:stream',
    'a\0b',
    '\u202Efdp.exe',
    '.',
    '..',
  ]
  for (const name of names) await house.upload({ conversationId, name }, Buffer.from(`file ${names.indexOf(name)}`))
  expect(house.files()).toEqual({ kept: [], incoming: [] })
  const draft = await house.store.read.draftAttachments({ conversationId })
  for (const { name } of draft) expect(name).not.toMatch(/[\\/\0\u202E]/)
  for (const { id: attachmentId } of draft)
    await house.store.write.removeFromDraft({ conversationId, attachmentId, at: 1 })
})

it('takes an SVG named .png for what it is: nothing that is sent as it is', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  const attachment = await house.upload({ conversationId, name: 'a.png' }, svg)
  expect(attachment.kind).toBe('svg')
  const derived = await failureOf(
    house.upload({ attachmentId: attachment.id, derivative: { kind: 'image', size: 'balanced' } }, svg),
  )
  expect(derived.refusal?.reason).toBe('unreadable-image')
  const mode = { kind: 'image', size: 'original', detail: 'auto' } as const
  await house.store.write.setDraftMode({ conversationId, attachmentId: attachment.id, mode })
  expect(await house.store.read.draftAttachments({ conversationId })).toMatchObject([{ isReady: false }])
})

it('refuses what claims to be larger than any image, and what the page may not make', async () => {
  const huge = png(1, 1, { width: 50_000, height: 50_000 })
  expect((await failureOf(house.upload({ conversationId, name: 'huge.png' }, huge))).refusal?.reason).toBe('pixels')
  const { id: attachmentId } = await house.upload({ conversationId, name: 'ok.png' }, png(8, 8))
  const derivative = { kind: 'thumbnail' } as const
  expect((await failureOf(house.upload({ attachmentId, derivative }, huge))).refusal?.reason).toBe('pixels')
  const begin = () =>
    house.documents.intake.begin({ target: { attachmentId, derivative }, sizeBytes: 17 * 1024 * 1024 })
  expect((await failureOf(begin)).refusal?.reason).toBe('bytes')
  const bomb = zip({ '[Content_Types].xml': '<x/>', 'word/document.xml': ' '.repeat(200_000) })
  expect((await house.upload({ conversationId, name: 'bomb.docx' }, bomb)).kind).toBe('docx')
})

it('is not filled up by 100,000 uploads that are begun and never finished', async () => {
  let refused = 0
  for (let count = 0; count < 100_000; count++) {
    try {
      house.documents.intake.begin({ target: { conversationId, name: 'never' }, sizeBytes: 1_000_000 })
    } catch {
      refused += 1
    }
  }
  expect(refused).toBe(100_000 - 64)
  expect(house.files().incoming).toEqual([])
  // They block nobody for long.
  house.clock.at += 31_000
  const attachment = await house.upload({ conversationId, name: 'mine.txt' }, Buffer.from('mine'))
  expect(attachment.name).toBe('mine.txt')
})
