import BetterSqlite3 from 'better-sqlite3'
import { FailureError, type Failure, type FailureCode } from '../../contract/errors.ts'

const codes: readonly [prefix: string, code: FailureCode][] = [
  ['SQLITE_FULL', 'store.full'],
  ['SQLITE_READONLY', 'store.read-only'],
  ['SQLITE_CORRUPT', 'store.damaged'],
  ['SQLITE_NOTADB', 'store.damaged'],
  ['SQLITE_BUSY', 'store.busy'],
  ['SQLITE_LOCKED', 'store.busy'],
]

/** An error of the store as data. The detail is SQLite's own sentence: it names tables and columns, never values. */
export function storeFailure(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure
  const detail = error instanceof Error ? error.message : String(error)
  const code = error instanceof BetterSqlite3.SqliteError ? error.code : ''
  const known = codes.find(([prefix]) => code.startsWith(prefix))
  return { code: known?.[1] ?? 'internal', text: 'none', money: 'none', detail: code ? `${detail} (${code})` : detail }
}
