import { randomUUID } from 'node:crypto'
import { fail } from '../../contract/errors.ts'
import type { MessageId } from '../../contract/ids.ts'
import type { Message } from '../../contract/routes/conversations.ts'
import type { Revision } from '../../contract/routes/messages.ts'
import { cjkTerms } from '../core/cjk.ts'
import { sql, transact, type Database } from './database.ts'
import { getMessage } from './messages.ts'

interface Part {
  kind: 'text' | 'reasoning' | 'refusal' | 'annotations' | 'attachment'
  text: string
  attachmentId?: string | null
  mode?: string | null
}

/** Writes the next revision of a message and shows it. Must run in a transaction; its text is indexed by the schema's triggers. */
export function insertRevision(
  db: Database,
  messageId: MessageId,
  author: 'person' | 'model',
  at: number,
  parts: Part[],
): void {
  const id = randomUUID()
  const last = sql<[string], { number: number | null }>(
    db,
    'SELECT max(number) AS number FROM message_revision WHERE message_id = ?',
  ).get(messageId)
  const number = (last?.number ?? 0) + 1
  sql(db, 'INSERT INTO message_revision (id, message_id, number, author, created_at) VALUES (?, ?, ?, ?, ?)').run(
    id,
    messageId,
    number,
    author,
    at,
  )
  for (const [position, part] of parts.entries()) {
    sql(
      db,
      `INSERT INTO message_part (revision_id, position, kind, text, cjk, attachment_id, mode) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      id,
      position,
      part.kind,
      part.text,
      part.kind === 'text' ? cjkTerms(part.text) : '',
      part.attachmentId ?? null,
      part.mode ?? null,
    )
  }
  if (number > 1) sql(db, 'UPDATE message SET revision = ? WHERE id = ?').run(number, messageId)
}

/**
 * Another wording of a message by the person; thoughts, attachments and the rest stay with it. The wording it has already
 * changes nothing. Fails with `message.not-found`, and `turn.running` for a reply that has not ended.
 */
export function reviseMessage(db: Database, input: { messageId: MessageId; text: string; at: number }): Message {
  return transact(db, () => {
    const parts = shownParts(db, input.messageId)
    const before = parts.filter(({ kind }) => kind === 'text').map(({ text }) => text)
    if (before.join('') !== input.text) {
      const place = parts.findIndex(({ kind }) => kind === 'text')
      const rest = parts.filter(({ kind }) => kind !== 'text')
      insertRevision(
        db,
        input.messageId,
        'person',
        input.at,
        rest.toSpliced(place < 0 ? rest.length : place, 0, { kind: 'text', text: input.text }),
      )
    }
    return getMessage(db, input)
  })
}

function shownParts(db: Database, messageId: MessageId): Part[] {
  const message = sql<[string], { revisionId: string | null }>(
    db,
    `SELECT r.id AS revisionId FROM message m
     LEFT JOIN message_revision r ON r.message_id = m.id AND r.number = m.revision
     WHERE m.id = ? AND m.hidden_by IS NULL`,
  ).get(messageId)
  if (!message) throw fail('message.not-found')
  if (message.revisionId === null) throw fail('turn.running')
  return sql<[string], Part>(
    db,
    'SELECT kind, text, attachment_id AS attachmentId, mode FROM message_part WHERE revision_id = ? ORDER BY position',
  ).all(message.revisionId)
}

/** Every wording of a message, oldest first. Fails with `message.not-found`. */
export function listRevisions(db: Database, input: { messageId: MessageId }): Revision[] {
  getMessage(db, input)
  return sql<[string], Omit<Revision, 'isShown'> & { isShown: 0 | 1 }>(
    db,
    `SELECT r.number, r.author, r.created_at AS createdAt, r.number = m.revision AS isShown,
       coalesce((SELECT group_concat(p.text, '') FROM (
         SELECT text FROM message_part WHERE revision_id = r.id AND kind = 'text' ORDER BY position) p), '') AS text
     FROM message_revision r JOIN message m ON m.id = r.message_id WHERE m.id = ? ORDER BY r.number`,
  )
    .all(input.messageId)
    .map((row) => ({ ...row, isShown: row.isShown === 1 }))
}

/** Shows a wording that is there already. Fails with `message.not-found` when there is no such message or number. */
export function showRevision(db: Database, input: { messageId: MessageId; number: number }): Message {
  const shown = sql(
    db,
    `UPDATE message SET revision = @number WHERE id = @messageId AND hidden_by IS NULL
       AND EXISTS (SELECT 1 FROM message_revision WHERE message_id = @messageId AND number = @number)`,
  ).run(input)
  if (shown.changes === 0) throw fail('message.not-found')
  return getMessage(db, input)
}
