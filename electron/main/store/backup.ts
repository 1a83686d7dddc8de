import { createHash } from 'node:crypto'
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { fail } from '../../contract/errors.ts'
import type { Backup } from '../../contract/routes/store.ts'
import {
  asBackup,
  backupsFolder,
  listBackups,
  manifestName,
  removeBackup,
  selectExpired,
  unfinishedPrefix,
  type BackupManifest,
} from './backup-files.ts'
import { checkIntegrity } from './checks.ts'
import type { Database } from './database.ts'
import { readFacts } from './facts.ts'
import { replaceFile, syncFile, syncFolder, timeStamp } from './files.ts'
import { freeBytes, type FreeBytes } from './free-space.ts'

export interface BackUpInput {
  reason: Backup['reason']
  /** Milliseconds since 1970. */
  at: number
}

/** What must stay free after a backup, in bytes. The copies that make a step safe are only refused when they would fill the disk. */
const leastFreeBytes: Record<Backup['reason'], number> = {
  daily: 2 * 1024 ** 3,
  'by-hand': 2 * 1024 ** 3,
  'before-migration': 64 * 1024 ** 2,
  'before-restore': 64 * 1024 ** 2,
}

/**
 * Copies the store into `backups/`, checks the copy, gives it its name, then removes the ones whose time is over. A kill leaves
 * what was there before. Throws `store.full` with the numbers when too little would stay free, `store.damaged` when the
 * store cannot be copied whole.
 */
export function backUp(
  db: Database,
  { reason, at }: BackUpInput,
  { free = freeBytes }: { free?: FreeBytes } = {},
): Backup {
  const folder = dirname(db.name)
  const home = backupsFolder(folder)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  // The folder has a name too: unsynced, the first backup could go with it.
  syncFolder(folder)
  refuseWithoutRoom(db, folder, reason, free)
  const name = freeName(home, `parley-${timeStamp(at)}-${reason}`)
  const unfinished = join(home, `${unfinishedPrefix}${name}`)
  try {
    rmSync(unfinished, { force: true })
    db.prepare('VACUUM INTO ?').run(unfinished)
    chmodSync(unfinished, 0o600)
    const manifest: BackupManifest = {
      name,
      createdAt: at,
      reason,
      sizeBytes: statSync(unfinished).size,
      ...verifyCopy(unfinished),
      sha256: hashFile(unfinished),
    }
    syncFile(unfinished)
    // The manifest first: the name of the database is what makes a backup.
    replaceFile(join(home, manifestName(name)), `${JSON.stringify(manifest, null, 2)}\n`)
    renameSync(unfinished, join(home, name))
    syncFolder(home)
    for (const expired of selectExpired(listBackups(folder))) {
      // With a clock that was set back the newest is not the youngest.
      if (expired.name !== name) removeBackup(folder, expired.name)
    }
    return asBackup(manifest)
  } catch (error) {
    rmSync(unfinished, { force: true })
    rmSync(`${unfinished}-journal`, { force: true })
    throw error
  }
}

/** SHA-256 of a file in hexadecimal, read in pieces. */
export function hashFile(path: string): string {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(1024 * 1024)
  const handle = openSync(path, 'r')
  try {
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece))
      hash.update(piece.subarray(0, read))
  } finally {
    closeSync(handle)
  }
  return hash.digest('hex')
}

function refuseWithoutRoom(db: Database, folder: string, reason: Backup['reason'], free: FreeBytes): void {
  const sizeBytes =
    (db.pragma('page_count', { simple: true }) as number) * (db.pragma('page_size', { simple: true }) as number)
  const left = free(folder) - sizeBytes
  const least = leastFreeBytes[reason]
  if (left >= least) return
  throw fail('store.full', {
    detail: `a backup of ${sizeBytes} bytes would leave ${Math.max(0, left)} bytes free; it is made only when ${least} stay`,
  })
}

type CopyFacts = Pick<
  BackupManifest,
  'storeId' | 'schemaVersion' | 'conversationCount' | 'messageCount' | 'ledgerCount' | 'ledgerHead' | 'blobs'
>

export function verifyCopy(path: string): CopyFacts {
  const copy = new BetterSqlite3(path, { readonly: true })
  try {
    const integrity = checkIntegrity(copy)
    if (!integrity.isSound)
      throw fail('store.damaged', { detail: `the copy is not sound: ${integrity.problems[0] ?? ''}` })
    const { storeId, schemaVersion, conversationCount, messageCount, ledgerCount, ledgerHead } = readFacts(copy)
    const blobs = copy.prepare<[], string>('SELECT hash FROM blob WHERE bytes IS NULL ORDER BY hash').pluck().all()
    return { storeId, schemaVersion, conversationCount, messageCount, ledgerCount, ledgerHead, blobs }
  } finally {
    copy.close()
  }
}

export function freeName(home: string, base: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? `${base}.db` : `${base}-${number}.db`
    if (!existsSync(join(home, name))) return name
  }
}
