import { fail } from '../../contract/errors.ts'
import type { DocumentStorage } from '../../contract/routes/documents.ts'
import { sql, transact, type Database } from './database.ts'
import { emptyLog } from './empty-log.ts'

/** Bytes that are kept: in the row up to 100 KB, else as a file of that name that is on the disk already. */
export interface KeptBlob {
  hash: string
  sizeBytes: number
  /** `null`: in `blobs/`. */
  bytes: Uint8Array | null
}

/** Bytes that something refers to. */
export interface BlobRef {
  hash: string
  sizeBytes: number
  mediaType: string
}

/** Up to so many bytes lie in the row. */
export const inlineBytes = 100 * 1024

/** Notes bytes, once. Must run in the transaction that gives them an owner. */
export function keepBlob(db: Database, { hash, sizeBytes, bytes }: KeptBlob, at: number): void {
  sql(
    db,
    `INSERT INTO blob (hash, size_bytes, bytes, created_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (hash) DO UPDATE SET size_bytes = excluded.size_bytes, bytes = excluded.bytes
       WHERE blob.size_bytes <> excluded.size_bytes`,
  ).run(hash, sizeBytes, bytes, at)
}

/** The row of a blob; `bytes` is `null` when it is a file. Fails with `document.not-found`. */
export function readBlob(db: Database, input: { hash: string }): { sizeBytes: number; bytes: Uint8Array | null } {
  const row = sql<[string], { sizeBytes: number; bytes: Uint8Array | null }>(
    db,
    'SELECT size_bytes AS sizeBytes, bytes FROM blob WHERE hash = ?',
  ).get(input.hash)
  if (!row) throw fail('document.not-found')
  return row
}

/** Which of these files some row needs. */
export function neededFiles(db: Database, input: { hashes: string[] }): string[] {
  return sql<[string], { hash: string }>(
    db,
    'SELECT hash FROM blob WHERE bytes IS NULL AND hash IN (SELECT value FROM json_each(?))',
  )
    .all(JSON.stringify(input.hashes))
    .map(({ hash }) => hash)
}

/** No draft and no message has it, and the day for taking it back is over. */
const isForgotten = `a.detached_at < @before
  AND NOT EXISTS (SELECT 1 FROM message_part p WHERE p.attachment_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM draft_attachment d WHERE d.attachment_id = a.id)`

/**
 * Removes what nobody owns: attachments that were taken out of their draft before `before` and that no message has, what was
 * made of files that are gone, and bytes that nothing refers to. Gives the files that may go, and how many bytes went.
 */
export function collectBlobs(db: Database, input: { before: number }): { files: string[]; freedBytes: number } {
  const collected = transact(db, () => {
    sql(db, `DELETE FROM attachment AS a WHERE ${isForgotten}`).run(input)
    sql(
      db,
      'DELETE FROM derivative WHERE source_hash NOT IN (SELECT blob_hash FROM attachment WHERE blob_hash IS NOT NULL)',
    ).run()
    const gone = sql<[], { hash: string; sizeBytes: number; isFile: 0 | 1 }>(
      db,
      `DELETE FROM blob WHERE NOT EXISTS (SELECT 1 FROM attachment a WHERE a.blob_hash = blob.hash)
         AND NOT EXISTS (SELECT 1 FROM derivative d WHERE d.blob_hash = blob.hash)
       RETURNING hash, size_bytes AS sizeBytes, bytes IS NULL AS isFile`,
    ).all()
    return {
      files: gone.filter(({ isFile }) => isFile === 1).map(({ hash }) => hash),
      freedBytes: gone.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    }
  })
  if (collected.freedBytes > 0) emptyLog(db)
  return collected
}

/** What files take, by kind, and what `collectBlobs` would free. */
export function documentStorage(db: Database, input: { before: number }): DocumentStorage {
  const kinds = sql<[], DocumentStorage['kinds'][number]>(
    db,
    `SELECT kind, count(*) AS count, sum(size_bytes) AS bytes FROM (
       SELECT a.kind, b.size_bytes FROM attachment a JOIN blob b ON b.hash = a.blob_hash GROUP BY b.hash)
     GROUP BY kind ORDER BY bytes DESC`,
  ).all()
  const sums = sql<{ before: number }, { derivedBytes: number; textBytes: number; unusedBytes: number }>(
    db,
    `WITH used AS (SELECT a.blob_hash AS hash FROM attachment a WHERE a.blob_hash IS NOT NULL
                   AND NOT coalesce(${isForgotten}, 0)),
       needed AS (SELECT hash FROM used UNION SELECT d.blob_hash FROM derivative d WHERE d.source_hash IN used)
     SELECT
       (SELECT coalesce(sum(size_bytes), 0) FROM blob WHERE hash IN (SELECT blob_hash FROM derivative)) AS derivedBytes,
       (SELECT coalesce(sum(octet_length(text)), 0) FROM document_page) AS textBytes,
       (SELECT coalesce(sum(size_bytes), 0) FROM blob WHERE hash NOT IN needed) AS unusedBytes`,
  ).get(input)
  return { kinds, ...(sums ?? { derivedBytes: 0, textBytes: 0, unusedBytes: 0 }) }
}
