import BetterSqlite3 from 'better-sqlite3'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readOwner, writeOwner } from './owner.ts'

export type Lock =
  | { kind: 'held'; release: () => void }
  | { kind: 'taken'; pid: number | null }
  /** The folder cannot be written, so nobody can own it: open read-only. */
  | { kind: 'not-writable'; detail: string }

export interface LockInput {
  folder: string
  pid: number
  /** Milliseconds since 1970. */
  at: number
}

/**
 * Makes this process the one owner of the profile: an exclusive transaction on `lock.db` that the system ends with the
 * process, however it dies. Throws what SQLite says when it is neither free nor taken.
 */
export function acquireLock({ folder, pid, at }: LockInput): Lock {
  let db: BetterSqlite3.Database | null = null
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    db = new BetterSqlite3(join(folder, 'lock.db'), { timeout: 0 })
    db.exec('BEGIN EXCLUSIVE')
    writeOwner(folder, { pid, startedAt: at })
  } catch (error) {
    db?.close()
    const code = (error as { code?: unknown }).code
    if (typeof code !== 'string') throw error
    if (code.startsWith('SQLITE_BUSY')) return { kind: 'taken', pid: readOwner(folder)?.pid ?? null }
    if (notWritable.has(code)) return { kind: 'not-writable', detail: (error as Error).message }
    throw error
  }
  const held = db
  return { kind: 'held', release: () => void held.close() }
}

const notWritable = new Set([
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
  'SQLITE_READONLY_DIRECTORY',
  'EACCES',
  'EPERM',
  'EROFS',
])
