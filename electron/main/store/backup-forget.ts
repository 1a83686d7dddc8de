import { chmodSync, copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { fail } from '../../contract/errors.ts'
import { backupsFolder, listBackups, manifestName, removeBackup, unfinishedPrefix } from './backup-files.ts'
import { freeName, hashFile, verifyCopy } from './backup.ts'
import { collectBlobs } from './blobs.ts'
import type { Database } from './database.ts'
import { replaceFile, syncFile, syncFolder } from './files.ts'
import { freeBytes, type FreeBytes } from './free-space.ts'
import { openDatabase } from './open.ts'
import { purgeStep } from './trash.ts'

/** What must stay free while a backup is rewritten, in bytes. */
const leastFreeBytes = 64 * 1024 ** 2

/**
 * Rewrites one backup that still holds a conversation that was deleted for good, without it; call it until `isDone`. The
 * rewritten one is whole and checked before the old one goes, so a kill leaves either or both. Throws `store.full` when
 * there is no room for a second copy, `store.damaged` when a backup cannot be read.
 */
export function forgetInBackup(db: Database, { free = freeBytes }: { free?: FreeBytes } = {}): { isDone: boolean } {
  const folder = dirname(db.name)
  const gone = db.prepare<[], string>(`SELECT id FROM tombstone WHERE entity = 'conversation'`).pluck().all()
  const backup = listBackups(folder).find(({ name }) => holdsAny(join(backupsFolder(folder), name), gone))
  if (!backup) return { isDone: true }
  if (free(folder) - backup.sizeBytes < leastFreeBytes)
    throw fail('store.full', { detail: `${backup.name} still holds what was deleted for good: no room to rewrite it` })
  const home = backupsFolder(folder)
  const name = freeName(home, backup.name.replace(/(?:-\d+)?\.db$/, ''))
  const unfinished = join(home, `${unfinishedPrefix}${name}`)
  try {
    copyFileSync(join(home, backup.name), unfinished)
    chmodSync(unfinished, 0o600)
    rewriteWithout(unfinished, gone)
    const manifest = {
      ...backup,
      name,
      sizeBytes: statSync(unfinished).size,
      ...verifyCopy(unfinished),
      sha256: hashFile(unfinished),
    }
    syncFile(unfinished)
    replaceFile(join(home, manifestName(name)), `${JSON.stringify(manifest, null, 2)}\n`)
    renameSync(unfinished, join(home, name))
    syncFolder(home)
    removeBackup(folder, backup.name)
    syncFolder(home)
    return { isDone: false }
  } finally {
    for (const left of ['', '-journal', '-wal', '-shm']) rmSync(`${unfinished}${left}`, { force: true })
  }
}

function holdsAny(file: string, ids: readonly string[]): boolean {
  if (ids.length === 0 || !existsSync(file)) return false
  const copy = new BetterSqlite3(file, { readonly: true })
  try {
    const holds = copy.prepare<[string], number>('SELECT 1 FROM conversation WHERE id = ?').pluck()
    return ids.some((id) => holds.get(id) === 1)
  } finally {
    copy.close()
  }
}

/** Deletes like the store itself does, then writes the file anew, so that no free page keeps a word. */
function rewriteWithout(file: string, ids: readonly string[]): void {
  const copy = openDatabase({ file, role: 'writer', mode: 'read-write' })
  try {
    const bury = copy.prepare<[string]>(
      `INSERT INTO tombstone (entity, id, deleted_at) SELECT 'conversation', id, 0 FROM conversation WHERE id = ?
       ON CONFLICT DO NOTHING`,
    )
    for (const id of ids) bury.run(id)
    while (!purgeStep(copy).isDone);
    collectBlobs(copy, { before: 0 })
    copy.pragma('journal_mode = DELETE')
    copy.exec('VACUUM')
  } finally {
    copy.close()
  }
}
