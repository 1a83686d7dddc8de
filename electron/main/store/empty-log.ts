import type { Database } from './database.ts'

/** Lets what was overwritten leave the log too; while somebody reads for long, a later checkpoint does it. */
export function emptyLog(db: Database): void {
  const patience = db.pragma('busy_timeout', { simple: true }) as number
  db.pragma('busy_timeout = 100')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.pragma(`busy_timeout = ${patience}`)
}
