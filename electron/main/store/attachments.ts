import { fail } from '../../contract/errors.ts'
import type { Attachment, AttachmentMode, ExtractionReport, ListedAttachment } from '../../contract/attachment.ts'
import type { AttachmentId, ConversationId, MessageId } from '../../contract/ids.ts'
import { isPossible, modeText } from '../core/modes.ts'
import { sql, transact, type Database } from './database.ts'

type AttachmentRow = Omit<Attachment, 'report'> & {
  pageCount: number | null
  problem: ExtractionReport['problem']
  reader: string | null
}

/** What `toAttachment` needs, from `attachment a`. */
export const attachmentSelect = `SELECT a.id, a.conversation_id AS conversationId, a.name, a.kind, a.media_type AS mediaType,
    b.size_bytes AS sizeBytes, a.url, a.blob_hash AS hash, a.width, a.height, a.created_at AS createdAt,
    r.page_count AS pageCount, r.problem, r.reader,
    CASE WHEN r.source_hash IS NULL THEN 0 ELSE
      (SELECT coalesce(sum(octet_length(p.text)), 0) FROM document_page p WHERE p.source_hash = a.blob_hash) END AS textBytes
  FROM attachment a LEFT JOIN blob b ON b.hash = a.blob_hash LEFT JOIN document_report r ON r.source_hash = a.blob_hash`

/** The attachment of a row. */
export function toAttachment<Row extends AttachmentRow>({
  pageCount,
  problem,
  reader,
  ...rest
}: Row): Omit<Row, 'pageCount' | 'problem' | 'reader'> & Attachment {
  return { ...rest, report: pageCount === null || reader === null ? null : { pageCount, problem, reader } }
}

/** One attachment. Fails with `document.not-found`. */
export function getAttachment(db: Database, input: { attachmentId: AttachmentId }): Attachment {
  const row = sql<[string], AttachmentRow>(db, `${attachmentSelect} WHERE a.id = ?`).get(input.attachmentId)
  if (!row) throw fail('document.not-found')
  return toAttachment(row)
}

/** Decides how an attachment of a message is sent in later prompts. Fails like `setDraftMode`. Gives the conversation. */
export function setSentMode(
  db: Database,
  input: { messageId: MessageId; attachmentId: AttachmentId; mode: AttachmentMode; at: number },
): ConversationId {
  return transact(db, () => {
    demandPossible(db, input)
    const message = sql<[string, string], { conversationId: ConversationId }>(
      db,
      `SELECT m.conversation_id AS conversationId FROM message m
       WHERE m.id = ? AND EXISTS (SELECT 1 FROM message_revision r JOIN message_part p ON p.revision_id = r.id
         WHERE r.message_id = m.id AND p.attachment_id = ?)`,
    ).get(input.messageId, input.attachmentId)
    if (!message) throw fail('document.not-found')
    sql(
      db,
      `INSERT INTO context_mode (message_id, attachment_id, mode, at) VALUES (?, ?, ?, ?)
       ON CONFLICT (message_id, attachment_id) DO UPDATE SET mode = excluded.mode, at = excluded.at`,
    ).run(input.messageId, input.attachmentId, modeText(input.mode), input.at)
    return message.conversationId
  })
}

/** Fails with `document.refused` for a mode that an attachment of this kind does not have. */
export function demandPossible(db: Database, input: { attachmentId: AttachmentId; mode: AttachmentMode }): void {
  const attachment = getAttachment(db, input)
  if (!isPossible(input.mode, attachment))
    throw fail('document.refused', { refusal: { reason: 'mode', name: attachment.name } })
}

/** Every file of a conversation, newest first, with where it is used. */
export function listAttachments(db: Database, input: { conversationId: ConversationId }): ListedAttachment[] {
  const rows = sql<[string], AttachmentRow & { isInDraft: 0 | 1; messages: string }>(
    db,
    `SELECT x.*, EXISTS (SELECT 1 FROM draft_attachment d WHERE d.attachment_id = x.id) AS isInDraft,
       (SELECT json_group_array(id) FROM (
         SELECT DISTINCT m.id, m.seq FROM message_part p JOIN message_revision r ON r.id = p.revision_id
         JOIN message m ON m.id = r.message_id WHERE p.attachment_id = x.id AND m.hidden_by IS NULL ORDER BY m.seq)) AS messages
     FROM (${attachmentSelect} WHERE a.conversation_id = ?) x ORDER BY x.createdAt DESC, x.id`,
  ).all(input.conversationId)
  return rows
    .map(({ isInDraft, messages, ...row }) => ({
      ...toAttachment(row),
      isInDraft: isInDraft === 1,
      messageIds: JSON.parse(messages) as MessageId[],
    }))
    .filter(({ isInDraft, messageIds }) => isInDraft || messageIds.length > 0)
}
