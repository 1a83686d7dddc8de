import type { Attachment, AttachmentMode } from '../../contract/attachment.ts'
import type { AttachmentId, MessageId } from '../../contract/ids.ts'
import type { PageText } from '../../contract/routes/documents.ts'
import { isAsItIs, modeText, pagesIn, textPages } from '../core/modes.ts'
import { attachmentSelect, getAttachment, toAttachment } from './attachments.ts'
import type { BlobRef } from './blobs.ts'
import { sql, type Database } from './database.ts'
import { findDerivative } from './derivatives.ts'

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
  file: BlobRef | null
  /** What the provider counted for this content in this mode; `null`: never, or not by itself. */
  measuredTokens: number | null
  /** Something of it is not stored: it cannot be sent so. */
  isMissing: boolean
}

/** What an attachment sends in a mode that holds for it, read from the store. Fails with `document.not-found`. */
function materialOf(db: Database, input: { attachmentId: AttachmentId; mode: AttachmentMode }): SentAttachment {
  return material(db, getAttachment(db, input), input.mode)
}

/** The same for several, in their order. */
export function materialsOf(
  db: Database,
  input: { places: { attachmentId: AttachmentId; mode: AttachmentMode }[] },
): SentAttachment[] {
  return input.places.map((place) => materialOf(db, place))
}

/** The attachments of a message's shown revision with the mode that holds for each, in order. */
export function placesOf(
  db: Database,
  messageId: MessageId,
  revisionId: string,
): { attachment: Attachment; mode: AttachmentMode }[] {
  return sql<[string, string], Parameters<typeof toAttachment>[0] & { mode: string }>(
    db,
    `SELECT x.*, coalesce(c.mode, p.mode) AS mode FROM message_part p
     JOIN (${attachmentSelect}) x ON x.id = p.attachment_id
     LEFT JOIN context_mode c ON c.message_id = ? AND c.attachment_id = p.attachment_id
     WHERE p.revision_id = ? AND p.kind = 'attachment' ORDER BY p.position`,
  )
    .all(messageId, revisionId)
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
    file: null,
    measuredTokens: measuredFor(db, content, mode),
    isMissing: false,
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
      return image ? { ...sent, images: [image] } : { ...sent, isMissing: true }
    }
    case 'page-images': {
      const { resolution } = mode
      const images = pagesIn(mode.pages, pageCount).map((page) =>
        hash ? findDerivative(db, { hash, key: { kind: 'page-image', page, resolution } }) : null,
      )
      const stored = images.filter((image) => image !== null)
      return { ...sent, images: stored, isMissing: report === null || stored.length < images.length }
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
