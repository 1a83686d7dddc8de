import { randomUUID } from 'node:crypto'
import type { Attachment, AttachmentMode, DocumentKind } from '../../contract/attachment.ts'
import { fail } from '../../contract/errors.ts'
import type { AttachmentId, ConversationId } from '../../contract/ids.ts'
import { modeText, usualMode } from '../core/modes.ts'
import { demandPossible, getAttachment } from './attachments.ts'
import { keepBlob, type KeptBlob } from './blobs.ts'
import { sql, transact, type Database } from './database.ts'

/** A file or link that becomes the last attachment of a draft. */
export interface NewAttachment {
  conversationId: ConversationId
  name: string
  kind: DocumentKind
  mediaType: string
  width: number | null
  height: number | null
  /** `url`: an image on the web. */
  content: KeptBlob | { url: string }
  /** Files in one draft. */
  countLimit: number
  at: number
}

/** Keeps the bytes of a file with the row that owns them, as the last of its draft. Fails with `document.refused` (count), `conversation.not-found`. */
export function addAttachment(db: Database, input: NewAttachment): Attachment {
  return transact(db, () => {
    const { conversationId, content, at } = input
    const isThere = sql(db, 'SELECT 1 FROM conversation WHERE id = ? AND deleted_at IS NULL').get(conversationId)
    if (!isThere) throw fail('conversation.not-found')
    const attachmentId = randomUUID() as string as AttachmentId
    const blob = 'url' in content ? null : content
    if (blob) keepBlob(db, blob, at)
    sql(
      db,
      `INSERT INTO attachment (id, conversation_id, blob_hash, url, name, kind, media_type, width, height, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      attachmentId,
      conversationId,
      blob?.hash ?? null,
      'url' in content ? content.url : null,
      input.name,
      input.kind,
      input.mediaType,
      input.width,
      input.height,
      at,
    )
    placeInDraft(db, { conversationId, attachmentId, position: null, countLimit: input.countLimit, at })
    return getAttachment(db, { attachmentId })
  })
}

/** An attachment and its mode, in the order of the draft. */
export interface DraftPlace {
  attachmentId: AttachmentId
  mode: AttachmentMode
}

/** What a draft has, in order. */
export function readDraftPlaces(db: Database, input: { conversationId: ConversationId }): DraftPlace[] {
  return sql<[string], { attachmentId: AttachmentId; mode: string }>(
    db,
    'SELECT attachment_id AS attachmentId, mode FROM draft_attachment WHERE conversation_id = ? ORDER BY position',
  )
    .all(input.conversationId)
    .map(({ attachmentId, mode }) => ({ attachmentId, mode: JSON.parse(mode) as AttachmentMode }))
}

/** Puts an attachment of the conversation into its draft: at a place, or as the last. Where it is already, it stays. */
export function attachToDraft(
  db: Database,
  input: {
    conversationId: ConversationId
    attachmentId: AttachmentId
    position: number | null
    countLimit: number
    at: number
  },
): void {
  transact(db, () => {
    const { conversationId } = getAttachment(db, input)
    if (conversationId !== input.conversationId) throw fail('document.not-found')
    const places = readDraftPlaces(db, input)
    if (!places.some(({ attachmentId }) => attachmentId === input.attachmentId)) placeInDraft(db, input)
  })
}

function placeInDraft(db: Database, input: Parameters<typeof attachToDraft>[1]): void {
  const { conversationId, attachmentId, position, countLimit, at } = input
  const places = readDraftPlaces(db, input)
  const attachment = getAttachment(db, input)
  if (places.length >= countLimit)
    throw fail('document.refused', { refusal: { reason: 'count', name: attachment.name, limit: countLimit } })
  sql(db, `INSERT INTO draft (conversation_id, text, updated_at) VALUES (?, '', ?) ON CONFLICT DO NOTHING`).run(
    conversationId,
    at,
  )
  sql(db, 'UPDATE attachment SET detached_at = NULL WHERE id = ?').run(attachmentId)
  writePlaces(
    db,
    conversationId,
    places.toSpliced(position ?? places.length, 0, { attachmentId, mode: usualMode(attachment) }),
  )
}

/** Takes an attachment out of the draft. It stays for a day. */
export function removeFromDraft(
  db: Database,
  input: { conversationId: ConversationId; attachmentId: AttachmentId; at: number },
): void {
  transact(db, () => {
    const places = readDraftPlaces(db, input)
    const left = places.filter(({ attachmentId }) => attachmentId !== input.attachmentId)
    if (left.length === places.length) return
    writePlaces(db, input.conversationId, left)
    sql(db, 'UPDATE attachment SET detached_at = ? WHERE id = ?').run(input.at, input.attachmentId)
    dropEmptyDraft(db, input.conversationId)
  })
}

/** Gives the draft this order; what is not named follows as it was. */
export function reorderDraft(
  db: Database,
  input: { conversationId: ConversationId; attachmentIds: AttachmentId[] },
): void {
  transact(db, () => {
    const places = readDraftPlaces(db, input)
    const rank = (id: AttachmentId) => {
      const place = input.attachmentIds.indexOf(id)
      return place < 0 ? input.attachmentIds.length : place
    }
    writePlaces(
      db,
      input.conversationId,
      places.toSorted((a, b) => rank(a.attachmentId) - rank(b.attachmentId)),
    )
  })
}

/** Decides how an attachment is sent with this draft. Fails with `document.refused` for a mode its kind does not have. */
export function setDraftMode(
  db: Database,
  input: { conversationId: ConversationId; attachmentId: AttachmentId; mode: AttachmentMode },
): void {
  transact(db, () => {
    demandPossible(db, input)
    const changed = sql(db, 'UPDATE draft_attachment SET mode = ? WHERE conversation_id = ? AND attachment_id = ?').run(
      modeText(input.mode),
      input.conversationId,
      input.attachmentId,
    )
    if (changed.changes === 0) throw fail('document.not-found')
  })
}

/** A draft without text and without attachments is no draft. */
export function dropEmptyDraft(db: Database, conversationId: ConversationId): void {
  sql(
    db,
    `DELETE FROM draft WHERE conversation_id = ? AND text = ''
       AND NOT EXISTS (SELECT 1 FROM draft_attachment d WHERE d.conversation_id = draft.conversation_id)`,
  ).run(conversationId)
}

function writePlaces(db: Database, conversationId: ConversationId, places: DraftPlace[]): void {
  sql(db, 'DELETE FROM draft_attachment WHERE conversation_id = ?').run(conversationId)
  for (const [position, { attachmentId, mode }] of places.entries()) {
    sql(db, 'INSERT INTO draft_attachment (conversation_id, attachment_id, position, mode) VALUES (?, ?, ?, ?)').run(
      conversationId,
      attachmentId,
      position,
      modeText(mode),
    )
  }
}
