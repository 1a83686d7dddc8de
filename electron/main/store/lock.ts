import BetterSqlite3 from 'better-sqlite3'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeRefusal } from './free-space.ts'
import { readOwner, writeOwner } from './owner.ts'

export type Lock =
  | { kind: 'held'; release: () => void }
  | { kind: 'taken'; pid: number | null }
  /** Nothing can be written there (permissions, or a full disk at the first start), so nobody can own it: open read-only. */
  | { kind: 'not-writable'; detail: string }

/** How long starts of the same moment wait for each other, so that one of them wins. Milliseconds. */
const contentionMs = 200

export interface LockInput {
  folder: string
  pid: number
  /** Milliseconds since 1970. */
  at: number
}

/**
 * Makes this process the one owner of the profile: an exclusive transaction on `lock.db` that the system ends with the
 * process, however it dies. Throws what SQLite or the system says when it is neither free nor taken.
 */
export function acquireLock({ folder, pid, at }: LockInput): Lock {
  let db: BetterSqlite3.Database | null = null
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    db = new BetterSqlite3(join(folder, 'lock.db'), { timeout: contentionMs })
    db.exec('BEGIN EXCLUSIVE')
    // Beginning on an empty file writes to it; with a page in it the next starts need no space on the disk.
    if (db.pragma('user_version', { simple: true }) === 0) db.exec('PRAGMA user_version = 1; COMMIT; BEGIN EXCLUSIVE')
  } catch (error) {
    db?.close()
    const code = (error as { code?: unknown }).code
    if (typeof code !== 'string') throw error
    if (code.startsWith('SQLITE_BUSY')) return { kind: 'taken', pid: readOwner(folder)?.pid ?? null }
    if (/^SQLITE_(CANTOPEN|READONLY|FULL)/.test(code) || writeRefusal(error)) {
      return { kind: 'not-writable', detail: (error as Error).message }
    }
    throw error
  }
  const held = db
  try {
    writeOwner(folder, { pid, startedAt: at })
  } catch (error) {
    // On a full disk the profile is owned all the same; only the pid cannot be told.
    if (!writeRefusal(error)) {
      held.close()
      throw error
    }
  }
  return { kind: 'held', release: () => void held.close() }
}
