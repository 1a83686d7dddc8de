import { randomUUID } from 'node:crypto'
import type { MessageId } from '../../contract/ids.ts'
import { cjkTerms } from '../core/cjk.ts'
import { sql, type Database } from './database.ts'

/** Writes the first revision of a message. Must run in a transaction; its text is indexed by the schema's triggers. */
export function insertRevision(
  db: Database,
  messageId: MessageId,
  author: 'person' | 'model',
  at: number,
  parts: { kind: 'text' | 'reasoning' | 'refusal' | 'annotations'; text: string }[],
): void {
  const id = randomUUID()
  sql(db, 'INSERT INTO message_revision (id, message_id, number, author, created_at) VALUES (?, ?, 1, ?, ?)').run(
    id,
    messageId,
    author,
    at,
  )
  for (const [position, part] of parts.entries()) {
    sql(db, 'INSERT INTO message_part (revision_id, position, kind, text, cjk) VALUES (?, ?, ?, ?, ?)').run(
      id,
      position,
      part.kind,
      part.text,
      part.kind === 'text' ? cjkTerms(part.text) : '',
    )
  }
}
