import { createHash, randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Attachment, AttachmentMode, DerivativeKey } from '../../electron/contract/attachment.ts'
import type { AttachmentId, ConversationId, TurnId } from '../../electron/contract/ids.ts'
import type { UploadTarget } from '../../electron/main/documents/intake.ts'
import { failureOf } from '../helpers/documents-house.ts'
import { pdf, png } from '../helpers/files.ts'
import { startHouse, type House } from '../helpers/turns-house.ts'

let house: House
let requestBytes = 32_000_000
let conversationId: ConversationId
beforeEach(async () => {
  requestBytes = 32_000_000
  house = await startHouse({ requestBytes: () => requestBytes })
  conversationId = await house.conversation()
  house.provider.setDefault({ text: 'I have looked at it.' })
})
afterEach(() => house.close())

async function upload(target: UploadTarget, bytes: Uint8Array): Promise<Attachment> {
  const { intake } = house.documents
  const uploadId = intake.begin({ target, sizeBytes: bytes.byteLength })
  for (let offset = 0; offset < bytes.byteLength; offset += 1024 * 1024)
    await intake.chunk({ uploadId, offset, bytes: bytes.subarray(offset, offset + 1024 * 1024) })
  return intake.finish(uploadId)
}
const add = (name: string, bytes: Uint8Array) => upload({ conversationId, name }, bytes)

/** As a page does when it has read a document. */
async function read(attachmentId: AttachmentId, texts: string[]): Promise<void> {
  const pages = texts.map((text, place) => ({ number: place + 1, text }))
  await house.store.write.addPages({ attachmentId, isFirst: true, pages, pageLimit: 2_000 })
  const report = { pageCount: texts.length, problem: null, reader: 'test 1' }
  await house.store.write.reportText({ attachmentId, report, pageLimit: 2_000, at: Date.now() })
}
const setMode = (attachmentId: AttachmentId, mode: AttachmentMode) =>
  house.store.write.setDraftMode({ conversationId, attachmentId, mode })

const send = (text: string, attachments: { id: AttachmentId }[], overBudget?: true) =>
  house.turns.send({
    turnId: randomUUID() as TurnId,
    conversationId,
    text,
    attachmentIds: attachments.map(({ id }) => id),
    overBudget,
  })
async function sent(text: string, attachments: { id: AttachmentId }[]) {
  const turn = await send(text, attachments)
  return { ...turn, reply: await house.ended(turn.replyMessageId) }
}
interface Wire {
  messages: { role: string; content: string | Record<string, never>[] }[]
}
const wire = () => (house.provider.chats().at(-1) as { json: unknown }).json as Wire
const dataUrl = (type: string, bytes: Uint8Array) => `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const auto = { kind: 'image', size: 'original', detail: 'auto' } as const

describe('on the wire', () => {
  it('sends images before texts, with names, details and bytes as they were taken in, and a link as it is', async () => {
    const image = png(200, 100)
    const paper = pdf('paper', 150_001)
    const notes = await add('notes.md', Buffer.from('# Notes'))
    await read(notes.id, ['# Notes\nremember the milk'])
    const picture = await add('picture.png', image)
    await setMode(picture.id, { ...auto, detail: 'high' })
    const file = await add('paper.pdf', paper)
    await setMode(file.id, { kind: 'file' })
    const link = await house.documents.link({ conversationId, url: 'https://example.com/cat.jpg' })
    const { reply, userMessageId } = await sent('What is this?', [notes, picture, file, link])
    expect(reply.status).toBe('complete')
    expect(wire().messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: dataUrl('image/png', image), detail: 'high' } },
          { type: 'image_url', image_url: { url: 'https://example.com/cat.jpg', detail: 'auto' } },
          { type: 'file', file: { filename: 'paper.pdf', file_data: dataUrl('application/pdf', paper) } },
          { type: 'text', text: '[Images, in this order: picture.png; cat.jpg]' },
          { type: 'text', text: '[File: notes.md]\n\n# Notes\nremember the milk\n\n[End of notes.md]' },
          { type: 'text', text: 'What is this?' },
        ],
      },
    ])
    const seen = house.provider.chats().at(-1)
    expect(Number(seen?.headers['content-length'])).toBe(seen?.body.byteLength)
    // Ids, hashes and modes: no bytes and no text in the books.
    const account = house.store.read.ledgerPage({ cursor: null, limit: 1 })
    const attemptId = (await account).rows[0]?.attemptId ?? ''
    const { manifest } = await house.store.read.attemptAccount({ attemptId })
    expect(manifest).toMatchObject({
      messages: [
        {
          messageId: userMessageId,
          attachments: [
            { attachmentId: notes.id, mode: { kind: 'text', pages: 'all' } },
            { attachmentId: picture.id, content: sha256(image), mode: { kind: 'image', detail: 'high' } },
            { attachmentId: file.id, content: sha256(paper), mode: { kind: 'file' } },
            { attachmentId: link.id, content: 'https://example.com/cat.jpg' },
          ],
        },
      ],
    })
    expect(JSON.stringify(manifest)).not.toContain('milk')
    expect(await house.store.read.readDraftPlaces({ conversationId })).toEqual([])
  })

  it('sends pages of a document as text and as images, those of a range only', async () => {
    const document = await add('report.pdf', pdf())
    await read(document.id, ['one', 'two', 'three', 'four'])
    await setMode(document.id, { kind: 'text', pages: { ranges: [{ from: 2, to: 3 }] } })
    await sent('', [document])
    expect(wire().messages.at(-1)?.content).toEqual([
      {
        type: 'text',
        text: '[File: report.pdf, 2 of 4 pages]\n\n[Page 2]\ntwo\n\n[Page 3]\nthree\n\n[End of report.pdf]',
      },
    ])
    expect((await house.store.read.getConversation({ conversationId })).title).toBe('report.pdf')
    const file = (format: 'markdown' | 'json') => house.store.read.exportChunk({ conversationId, format, cursor: null })
    expect((await file('markdown')).text).toContain('\n*Attached: report.pdf*\n')
    const exported = JSON.parse((await file('json')).text) as { messages: { attachments?: unknown }[] }
    expect(exported.messages[0]?.attachments).toMatchObject([{ name: 'report.pdf', hash: document.hash }])
    await house.store.write.attachToDraft({
      conversationId,
      attachmentId: document.id,
      position: null,
      countLimit: 20,
      at: 1,
    })
    await setMode(document.id, { kind: 'page-images', pages: { ranges: [{ from: 4, to: 9 }] }, resolution: 'small' })
    const derivative: DerivativeKey = { kind: 'page-image', page: 4, resolution: 'small' }
    const image = png(30, 40)
    await upload({ attachmentId: document.id, derivative }, image)
    await sent('And this?', [document])
    expect(wire().messages.at(-1)?.content).toEqual([
      { type: 'image_url', image_url: { url: dataUrl('image/png', image) } },
      { type: 'text', text: '[Images, in this order: page 4–9 of report.pdf]' },
      { type: 'text', text: 'And this?' },
    ])
  })

  it('looks for the pages that matter when it sends, and keeps which they were', async () => {
    const document = await add('book.pdf', pdf())
    const pages = Array.from({ length: 40 }, (_, place) => `Chapter ${place}. Weather and wind. `.repeat(20))
    pages[16] = `${pages[16]} The zebra crosses the river at night.`
    pages[30] = `${pages[30]} 斑马在河边喝水。`
    await read(document.id, pages)
    await setMode(document.id, { kind: 'text', pages: { budgetTokens: 300, added: [2], removed: [40] } })
    await sent('When do zebras cross rivers?', [document])
    const text = JSON.stringify(wire().messages.at(-1)?.content)
    expect(text).toContain('[Page 17]')
    expect(text).toContain('[Page 2]')
    expect(text).toContain('2 of 40 pages')
    const [placed] = await house.store.read.attachmentsOfMessages({
      messageIds: (await house.store.read.listAttachments({ conversationId })).flatMap(({ messageIds }) => messageIds),
    })
    expect(placed?.attachments[0]?.mode).toMatchObject({ kind: 'text', pages: { found: [2, 17] } })
    const { hash } = document
    const found = await house.store.read.relevantPages({ hash: hash ?? '', question: '斑马 喝水', budgetTokens: 300 })
    expect(found.pages).toMatchObject([{ number: 31, terms: ['斑马', '喝水'] }])
    expect(found.allTokens).toBeGreaterThan(20 * found.tokens)
  })

  it('keeps attachments through retry, edit and continue', async () => {
    const image = png(20, 20)
    const picture = await add('picture.png', image)
    await setMode(picture.id, auto)
    const first = await sent('What is this?', [picture])
    const expected = [
      { type: 'image_url', image_url: { url: dataUrl('image/png', image), detail: 'auto' } },
      { type: 'text', text: '[Images, in this order: picture.png]' },
      { type: 'text', text: 'What is this?' },
    ]
    const turnId = () => randomUUID() as TurnId
    const retried = await house.turns.retry({ turnId: turnId(), messageId: first.replyMessageId })
    await house.ended(retried.replyMessageId)
    expect(wire().messages).toEqual([{ role: 'user', content: expected }])
    const resent = await house.turns.resend({ turnId: turnId(), messageId: first.userMessageId, text: 'And now?' })
    await house.ended(resent.replyMessageId)
    expect(wire().messages).toEqual([
      { role: 'user', content: [...expected.slice(0, 2), { type: 'text', text: 'And now?' }] },
    ])
    const on = await house.turns.continue({ turnId: turnId(), messageId: resent.replyMessageId })
    await house.ended(on.replyMessageId)
    expect(wire().messages[0]?.content).toHaveLength(3)
    await house.store.write.reviseMessage({ messageId: first.userMessageId, text: 'Other words', at: 1 })
    const again = await house.turns.retry({ turnId: turnId(), messageId: first.replyMessageId })
    await house.ended(again.replyMessageId)
    expect(wire().messages).toEqual([
      { role: 'user', content: [...expected.slice(0, 2), { type: 'text', text: 'Other words' }] },
    ])
  })

  it('sends an attachment otherwise in later turns when that is chosen', async () => {
    const document = await add('a.txt', Buffer.from('text'))
    await read(document.id, ['a long text'])
    const { userMessageId } = await sent('One', [document])
    const mode: AttachmentMode = { kind: 'off' }
    await house.store.write.setSentMode({ messageId: userMessageId, attachmentId: document.id, mode, at: 1 })
    await sent('Two', [])
    expect(wire().messages[0]?.content).toBe('One')
  })
})

describe('what cannot be sent', () => {
  it('is refused before anything is stored, and stays in the draft', async () => {
    const document = await add('a.pdf', pdf('x', 200_000))
    await house.store.write.saveDraft({ conversationId, text: 'Look', at: 1 })
    const notReady = await failureOf(send('Look', [document]))
    expect(notReady).toMatchObject({
      code: 'document.refused',
      text: 'kept',
      money: 'not-charged',
      refusal: { reason: 'not-ready', name: 'a.pdf', isUnreadable: false },
    })
    await setMode(document.id, { kind: 'file' })
    requestBytes = 200_000
    expect(await failureOf(send('Look', [document]))).toMatchObject({
      code: 'request.too-large',
      size: { limitBytes: 200_000 },
    })
    requestBytes = 32_000_000
    writeFileSync(join(house.folder, 'blobs', document.hash ?? ''), pdf('y', 200_000))
    expect((await failureOf(send('Look', [document]))).refusal).toEqual({ reason: 'damaged', name: 'a.pdf' })
    expect((await failureOf(send('', []))).code).toBe('input.invalid')
    expect(house.provider.chats()).toHaveLength(0)
    expect(await house.store.read.readDraft({ conversationId })).toBe('Look')
    expect(await house.store.read.readDraftPlaces({ conversationId })).toHaveLength(1)
  })

  it('is refused with choices when it is longer than the model reads', async () => {
    await house.prices.refresh()
    const document = await add('long.txt', Buffer.from('text'))
    const words = Array.from({ length: 30_000 }, (_, place) => `word${place}`).join(' ')
    await read(
      document.id,
      Array.from({ length: 8 }, () => words.slice(0, 249_000)),
    )
    const failure = await failureOf(send('Look', [document]))
    expect(failure).toMatchObject({
      code: 'context.exceeded',
      overflow: { contextTokens: 256_000, canLeaveOut: false, attachments: [{ name: 'long.txt' }] },
    })
    expect(failure.overflow?.promptTokens).toBeGreaterThan(300_000)
    await setMode(document.id, { kind: 'text', pages: { ranges: [{ from: 1, to: 1 }] } })
    expect((await sent('Look', [document])).reply.status).toBe('complete')
  })
})

describe('money', () => {
  const spent = async () => {
    await house.observed()
    house.estimates.on({ name: 'documents.changed', conversationId })
    return house.estimates.estimate(conversationId, 'Look')
  }

  it('counts each mode before sending, measures it afterwards, and knows it the next time', async () => {
    await house.prices.refresh()
    const picture = await add('picture.png', png(300, 300))
    await setMode(picture.id, auto)
    const before = await spent()
    expect(before.attachments).toMatchObject([{ name: 'picture.png', tokens: 1_120, isMeasured: false }])
    expect(before.promptTokens).toBeGreaterThan(1_120)
    await sent('Look', [picture])
    await house.observed()
    const other = await house.conversation()
    conversationId = other
    const again = await add('the same.png', png(300, 300))
    await setMode(again.id, auto)
    const after = await spent()
    // The imitation counts 258 tokens for an image.
    expect(after.attachments[0]?.isMeasured).toBe(true)
    expect(Math.abs((after.attachments[0]?.tokens ?? 0) - 258)).toBeLessThan(25)
    expect(after.highNanoUsd).toBeGreaterThanOrEqual(before.likelyNanoUsd ?? 0)
    const text = await add('a.txt', Buffer.from('text'))
    await read(text.id, ['word '.repeat(4_000)])
    const prices = (await spent()).attachments
    expect(prices[1]?.tokens).toBeGreaterThan(3_000)
    expect(prices[1]?.nanoUsd).toBeGreaterThan(0)
  })

  it('says what each other mode would take, before anything is made for it', async () => {
    await house.prices.refresh()
    const document = await add('report.pdf', pdf())
    await read(
      document.id,
      Array.from({ length: 20 }, (_, place) => `Page about subject${place}. `.repeat(60)),
    )
    const modes: AttachmentMode[] = [
      { kind: 'text', pages: 'all' },
      { kind: 'text', pages: { budgetTokens: 500 } },
      { kind: 'page-images', pages: 'all', resolution: 'normal' },
      { kind: 'off' },
    ]
    const prices = await house.estimates.modes({ attachmentId: document.id, modes, question: 'What of subject7?' })
    const [all, some, images, off] = prices.map(({ tokens }) => tokens)
    expect(images).toBe(20 * 1_120)
    expect(off).toBe(0)
    expect(all).toBeGreaterThan(10 * (some ?? Infinity))
    expect(some).toBeGreaterThan(100)
    expect(prices[1]?.mode).toMatchObject({ pages: { found: [8] } })
    expect(prices.every(({ nanoUsd }) => nanoUsd !== null)).toBe(true)
  })

  it('holds at least what is billed, and never sends a PDF of unknown price under a budget', async () => {
    await house.prices.refresh()
    await house.store.write.setBudget({ scope: 'day', conversationId: null, limitNanoUsd: 900_000_000, at: Date.now() })
    const paper = await add('paper.pdf', pdf('paper', 100_000))
    await setMode(paper.id, { kind: 'file' })
    expect(await failureOf(send('Look', [paper]))).toMatchObject({ code: 'budget.unmeasured', text: 'kept' })
    expect((await spent()).highNanoUsd).toBeNull()
    expect(house.provider.chats()).toHaveLength(0)
    const { replyMessageId } = await send('Look', [paper], true)
    await house.ended(replyMessageId)
    await house.observed()
    await house.store.write.attachToDraft({
      conversationId,
      attachmentId: paper.id,
      position: null,
      countLimit: 20,
      at: 1,
    })
    await setMode(paper.id, { kind: 'file' })
    expect((await spent()).highNanoUsd).toBeGreaterThan(0)
    await setMode(paper.id, { kind: 'off' })
    const picture = await add('picture.png', png(10, 10))
    await setMode(picture.id, auto)
    const { reply } = await sent('And this?', [picture])
    expect(reply.status).toBe('complete')
    const { rows } = await house.store.read.ledgerPage({ cursor: null, limit: 5 })
    const [row] = rows
    expect(row?.nanoUsd).toBeGreaterThan(0)
    expect(row?.reservedNanoUsd).toBeGreaterThanOrEqual(row?.nanoUsd ?? Infinity)
  })

  it('lists attachments in the context with what they add to every turn', async () => {
    await house.prices.refresh()
    const text = await add('a.txt', Buffer.from('text'))
    await read(text.id, ['word '.repeat(4_000)])
    const { userMessageId } = await sent('Look', [text])
    await house.observed()
    const view = await house.estimates.view(conversationId)
    const [message] = view.messages
    expect(message?.attachments).toMatchObject([{ attachmentId: text.id, name: 'a.txt' }])
    expect(message?.attachments[0]?.nanoUsd).toBeGreaterThan(1_000)
    expect(message?.tokens).toBeGreaterThan(message?.attachments[0]?.tokens ?? Infinity)
    const off: AttachmentMode = { kind: 'off' }
    await house.store.write.setSentMode({ messageId: userMessageId, attachmentId: text.id, mode: off, at: 1 })
    house.estimates.on({ name: 'documents.changed', conversationId })
    const lighter = await house.estimates.view(conversationId)
    expect(lighter.promptTokens).toBeLessThan(view.promptTokens - 3_000)
    expect(lighter.messages[0]?.attachments[0]?.tokens).toBe(0)
  })
})
