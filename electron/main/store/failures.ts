import BetterSqlite3 from 'better-sqlite3'
import { FailureError, type Failure, type FailureCode } from '../../contract/errors.ts'
import { writeRefusal } from './free-space.ts'

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
  if (!(error instanceof BetterSqlite3.SqliteError)) {
    const refusal = writeRefusal(error)
    const code = refusal === 'disk-full' ? 'store.full' : refusal === 'not-writable' ? 'store.read-only' : 'internal'
    return { code, text: 'none', money: 'none', detail }
  }
  const known = codes.find(([prefix]) => error.code.startsWith(prefix))
  return { code: known?.[1] ?? 'internal', text: 'none', money: 'none', detail: `${detail} (${error.code})` }
}
