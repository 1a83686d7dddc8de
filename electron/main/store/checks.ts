import BetterSqlite3 from 'better-sqlite3'
import { transact, type Database } from './database.ts'

/** What a check found. `problems` are SQLite's own lines, at most 100. */
export interface CheckResult {
  isSound: boolean
  problems: string[]
}

/** The structure of every page, without the content of the indexes. About 1 s per GB. */
export function checkStructure(db: Database): CheckResult {
  return check(db, 'quick_check')
}

/** Everything SQLite can check, foreign keys included. It does not see flipped bits inside a text. */
export function checkIntegrity(db: Database): CheckResult {
  const integrity = check(db, 'integrity_check')
  if (!integrity.isSound) return integrity
  try {
    const orphans = db.pragma('foreign_key_check') as { table: string; parent: string }[]
    const problems = orphans.slice(0, 100).map(({ table, parent }) => `${table} without its ${parent}`)
    return { isSound: problems.length === 0, problems }
  } catch (error) {
    return { isSound: false, problems: [sqliteSentence(error)] }
  }
}

/** Of messages, and of the pages of documents. */
const indexes = ['message_index', 'page_index']

/** Whether the search indexes say what the texts say. `integrity_check` does not compare them. */
export function checkIndex(db: Database): CheckResult {
  const problems = indexes.flatMap((index) => checkOne(db, index))
  return { isSound: problems.length === 0, problems }
}

/** Checks the search indexes and builds anew, from the texts, each that disagrees; says whether one did. Throws what SQLite says. */
export function repairIndex(db: Database): { wasRebuilt: boolean } {
  const wrong = indexes.filter((index) => checkOne(db, index).length > 0)
  for (const index of wrong) transact(db, () => db.prepare(`INSERT INTO ${index} (${index}) VALUES ('rebuild')`).run())
  return { wasRebuilt: wrong.length > 0 }
}

function checkOne(db: Database, index: string): string[] {
  try {
    db.prepare(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`).run()
    return []
  } catch (error) {
    return [sqliteSentence(error)]
  }
}

function check(db: Database, pragma: 'quick_check' | 'integrity_check'): CheckResult {
  try {
    const rows = db.prepare(`PRAGMA ${pragma}(100)`).pluck().all() as string[]
    const problems = rows.filter((row) => row !== 'ok')
    return { isSound: problems.length === 0, problems }
  } catch (error) {
    return { isSound: false, problems: [sqliteSentence(error)] }
  }
}

/** What SQLite said about damage. Anything else is thrown on. */
function sqliteSentence(error: unknown): string {
  if (!(error instanceof BetterSqlite3.SqliteError)) throw error
  if (!/^SQLITE_(CORRUPT|NOTADB|IOERR|FORMAT)/.test(error.code)) throw error
  return `${error.message} (${error.code})`
}
