import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AttachmentMode, DerivativeKey } from '../../electron/contract/attachment.ts'
import type { AttachmentId } from '../../electron/contract/ids.ts'
import { listBackups } from '../../electron/main/store/backup-files.ts'
import { purge } from '../../electron/main/store/purge.ts'
import { createRecovery } from '../../electron/main/store/recovery-host.ts'
import { failureOf, openDocumentsHouse, type DocumentsHouse } from '../helpers/documents-house.ts'
import { pdf, png } from '../helpers/files.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const dayMs = 24 * 60 * 60 * 1000

let house: DocumentsHouse
beforeEach(async () => {
  house = await openDocumentsHouse()
})
afterEach(() => house.close())

describe('taking files in', () => {
  it('keeps a small one in the row and a large one as a file of its hash, byte by byte', async () => {
    const conversationId = await house.conversation()
    const small = Buffer.from('Hello, world.\n')
    const large = pdf('x', 2_500_000)
    const first = await house.upload({ conversationId, name: 'a.txt' }, small)
    const second = await house.upload({ conversationId, name: '../b.exe' }, large)
    expect(first).toMatchObject({ kind: 'text', name: 'a.txt', hash: sha256(small), sizeBytes: small.length })
    expect(second).toMatchObject({ kind: 'pdf', name: 'b.exe', hash: sha256(large), mediaType: 'application/pdf' })
    expect(house.files()).toEqual({ kept: [sha256(large)], incoming: [] })
    const path = join(house.folder, 'blobs', sha256(large))
    expect(readFileSync(path).equals(large)).toBe(true)
    expect(statSync(path).mode & 0o777).toBe(0o600)

    const read: Uint8Array[] = []
    for (let offset: number | null = 0; offset !== null;) {
      const piece = await house.documents.read({ attachmentId: second.id, derivative: null, offset })
      expect(piece.bytes.byteLength).toBeLessThanOrEqual(1024 * 1024)
      read.push(piece.bytes)
      offset = piece.next
    }
    expect(Buffer.concat(read).equals(large)).toBe(true)
    const whole = await house.documents.read({ attachmentId: first.id, derivative: null, offset: 0 })
    expect([Buffer.from(whole.bytes).toString(), whole.next]).toEqual(['Hello, world.\n', null])
  })

  it('keeps the same bytes once, and mends a file that was damaged', async () => {
    const [one, other] = [await house.conversation(), await house.conversation()]
    const bytes = pdf('same', 300_000)
    const first = await house.upload({ conversationId: one, name: 'a.pdf' }, bytes)
    const path = join(house.folder, 'blobs', sha256(bytes))
    writeFileSync(path, 'damaged')
    const damaged = await failureOf(house.documents.read({ attachmentId: first.id, derivative: null, offset: 0 }))
    expect(damaged).toMatchObject({ code: 'document.refused', refusal: { reason: 'damaged', name: 'a.pdf' } })
    await house.upload({ conversationId: other, name: 'b.pdf' }, bytes)
    expect(house.files().kept).toEqual([sha256(bytes)])
    const piece = await house.documents.read({ attachmentId: first.id, derivative: null, offset: 0 })
    expect(sha256(piece.bytes)).toBe(sha256(bytes))
  })

  it('takes pieces in order only, the last one again as the same, and nothing after the end', async () => {
    const conversationId = await house.conversation()
    const { intake } = house.documents
    const bytes = randomBytes(3_000).map((byte) => 32 + (byte % 90))
    const uploadId = intake.begin({ target: { conversationId, name: 'a.txt' }, sizeBytes: 3_000 })
    const piece = (offset: number) => intake.chunk({ uploadId, offset, bytes: bytes.subarray(offset, offset + 1_000) })
    expect((await failureOf(piece(1_000))).code).toBe('document.not-in-order')
    expect(await piece(0)).toBe(1_000)
    expect(await piece(0)).toBe(1_000)
    expect((await failureOf(piece(2_000))).code).toBe('document.not-in-order')
    // Sent without waiting: they are taken in turn.
    expect(await Promise.all([piece(1_000), piece(2_000)])).toEqual([2_000, 3_000])
    expect((await failureOf(piece(0))).code).toBe('document.not-in-order')
    expect(await intake.finish(uploadId)).toMatchObject({ hash: sha256(bytes) })
    for (const late of [() => piece(0), () => intake.finish(uploadId)])
      expect((await failureOf(late)).code).toBe('document.not-in-order')
    await intake.cancel(uploadId)
    expect(house.files().incoming).toEqual([])
  })

  it('refuses in data: which file, which limit', async () => {
    const conversationId = await house.conversation()
    house.limits.bytes = 2_000
    house.limits.pixels = 1_000_000
    const { intake } = house.documents
    const begin = (name: string, sizeBytes: number) =>
      failureOf(() => intake.begin({ target: { conversationId, name }, sizeBytes }))
    expect(await begin('big.pdf', 2_001)).toMatchObject({
      code: 'document.refused',
      refusal: { reason: 'bytes', name: 'big.pdf', given: 2_001, limit: 2_000 },
    })
    expect((await begin('none.txt', 0)).refusal).toEqual({ reason: 'empty', name: 'none.txt' })
    const upload = (name: string, bytes: Uint8Array) => failureOf(house.upload({ conversationId, name }, bytes))
    expect((await upload('a.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'))).refusal).toEqual({
      reason: 'kind',
      name: 'a.heic',
      kind: 'heic',
    })
    const bomb = await upload('huge.png', png(2, 2, { width: 50_000, height: 50_000 }))
    expect(bomb.refusal).toEqual({ reason: 'pixels', name: 'huge.png', given: 2_500_000_000, limit: 1_000_000 })
    const short = intake.begin({ target: { conversationId, name: 'short.txt' }, sizeBytes: 10 })
    await intake.chunk({ uploadId: short, offset: 0, bytes: Buffer.from('12345') })
    expect((await failureOf(intake.finish(short))).refusal?.reason).toBe('changed')
    const long = intake.begin({ target: { conversationId, name: 'long.txt' }, sizeBytes: 3 })
    const more = await failureOf(intake.chunk({ uploadId: long, offset: 0, bytes: Buffer.from('12345') }))
    expect(more.refusal?.reason).toBe('changed')
    await intake.cancel(long)
    house.limits.count = 1
    await house.upload({ conversationId, name: 'one.txt' }, Buffer.from('one'))
    expect((await upload('two.txt', Buffer.from('two'))).refusal).toEqual({
      reason: 'count',
      name: 'two.txt',
      limit: 1,
    })
    expect(house.files()).toEqual({ kept: [], incoming: [] })
    expect(await house.store.read.draftAttachments({ conversationId })).toHaveLength(1)
  })
})

describe('a draft with files', () => {
  it('keeps them in order over a restart, with or without text', async () => {
    const conversationId = await house.conversation()
    const ids: AttachmentId[] = []
    for (const name of ['a', 'b', 'c']) ids.push((await house.upload({ conversationId, name }, Buffer.from(name))).id)
    await house.store.write.saveDraft({ conversationId, text: 'Look', at: 1 })
    await house.store.write.saveDraft({ conversationId, text: '', at: 2 })
    const [a, b, c] = ids as [AttachmentId, AttachmentId, AttachmentId]
    await house.store.write.reorderDraft({ conversationId, attachmentIds: [c, a] })
    await house.store.write.removeFromDraft({ conversationId, attachmentId: a, at: house.clock.at })
    await house.store.write.attachToDraft({ conversationId, attachmentId: a, position: 0, countLimit: 20, at: 3 })
    const names = async (of: DocumentsHouse) =>
      (await of.store.read.draftAttachments({ conversationId })).map(({ name }) => name)
    expect(await names(house)).toEqual(['a', 'c', 'b'])
    const { folder } = house
    await house.documents.close()
    await house.store.close()
    house = await openDocumentsHouse({ folder })
    expect(await names(house)).toEqual(['a', 'c', 'b'])
    expect(b).toBeTruthy()
    for (const attachmentId of ids)
      await house.store.write.removeFromDraft({ conversationId, attachmentId, at: house.clock.at })
    expect(await names(house)).toEqual([])
  })

  it('is ready only when all that its mode needs is stored', async () => {
    const conversationId = await house.conversation()
    const bytes = pdf('x', 200_000)
    const { id: attachmentId } = await house.upload({ conversationId, name: 'a.pdf' }, bytes)
    const placed = async () => (await house.store.read.draftAttachments({ conversationId }))[0]
    expect(await placed()).toMatchObject({ isReady: false, missing: [{ kind: 'text' }], report: null })
    const pages = [1, 2, 3].map((number) => ({ number, text: `page ${number}` }))
    await house.store.write.addPages({ attachmentId, isFirst: true, pages: pages.slice(0, 2), pageLimit: 10 })
    const report = { pageCount: 3, problem: null, reader: 'test 1' }
    const early = house.store.write.reportText({ attachmentId, report, pageLimit: 10, at: 1 })
    expect((await failureOf(early)).code).toBe('document.not-in-order')
    expect(await placed()).toMatchObject({ isReady: false })
    await house.store.write.addPages({ attachmentId, isFirst: false, pages: pages.slice(2), pageLimit: 10 })
    await house.store.write.reportText({ attachmentId, report, pageLimit: 10, at: 1 })
    expect(await placed()).toMatchObject({ isReady: true, missing: [], report, textBytes: 18 })

    const mode: AttachmentMode = { kind: 'page-images', pages: { ranges: [{ from: 2, to: 3 }] }, resolution: 'small' }
    await house.store.write.setDraftMode({ conversationId, attachmentId, mode })
    const images = [2, 3].map((page) => ({ kind: 'page-image', page, resolution: 'small' }) as const)
    expect(await placed()).toMatchObject({ isReady: false, missing: images })
    for (const derivative of images) await house.upload({ attachmentId, derivative }, png(40, 20 + derivative.page))
    expect(await placed()).toMatchObject({ isReady: true, mode })
    const noSuchPage: DerivativeKey = { kind: 'page-image', page: 4, resolution: 'small' }
    expect((await failureOf(house.upload({ attachmentId, derivative: noSuchPage }, png(9, 9)))).code).toBe(
      'document.not-in-order',
    )
    const wrong = house.store.write.setDraftMode({
      conversationId,
      attachmentId,
      mode: { kind: 'image', size: 'small', detail: 'auto' },
    })
    expect((await failureOf(wrong)).refusal).toEqual({ reason: 'mode', name: 'a.pdf' })
    const beyond = house.store.write.addPages({
      attachmentId,
      isFirst: true,
      pages: [{ number: 11, text: '' }],
      pageLimit: 10,
    })
    expect((await failureOf(beyond)).refusal).toMatchObject({ reason: 'pages', given: 11, limit: 10 })
    expect(await placed()).toMatchObject({ report })
  })

  it('sends a scan as images of its pages unless told otherwise', async () => {
    const conversationId = await house.conversation()
    const { id: attachmentId } = await house.upload({ conversationId, name: 'scan.pdf' }, pdf())
    const report = { pageCount: 1, problem: 'no-text', reader: 'test 1' } as const
    await house.store.write.reportText({ attachmentId, report, pageLimit: 10, at: 1 })
    expect((await house.store.read.draftAttachments({ conversationId }))[0]).toMatchObject({
      mode: { kind: 'page-images', pages: 'all' },
      modes: ['page-images', 'file', 'text', 'off'],
    })
  })

  it('takes an image on the web by its address, which nobody opens', async () => {
    const conversationId = await house.conversation()
    const link = await house.documents.link({ conversationId, url: 'https://example.com/a%20b.png' })
    expect(link).toMatchObject({ kind: 'link', name: 'a b.png', hash: null, url: 'https://example.com/a%20b.png' })
    for (const url of ['http://example.com/a.png', 'file:///etc/passwd', 'https://me:secret@example.com/', 'nothing'])
      expect((await failureOf(house.documents.link({ conversationId, url }))).code).toBe('input.invalid')
  })
})

describe('what nobody owns', () => {
  it('goes after a day, what a backup needs stays, and what was sent or is in a draft stays', async () => {
    const conversationId = await house.conversation()
    const bytes = ['one', 'two', 'three'].map((text) => pdf(text, 150_000))
    const [one, two, three] = await Promise.all(
      bytes.map((each, place) => house.upload({ conversationId, name: `${place}.pdf` }, each)),
    )
    if (!one || !two || !three) throw new Error('three files')
    await house.upload({ attachmentId: one.id, derivative: { kind: 'thumbnail' } }, png(20, 20))
    await house.store.maintain.backUp({ reason: 'by-hand', at: house.clock.at })
    const four = await house.upload({ conversationId, name: 'four.pdf' }, pdf('four', 150_000))
    for (const { id } of [one, four])
      await house.store.write.removeFromDraft({ conversationId, attachmentId: id, at: house.clock.at })
    expect(await house.documents.collector.run()).toBe(0)
    expect((await house.store.read.documentStorage({ before: Number.MAX_SAFE_INTEGER })).unusedBytes).toBe(
      300_000 + png(20, 20).length,
    )
    house.clock.at += dayMs + 1
    expect(await house.documents.collector.run()).toBe(300_000 + png(20, 20).length)
    const kept = house.files().kept.toSorted()
    expect(kept).toEqual(bytes.map(sha256).toSorted())
    expect((await house.store.read.documentStorage({ before: 0 })).kinds).toEqual([
      { kind: 'pdf', count: 2, bytes: 300_000 },
    ])
    // And comes back with the backup.
    const { folder } = house
    await house.documents.close()
    await house.store.close()
    const workerUrl = new URL('../../electron/main/store/store.worker.ts', import.meta.url)
    const [backup] = listBackups(folder)
    await createRecovery({ folder, workerUrl, now: () => house.clock.at }).restore(backup?.name ?? '')
    house = await openDocumentsHouse({ folder })
    const piece = await house.documents.read({ attachmentId: one.id, derivative: null, offset: 0 })
    expect(sha256(piece.bytes)).toBe(sha256(bytes[0] ?? piece.bytes.subarray(0, 0)))
  })

  it('removes a file without a row a day later, and what was on its way in when Parley was killed', async () => {
    const conversationId = await house.conversation()
    const { uploadId } = {
      uploadId: house.documents.intake.begin({ target: { conversationId, name: 'a' }, sizeBytes: 9 }),
    }
    await house.documents.intake.chunk({ uploadId, offset: 0, bytes: Buffer.from('half') })
    expect(house.files().incoming).toHaveLength(1)
    const orphan = join(house.folder, 'blobs', 'a'.repeat(64))
    writeFileSync(orphan, 'nobody')
    await house.documents.collector.run()
    expect(existsSync(orphan)).toBe(true)
    utimesSync(orphan, new Date(house.clock.at - 2 * dayMs), new Date(house.clock.at - 2 * dayMs))
    await house.documents.collector.run()
    expect(existsSync(orphan)).toBe(false)
    const { folder } = house
    await house.store.close()
    house = await openDocumentsHouse({ folder })
    expect(house.files().incoming).toEqual([])
  })

  it('goes with a conversation that is deleted for good', async () => {
    const conversationId = await house.conversation()
    const bytes = pdf('x', 150_000)
    const { id: attachmentId } = await house.upload({ conversationId, name: 'a.pdf' }, bytes)
    const pages = [{ number: 1, text: 'a secret zebra' }]
    await house.store.write.addPages({ attachmentId, isFirst: true, pages, pageLimit: 10 })
    await house.store.write.trashConversation({ conversationId, deletedAt: 1 })
    await purge(house.store, { conversationIds: 'all', before: 2, at: 2 })
    await house.documents.collector.run()
    expect(house.files().kept).toEqual([])
    expect(await house.store.maintain.checkIndex()).toEqual({ isSound: true, problems: [] })
    await house.documents.close()
    await house.store.close()
    const stored = ['store.db', 'store.db-wal']
      .map((name) => join(house.folder, name))
      .filter((path) => existsSync(path))
    for (const path of stored) expect(readFileSync(path).includes('zebra')).toBe(false)
    rmSync(house.folder, { recursive: true })
    house = await openDocumentsHouse()
  })
})

describe('windows of the system', () => {
  it('gives grants for chosen files, each good once, and saves a file out', async () => {
    const conversationId = await house.conversation()
    const path = join(house.folder, 'chosen.pdf')
    const bytes = pdf('chosen', 2_300_000)
    writeFileSync(path, bytes)
    expect(await house.documents.pick()).toBeNull()
    house.answers.pick = [path]
    const picked = await house.documents.pick()
    const grant = picked?.grants[0]
    if (!grant) throw new Error('one grant')
    expect(grant).toMatchObject({ name: 'chosen.pdf', sizeBytes: bytes.length })
    expect(JSON.stringify(picked)).not.toContain(house.folder)
    const uploadId = crypto.randomUUID() as never
    const attachment = await house.documents.take({ conversationId, grantId: grant.grantId, uploadId })
    expect(attachment.hash).toBe(sha256(bytes))
    expect(house.events.filter(({ name }) => name === 'upload.progressed')).toHaveLength(3)
    const again = house.documents.take({ conversationId, grantId: grant.grantId, uploadId })
    expect((await failureOf(again)).code).toBe('document.not-found')

    expect(await house.documents.save({ attachmentId: attachment.id })).toBeNull()
    house.answers.saveAs = 'cancelled'
    expect(await house.documents.save({ attachmentId: attachment.id })).toEqual({ isSaved: false })
    house.answers.saveAs = { path: join(house.folder, 'out.pdf') }
    expect(await house.documents.save({ attachmentId: attachment.id })).toEqual({ isSaved: true })
    expect(readFileSync(join(house.folder, 'out.pdf')).equals(bytes)).toBe(true)
  })
})
