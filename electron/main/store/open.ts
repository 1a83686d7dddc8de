import BetterSqlite3 from 'better-sqlite3'
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fail } from '../../contract/errors.ts'
import type { Database } from './database.ts'

/** What a connection is for. Only the writer and maintenance may change anything. */
export type Role = 'writer' | 'reader' | 'maintenance'

export interface OpenOptions {
  file: string
  role: Role
  mode: 'read-write' | 'read-only'
  /** How long to wait for another connection's lock, in milliseconds. */
  busyTimeoutMs?: number
}

/**
 * A connection with every pragma the store relies on. In read-write mode the writer creates a missing file.
 * Throws what SQLite says.
 */
export function openDatabase({ file, role, mode, busyTimeoutMs = 5_000 }: OpenOptions): Database {
  if (mode === 'read-only') return openForReading(file, busyTimeoutMs)
  const isNew = role === 'writer' && !existsSync(file)
  if (isNew) mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const db = new BetterSqlite3(file, { fileMustExist: !isNew, timeout: busyTimeoutMs })
  try {
    if (role === 'writer') restrictAccess(file)
    // Before the first page is written; SQLite gives -wal and -shm the mode of the database.
    db.pragma('journal_mode = WAL')
    configure(db)
    if (role === 'reader') db.pragma('query_only = ON')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Throws `internal` unless commits of this connection wait for the disk. Call it after a write: before one the pragma reads 2 whatever was set. */
export function assertDurable(db: Database): void {
  const synchronous = db.pragma('synchronous', { simple: true })
  const journal = db.pragma('journal_mode', { simple: true })
  if (synchronous !== 2 || journal !== 'wal') {
    throw fail('internal', {
      detail: `store not durable: synchronous=${String(synchronous)}, journal_mode=${String(journal)}`,
    })
  }
}

function openForReading(file: string, busyTimeoutMs: number): Database {
  const db = new BetterSqlite3(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs })
  db.pragma('query_only = ON')
  configure(db)
  return db
}

function configure(db: Database): void {
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  // Without it INSERT OR REPLACE deletes past the triggers: a ledger entry could be exchanged, a search hit left behind.
  db.pragma('recursive_triggers = ON')
  db.pragma('secure_delete = ON')
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('mmap_size = 0')
  db.pragma('temp_store = MEMORY')
  if (process.platform === 'darwin') {
    db.pragma('fullfsync = ON')
    db.pragma('checkpoint_fullfsync = ON')
  }
}

function restrictAccess(file: string): void {
  if (process.platform === 'win32') return
  chmodSync(dirname(file), 0o700)
  chmodSync(file, 0o600)
}
