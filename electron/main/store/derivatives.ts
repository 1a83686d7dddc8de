import { randomUUID } from 'node:crypto'
import { fail } from '../../contract/errors.ts'
import type { Attachment, AttachmentMode, DerivativeKey, ExtractionReport, Missing } from '../../contract/attachment.ts'
import type { AttachmentId, ConversationId } from '../../contract/ids.ts'
import type { PageText } from '../../contract/routes/documents.ts'
import { cjkTerms } from '../core/cjk.ts'
import { derivativeParameters, modeText, needsOf, usualMode } from '../core/modes.ts'
import { getAttachment } from './attachments.ts'
import { keepBlob, type BlobRef, type KeptBlob } from './blobs.ts'
import { sql, transact, type Database } from './database.ts'

/**
 * Keeps what the page made of a file. What was made before is replaced. Fails with `document.not-found`, and
 * `document.not-in-order` for an image of a page that the file is not known to have.
 */
export function keepDerivative(
  db: Database,
  input: { attachmentId: AttachmentId; key: DerivativeKey; mediaType: string; blob: KeptBlob; at: number },
): Attachment {
  return transact(db, () => {
    const attachment = getAttachment(db, input)
    if (attachment.hash === null) throw fail('document.not-found')
    const { key } = input
    if (key.kind === 'page-image' && key.page > (attachment.report?.pageCount ?? 0)) throw fail('document.not-in-order')
    keepBlob(db, input.blob, input.at)
    sql(
      db,
      `INSERT INTO derivative (id, source_hash, kind, parameters, blob_hash, media_type, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (source_hash, kind, parameters) DO UPDATE SET blob_hash = excluded.blob_hash, media_type = excluded.media_type`,
    ).run(
      randomUUID(),
      attachment.hash,
      input.key.kind,
      derivativeParameters(input.key),
      input.blob.hash,
      input.mediaType,
      input.at,
    )
    return attachment
  })
}

/** Where the bytes of something made of a file are; `null`: not made yet. */
export function findDerivative(db: Database, input: { hash: string; key: DerivativeKey }): BlobRef | null {
  return (
    sql<[string, string, string], BlobRef>(
      db,
      `SELECT d.blob_hash AS hash, b.size_bytes AS sizeBytes, d.media_type AS mediaType
       FROM derivative d JOIN blob b ON b.hash = d.blob_hash
       WHERE d.source_hash = ? AND d.kind = ? AND d.parameters = ?`,
    ).get(input.hash, input.key.kind, derivativeParameters(input.key)) ?? null
  )
}

/** What a mode needs and is not stored yet, at most `limit` of it. */
export function missingFor(db: Database, attachment: Attachment, mode: AttachmentMode, limit: number): Missing[] {
  const { hash, report } = attachment
  if (hash === null) return []
  const missing: Missing[] = []
  for (const need of needsOf(mode, attachment)) {
    const isThere = need.kind === 'text' ? isTextUsable(report) : findDerivative(db, { hash, key: need }) !== null
    if (!isThere && missing.push(need) >= limit) break
  }
  return missing
}

/** A scan has no text, and what could not be read has none either. */
const isTextUsable = (report: ExtractionReport | null) => report !== null && report.problem === null

/**
 * Keeps text that was read out of a file; with `isFirst`, what was read before is forgotten. Fails with `document.refused`
 * beyond `pageLimit`, `document.not-found`.
 */
export function addPages(
  db: Database,
  input: { attachmentId: AttachmentId; isFirst: boolean; pages: PageText[]; pageLimit: number },
): void {
  transact(db, () => {
    const { hash, name } = demandFile(db, input)
    if (input.isFirst) forgetText(db, hash)
    else if (sql(db, 'SELECT 1 FROM document_report WHERE source_hash = ?').get(hash))
      throw fail('document.not-in-order')
    const highest = input.pages.reduce((most, page) => Math.max(most, page.number), 0)
    refuseTooMany(name, highest, input.pageLimit)
    for (const page of input.pages) {
      const text = page.text.toWellFormed().replaceAll('\0', '')
      sql(
        db,
        `INSERT INTO document_page (source_hash, number, text, cjk) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      ).run(hash, page.number, text, cjkTerms(text))
    }
  })
}

/**
 * Ends the reading of a file: from now on its text counts. Drafts that have it in its usual mode follow what it turned out
 * to be. Fails with `document.refused` (pages), and `document.not-in-order` when pages are missing.
 */
export function reportText(
  db: Database,
  input: { attachmentId: AttachmentId; report: ExtractionReport; pageLimit: number; at: number },
): { attachment: Attachment; conversationIds: ConversationId[] } {
  return transact(db, () => {
    const before = demandFile(db, input)
    const { pageCount, problem, reader } = input.report
    refuseTooMany(before.name, pageCount, input.pageLimit)
    if (problem !== null) forgetText(db, before.hash)
    const there =
      sql<[string, number], { count: number }>(
        db,
        'SELECT count(*) AS count FROM document_page WHERE source_hash = ? AND number <= ?',
      ).get(before.hash, pageCount)?.count ?? 0
    if (problem === null && there !== pageCount) throw fail('document.not-in-order')
    sql(
      db,
      `INSERT INTO document_report (source_hash, page_count, problem, reader, created_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (source_hash) DO UPDATE SET page_count = excluded.page_count, problem = excluded.problem,
         reader = excluded.reader, created_at = excluded.created_at`,
    ).run(before.hash, pageCount, problem, reader, input.at)
    const attachment = getAttachment(db, input)
    followUsualMode(db, before, attachment)
    const conversationIds = sql<[string], { id: ConversationId }>(
      db,
      'SELECT DISTINCT conversation_id AS id FROM attachment WHERE blob_hash = ?',
    )
      .all(before.hash)
      .map(({ id }) => id)
    return { attachment, conversationIds }
  })
}

/** The text of the pages from `from` on, at most `charLimit` of it, but one page at least. */
export function readPages(
  db: Database,
  input: { attachmentId: AttachmentId; from: number; charLimit: number },
): { pages: PageText[]; next: number | null } {
  const { hash } = demandFile(db, input)
  const pages: PageText[] = []
  let chars = 0
  const rows = sql<[string, number], PageText>(
    db,
    'SELECT number, text FROM document_page WHERE source_hash = ? AND number >= ? ORDER BY number',
  )
  for (const page of rows.iterate(hash, input.from)) {
    chars += page.text.length
    if (pages.length > 0 && chars > input.charLimit) return { pages, next: page.number }
    pages.push(page)
  }
  return { pages, next: null }
}

function followUsualMode(db: Database, before: Attachment, after: Attachment): void {
  const [was, is] = [modeText(usualMode(before)), modeText(usualMode(after))]
  if (was === is) return
  sql(
    db,
    `UPDATE draft_attachment SET mode = ? WHERE mode = ?
       AND attachment_id IN (SELECT id FROM attachment WHERE blob_hash = ?)`,
  ).run(is, was, after.hash)
}

function forgetText(db: Database, hash: string): void {
  sql(db, 'DELETE FROM document_report WHERE source_hash = ?').run(hash)
  sql(db, 'DELETE FROM document_page WHERE source_hash = ?').run(hash)
}

function demandFile(db: Database, input: { attachmentId: AttachmentId }): Attachment & { hash: string } {
  const attachment = getAttachment(db, input)
  if (attachment.hash === null) throw fail('document.not-found')
  return { ...attachment, hash: attachment.hash }
}

function refuseTooMany(name: string, given: number, limit: number): void {
  if (given > limit) throw fail('document.refused', { refusal: { reason: 'pages', name, given, limit } })
}
