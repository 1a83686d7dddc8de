import type { Attachment, AttachmentMode } from '../../contract/attachment.ts'
import { fail } from '../../contract/errors.ts'
import type { AttachmentId, ConversationId, MessageId } from '../../contract/ids.ts'
import type { PageText } from '../../contract/routes/documents.ts'
import { isAsItIs, modeText, pagesIn, textPages } from '../core/modes.ts'
import { attachmentSelect, getAttachment, toAttachment } from './attachments.ts'
import { readDraftPlaces } from './draft-attachments.ts'
import type { BlobRef } from './blobs.ts'
import { sql, type Database } from './database.ts'
import { findDerivative } from './derivatives.ts'
import { relevantPages } from './relevant-pages.ts'

/** An image of a prompt: bytes that are stored, or an address that the provider opens. */
export type SentImage = BlobRef | { url: string }

/** What of an attachment goes into a prompt. */
export interface SentAttachment {
  attachmentId: AttachmentId
  name: string
  /** SHA-256 of its bytes, or its address: the same content has the same. */
  content: string
  mode: AttachmentMode
  pageCount: number
  pages: PageText[]
  images: SentImage[]
  /** How many there are when all of them are stored. */
  imageCount: number
  file: BlobRef | null
  /** What the provider counted for this content in this mode; `null`: never, or not by itself. */
  measuredTokens: number | null
  /** Something of it is not stored: it cannot be sent so. */
  isMissing: boolean
  /** And never will be: nothing could be read out of it. */
  isUnreadable: boolean
}

/** What is about to be sent: attachments of a draft, in this order, or those of a message that is worded anew. */
export type ToBeSent =
  | { kind: 'draft'; conversationId: ConversationId; attachmentIds: AttachmentId[] }
  | { kind: 'message'; messageId: MessageId }

/**
 * What attachments send with a question: pages that matter are looked for now, and named in the mode. Fails with
 * `document.not-found` for one that is not in the draft.
 */
export function sendable(db: Database, input: { from: ToBeSent; question: string }): SentAttachment[] {
  const { from, question } = input
  return (from.kind === 'draft' ? placesInDraft(db, from) : placesOf(db, from.messageId)).map(({ attachment, mode }) =>
    material(db, attachment, withFoundPages(db, attachment, mode, question)),
  )
}

function placesInDraft(db: Database, { conversationId, attachmentIds }: Extract<ToBeSent, { kind: 'draft' }>) {
  const places = readDraftPlaces(db, { conversationId })
  return attachmentIds.map((attachmentId) => {
    const place = places.find((each) => each.attachmentId === attachmentId)
    if (!place) throw fail('document.not-found', { text: 'kept' })
    return { attachment: getAttachment(db, { attachmentId }), mode: place.mode }
  })
}

function withFoundPages(
  db: Database,
  { hash, report }: Attachment,
  mode: AttachmentMode,
  question: string,
): AttachmentMode {
  if (mode.kind !== 'text' || mode.pages === 'all' || !('budgetTokens' in mode.pages) || !hash || !report) return mode
  const { budgetTokens, added = [], removed = [] } = mode.pages
  const { pages } = relevantPages(db, { hash, question, budgetTokens })
  const found = new Set([...pages.map(({ number }) => number), ...added])
  for (const page of removed) found.delete(page)
  return { kind: 'text', pages: { ...mode.pages, found: [...found].toSorted((a, b) => a - b).slice(0, 2_000) } }
}

/** What an attachment would send with a question, in each of these modes. Fails with `document.not-found`. */
export function inModes(
  db: Database,
  input: { attachmentId: AttachmentId; modes: AttachmentMode[]; question: string },
): SentAttachment[] {
  const attachment = getAttachment(db, input)
  return input.modes.map((mode) => material(db, attachment, withFoundPages(db, attachment, mode, input.question)))
}

/** The attachments of a revision, as later prompts send them: in the mode they were sent in, or in the one chosen since. */
export function attachmentsOf(db: Database, messageId: MessageId, revisionId: string): SentAttachment[] {
  return placesOf(db, messageId, revisionId).map(({ attachment, mode }) => material(db, attachment, mode))
}

/** The attachments of a revision of a message (the shown one, unless named), with the mode that holds for each, in order. */
export function placesOf(
  db: Database,
  messageId: MessageId,
  revisionId?: string,
): { attachment: Attachment; mode: AttachmentMode }[] {
  const shown =
    '(SELECT r.id FROM message m JOIN message_revision r ON r.message_id = m.id AND r.number = m.revision WHERE m.id = @messageId)'
  return sql<{ messageId: string; revisionId: string | null }, Parameters<typeof toAttachment>[0] & { mode: string }>(
    db,
    `SELECT x.*, coalesce(c.mode, p.mode) AS mode FROM message_part p
     JOIN (${attachmentSelect}) x ON x.id = p.attachment_id
     LEFT JOIN context_mode c ON c.message_id = @messageId AND c.attachment_id = p.attachment_id
     WHERE p.revision_id = coalesce(@revisionId, ${shown}) AND p.kind = 'attachment' ORDER BY p.position`,
  )
    .all({ messageId, revisionId: revisionId ?? null })
    .map(({ mode, ...row }) => ({ attachment: toAttachment(row), mode: JSON.parse(mode) as AttachmentMode }))
}

function material(db: Database, attachment: Attachment, mode: AttachmentMode): SentAttachment {
  const { id: attachmentId, name, kind, hash, url, mediaType, sizeBytes, report } = attachment
  const content = hash ?? url ?? ''
  const pageCount = report?.pageCount ?? 0
  const sent: SentAttachment = {
    attachmentId,
    name,
    content,
    mode,
    pageCount,
    pages: [],
    images: [],
    imageCount: 0,
    file: null,
    measuredTokens: measuredFor(db, content, mode),
    isMissing: false,
    isUnreadable: report !== null && report.problem !== null,
  }
  const own: BlobRef | null = hash === null ? null : { hash, sizeBytes: sizeBytes ?? 0, mediaType }
  switch (mode.kind) {
    case 'off':
      return sent
    case 'file':
      return { ...sent, file: own, isMissing: own === null }
    case 'image': {
      const image =
        url !== null
          ? { url }
          : isAsItIs(mode, kind)
            ? own
            : hash && findDerivative(db, { hash, key: { kind: 'image', size: mode.size } })
      return { ...sent, images: image ? [image] : [], imageCount: 1, isMissing: !image }
    }
    case 'page-images': {
      const { resolution } = mode
      const images = pagesIn(mode.pages, pageCount).map((page) =>
        hash ? findDerivative(db, { hash, key: { kind: 'page-image', page, resolution } }) : null,
      )
      const stored = images.filter((image) => image !== null)
      return {
        ...sent,
        images: stored,
        imageCount: images.length,
        isMissing: report === null || stored.length < images.length,
      }
    }
    case 'text': {
      const wanted = textPages(mode, pageCount)
      if (hash === null || report === null || report.problem !== null || wanted === null)
        return { ...sent, isMissing: true }
      return { ...sent, pages: pagesOf(db, hash, wanted) }
    }
  }
}

function pagesOf(db: Database, hash: string, wanted: number[]): PageText[] {
  return sql<[string, string], PageText>(
    db,
    `SELECT number, text FROM document_page WHERE source_hash = ? AND number IN (SELECT value FROM json_each(?))
     ORDER BY number`,
  ).all(hash, JSON.stringify(wanted))
}

function measuredFor(db: Database, content: string, mode: AttachmentMode): number | null {
  return (
    sql<[string, string], { tokens: number }>(
      db,
      'SELECT tokens FROM attachment_measure WHERE content = ? AND mode = ?',
    ).get(content, modeText(mode))?.tokens ?? null
  )
}

/** Remembers what the provider counted for a content in a mode. */
export function keepMeasure(
  db: Database,
  input: { content: string; mode: AttachmentMode; tokens: number; at: number },
): void {
  sql(
    db,
    `INSERT INTO attachment_measure (content, mode, tokens, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (content, mode) DO UPDATE SET tokens = excluded.tokens, at = excluded.at`,
  ).run(input.content, modeText(input.mode), input.tokens, input.at)
}
