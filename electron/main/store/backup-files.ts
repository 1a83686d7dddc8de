import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup, StoreInfo } from '../../contract/routes/store.ts'
import type { StoreFacts } from './facts.ts'

/** What is known about a backup, in a JSON file beside it. */
export interface BackupManifest extends Backup {
  storeId: string
  schemaVersion: number
  ledgerCount: number
  ledgerHead: StoreFacts['ledgerHead']
  /** SHA-256 of the database file, in hexadecimal. */
  sha256: string
  /** SHA-256 of every file in `blobs/` that this backup needs. */
  blobs: string[]
}

export const backupsFolder = (folder: string) => join(folder, 'backups')
export const manifestName = (name: string) => name.replace(/\.db$/, '.json')
/** Names that begin so are unfinished. */
export const unfinishedPrefix = '.unfinished-'

const dayMs = 86_400_000

/** Every complete backup, newest first. One whose file does not have the size its manifest says is left out. */
export function listBackups(folder: string): BackupManifest[] {
  const home = backupsFolder(folder)
  if (!existsSync(home)) return []
  const backups: BackupManifest[] = []
  for (const name of readdirSync(home)) {
    if (!name.endsWith('.db') || name.startsWith(unfinishedPrefix)) continue
    const manifest = readManifest(home, name)
    if (manifest && statSync(join(home, name)).size === manifest.sizeBytes) backups.push(manifest)
  }
  return backups.toSorted((a, b) => b.createdAt - a.createdAt || (a.name < b.name ? 1 : -1))
}

/** What the page may know of a backup. */
export function asBackup({
  name,
  createdAt,
  reason,
  conversationCount,
  messageCount,
  sizeBytes,
}: BackupManifest): Backup {
  return { name, createdAt, reason, conversationCount, messageCount, sizeBytes }
}

/** Where a store lies, how much it takes on the disk with its log, and its backups. Throws what the system says. */
export function storeInfo(folder: string): Omit<StoreInfo, 'setAside'> {
  const sizes = ['store.db', 'store.db-wal'].map(
    (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0,
  )
  return { folder, sizeBytes: sizes.reduce((sum, size) => sum + size, 0), backups: listBackups(folder).map(asBackup) }
}

/** Whether a day has passed since the last daily backup; a clock that was set back does not stop them. */
export function isBackupDue(at: number, backups: readonly Backup[]): boolean {
  const newest = backups.find(({ reason }) => reason === 'daily')
  return !newest || Math.abs(at - newest.createdAt) >= dayMs
}

/** The backups that go: 7 daily ones and 4 weekly ones stay, and the newest 3 of each other reason. */
export function selectExpired(backups: readonly BackupManifest[]): BackupManifest[] {
  const newestFirst = backups.toSorted((a, b) => b.createdAt - a.createdAt)
  const daily = newestFirst.filter(({ reason }) => reason === 'daily')
  const keep = new Set(newestPer(daily, dayMs, 7))
  const older = daily.filter((backup) => !keep.has(backup))
  for (const backup of newestPer(older, 7 * dayMs, 4)) keep.add(backup)
  for (const reason of ['before-migration', 'before-restore', 'by-hand'] as const) {
    for (const backup of newestFirst.filter((one) => one.reason === reason).slice(0, 3)) keep.add(backup)
  }
  return newestFirst.filter((backup) => !keep.has(backup))
}

/** Removes a backup; a kill in between leaves a manifest without a file, which `clearLeftovers` removes. */
export function removeBackup(folder: string, name: string): void {
  rmSync(join(backupsFolder(folder), name), { force: true })
  rmSync(join(backupsFolder(folder), manifestName(name)), { force: true })
}

/** Removes what a killed backup or a killed start left. A database without a manifest is somebody's own copy and stays. */
export function clearLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (/^probe-\d+$/.test(name)) rmSync(join(folder, name), { force: true })
  }
  const home = backupsFolder(folder)
  if (!existsSync(home)) return
  const names = new Set(readdirSync(home))
  for (const name of names) {
    const isOrphan = name.startsWith('parley-') && name.endsWith('.json') && !names.has(name.replace(/\.json$/, '.db'))
    if (name.startsWith(unfinishedPrefix) || isOrphan || name.endsWith('.json.new'))
      rmSync(join(home, name), { force: true })
  }
}

/** Every file in `blobs/` that some backup needs: the collector keeps them. */
export function blobsOfBackups(folder: string): Set<string> {
  return new Set(listBackups(folder).flatMap(({ blobs }) => blobs))
}

/** The newest of each period, at most `count` of them. */
function newestPer(newestFirst: readonly BackupManifest[], periodMs: number, count: number): BackupManifest[] {
  const found = new Map<number, BackupManifest>()
  for (const backup of newestFirst) {
    const period = Math.floor(backup.createdAt / periodMs)
    if (!found.has(period) && found.size < count) found.set(period, backup)
  }
  return [...found.values()]
}

function readManifest(home: string, name: string): BackupManifest | null {
  try {
    const manifest = JSON.parse(readFileSync(join(home, manifestName(name)), 'utf8')) as Partial<BackupManifest> | null
    const isComplete =
      manifest?.name === name &&
      Number.isSafeInteger(manifest.createdAt) &&
      Number.isSafeInteger(manifest.sizeBytes) &&
      typeof manifest.sha256 === 'string' &&
      Array.isArray(manifest.blobs)
    return isComplete ? (manifest as BackupManifest) : null
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
