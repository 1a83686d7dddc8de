import { copyFileSync, chmodSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { fail, FailureError } from '../../contract/errors.ts'
import type { Salvage } from '../../contract/routes/store.ts'
import { backUp, hashFile } from './backup.ts'
import { backupsFolder, listBackups } from './backup-files.ts'
import { checkIntegrity, repairIndex } from './checks.ts'
import type { Database } from './database.ts'
import { raiseGeneration, readFacts, type StoreFacts } from './facts.ts'
import { syncFile, syncFolder, timeStamp } from './files.ts'
import { countGathered, gather, versionOf, type Gathered, type Source } from './gather.ts'
import { openDamagedImage, readImage } from './image.ts'
import { migrate } from './migrate.ts'
import { schemaVersion } from './migrations/index.ts'
import { openDatabase } from './open.ts'
import { isDamage } from './salvage-read.ts'
import { readSidecar, writeSidecar } from './sidecar.ts'
import { recount, transfer } from './transfer.ts'
import { purgeStep } from './trash.ts'

export interface RecoveryInput {
  /** The profile folder. Its store must be closed. */
  folder: string
  /** Milliseconds since 1970. */
  at: number
}

/** What the ledger needs to stand: it is united on a restore, never replaced. */
const ledgerTables = [
  'connection',
  'price',
  'attempt',
  'ledger_entry',
  'spend_notice',
  'attempt_event',
  'balance_reading',
  'tombstone',
] as const

/**
 * Puts a copy of a backup in the place of the store. What can be read of the present store is backed up first; its ledger
 * entries (with the attempts, prices and connections they name) and its tombstones are united into the copy by id, and
 * what was deleted for good stays deleted. The present file is moved aside, never removed.
 * Throws `backup.not-found`, `recovery.failed`, `store.full`; then nothing has changed.
 */
function restore({ folder, name, at }: RecoveryInput & { name: string }): { movedTo: string } {
  const backup = listBackups(folder).find((one) => one.name === name)
  if (!backup) throw fail('backup.not-found', { value: name })
  const copy = join(backupsFolder(folder), name)
  if (hashFile(copy) !== backup.sha256)
    throw fail('recovery.failed', { detail: 'the backup is not what it was when it was made' })
  const source = openSource(folder)
  try {
    snapshotPresent(folder, at)
    return build(folder, at, (target) => {
      copyFileSync(copy, target)
      chmodSync(target, 0o600)
      const db = openDatabase({ file: target, role: 'writer', mode: 'read-write' })
      migrate(db, { storeId: backup.storeId, at })
      if (source) {
        transfer({ ...source, target: db, tables: ledgerTables, renumbered: ['seq'], at })
        while (!purgeStep(db).isDone);
      }
      return db
    }).moved
  } finally {
    source?.source.close()
  }
}

/**
 * Reads everything that can be read into a new store, at the schema of this build, and moves the damaged file aside, never
 * removing it. A conversation of which only messages are left counts as read. When nothing can be read the new store is
 * empty and everything that was noted counts as lost. Throws `store.future`, `recovery.failed`, `store.full`; then
 * nothing has changed.
 */
export function salvage({ folder, at, storeId }: RecoveryInput & { storeId: string }): Salvage {
  const sidecar = readSidecar(folder)
  const from = openSource(folder)
  try {
    const version = from ? versionOf(from.source) : schemaVersion
    if (version > schemaVersion) throw fail('store.future', { value: String(version), range: String(schemaVersion) })
    let gathered: Gathered = { errors: new Map(), emptied: 0 }
    const { moved, facts } = build(folder, at, (target) => {
      const db = openDatabase({ file: target, role: 'writer', mode: 'read-write' })
      gathered = gather(db, { from, sidecar, storeId, at })
      return db
    })
    return { ...countGathered(facts, gathered, { from, sidecar }), movedTo: moved.movedTo }
  } finally {
    from?.source.close()
  }
}

/** What the recovery thread can do: each opens and closes what it needs. */
export const recoveryCalls = { restore, salvage }

/** The present store for reading, as far as it goes and without writing; null when there is nothing to read. */
function openSource(folder: string): Source | null {
  const file = join(folder, 'store.db')
  if (!existsSync(file) || statSync(file).size === 0) return null
  const image = readImage(file)
  if (image) {
    const source = openDamagedImage(image)
    return source && { source, image }
  }
  try {
    return { source: openDatabase({ file, role: 'reader', mode: 'read-only' }), image: null }
  } catch (error) {
    if (isDamage(error)) return null
    throw error
  }
}

/** A damaged store may be beyond a backup; then the file that is moved aside is what is left of it. */
function snapshotPresent(folder: string, at: number): void {
  const file = join(folder, 'store.db')
  if (!existsSync(file) || statSync(file).size === 0) return
  let db: Database | null = null
  try {
    db = openDatabase({ file, role: 'reader', mode: 'read-only' })
    // VACUUM INTO counts as a write, though the file itself is open for reading.
    db.pragma('query_only = OFF')
    backUp(db, { reason: 'before-restore', at })
  } catch (error) {
    const isBeyond =
      error instanceof FailureError
        ? error.failure.code === 'store.damaged'
        : error instanceof BetterSqlite3.SqliteError && isDamage(error)
    if (!isBeyond) throw error
  } finally {
    db?.close()
  }
}

/** Fills a new file, checks it, moves the present one aside and puts the new one in its place. */
function build(
  folder: string,
  at: number,
  fill: (target: string) => Database,
): { moved: { movedTo: string }; facts: StoreFacts } {
  const target = join(folder, 'store.db.new')
  const clear = () => {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${target}${end}`, { force: true })
  }
  clear()
  try {
    const db = fill(target)
    let facts: StoreFacts
    try {
      recount(db)
      repairIndex(db)
      raiseGeneration(db, { at, floor: readSidecar(folder)?.generation ?? 0 })
      const integrity = checkIntegrity(db)
      if (!integrity.isSound)
        throw fail('recovery.failed', { detail: `the new store is not sound: ${integrity.problems[0] ?? ''}` })
      facts = readFacts(db)
      db.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      db.close()
    }
    syncFile(target)
    const moved = { movedTo: moveAside(folder, at) }
    renameSync(target, join(folder, 'store.db'))
    syncFolder(folder)
    writeSidecar(folder, { ...facts, cleanlyClosed: true, updatedAt: at })
    return { moved, facts }
  } catch (error) {
    clear()
    throw error
  }
}

/**
 * Gives the present file a second name in `damaged/`, and moves its log there. The log goes before a new file comes: SQLite
 * would read it into that one. A kill in between leaves a store that is found damaged again, and nothing lost.
 */
function moveAside(folder: string, at: number): string {
  const movedTo = freeFolder(folder, `damaged/${timeStamp(at)}`)
  const file = join(folder, 'store.db')
  const aside = join(folder, movedTo)
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  if (existsSync(join(folder, 'store.json'))) copyFileSync(join(folder, 'store.json'), join(aside, 'store.json'))
  if (existsSync(file)) {
    try {
      linkSync(file, join(aside, 'store.db'))
    } catch (error) {
      if (!/^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EMLINK)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
      renameSync(file, join(aside, 'store.db'))
    }
  }
  for (const end of ['-wal', '-shm']) {
    if (existsSync(`${file}${end}`)) renameSync(`${file}${end}`, join(aside, `store.db${end}`))
  }
  // The folder, its name, and the name of the folder it is in.
  for (const each of [aside, dirname(aside), folder]) syncFolder(each)
  return movedTo
}

function freeFolder(folder: string, base: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`
    if (!existsSync(join(folder, name))) return name
  }
}
