import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FailureError, type Failure } from '../../contract/errors.ts'
import type { Damage } from '../../contract/routes/store.ts'
import { freeBytes, writeRefusal, type FreeBytes } from './free-space.ts'
import { readHeader, type DatabaseHeader } from './header.ts'
import { applicationId, schemaVersion } from './migrations/index.ts'
import { readSidecar, type Sidecar } from './sidecar.ts'

/** What keeps a store from being opened for writing. */
export type Finding =
  | { kind: 'damaged'; damage: Damage; detail: string }
  | { kind: 'future'; version: number; supported: number }
  | { kind: 'read-only'; reason: 'not-writable' | 'disk-full'; detail: string }

/** A store that is not opened for writing, and why. Nothing was changed. */
export class StoreRefused extends FailureError {
  readonly finding: Finding

  constructor(finding: Finding) {
    super(refusalFailure(finding))
    this.name = 'StoreRefused'
    this.finding = finding
  }
}

export type Inspection = { kind: 'new' } | { kind: 'usable'; sidecar: Sidecar | null; isClean: boolean } | Finding

/** Below this a start is read-only. Bytes. */
const leastFreeBytes = 1024 * 1024
/** What is written to see whether writing works: a little more than the -shm. Bytes. */
const probeBytes = 64 * 1024
/** What SQLite writes first into a new file. Bytes. */
const firstPageBytes = 4096

/**
 * Looks at a profile without opening its database: a few stats, 100 bytes, one small file written and removed. Damage that
 * shows only inside (a page, a lost -wal, another store's file) is found on opening.
 */
export function inspectStore(folder: string, { free = freeBytes }: { free?: FreeBytes } = {}): Inspection {
  const file = join(folder, 'store.db')
  const sidecar = existsSync(folder) ? readSidecar(folder) : null
  const isKnown = sidecar !== null || hasBackups(folder)
  if (!existsSync(file)) {
    if (isKnown) return damaged('missing', 'store.db is not there')
    return findRefusal(folder, null, free) ?? { kind: 'new' }
  }
  const size = statSync(file).size
  const walBytes = existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0
  if (size === 0) {
    // A first start that was killed in its first moment leaves this too, but then nothing was ever noted.
    if (isKnown) return damaged('zero-length', 'store.db has no content')
    return findRefusal(folder, file, free) ?? { kind: 'new' }
  }
  const header = readHeader(file)
  if (!isKnown && walBytes === 0 && size <= firstPageBytes && isUnbegun(file, { size, header })) {
    return findRefusal(folder, file, free) ?? { kind: 'new' }
  }
  if (!header.isDatabase) return damaged('not-a-database', 'the header of store.db is not one of a database')
  // The header of a store that was never checkpointed is still in the log.
  const isHeaderFinal = walBytes === 0
  if (sidecar && isHeaderFinal && header.applicationId === 0 && header.userVersion === 0) {
    return damaged('missing-wal', 'store.db has no schema yet, though it was in use')
  }
  if (header.applicationId !== applicationId && (isHeaderFinal || header.applicationId !== 0)) {
    return damaged('foreign-database', `application id ${header.applicationId.toString(16)}`)
  }
  if (header.userVersion > schemaVersion) {
    return { kind: 'future', version: header.userVersion, supported: schemaVersion }
  }
  const expected = header.pageCount * header.pageSize
  if (isHeaderFinal && size < expected) return damaged('bad-pages', `store.db has ${size} of ${expected} bytes`)
  const refusal = findRefusal(folder, file, free)
  if (refusal) return refusal
  return { kind: 'usable', sidecar, isClean: sidecar?.cleanlyClosed === true && walBytes === 0 }
}

/**
 * What a first start leaves that ended before its schema was in the log: the one page of an empty database, or a page that
 * came to the disk only in part, with the journal beside it by which SQLite takes it back.
 */
function isUnbegun(file: string, { size, header }: { size: number; header: DatabaseHeader }): boolean {
  if (header.applicationId !== 0 || header.userVersion !== 0) return false
  const hasJournal = (statSync(`${file}-journal`, { throwIfNoEntry: false })?.size ?? 0) > 0
  return hasJournal || (header.isDatabase && header.pageCount === 1 && size === firstPageBytes)
}

const damaged = (damage: Damage, detail: string): Finding => ({ kind: 'damaged', damage, detail })

function findRefusal(folder: string, file: string | null, free: FreeBytes): Finding | null {
  const probe = join(folder, `probe-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (file) closeSync(openSync(file, 'r+'))
    writeFileSync(probe, Buffer.alloc(probeBytes, 0x55), { mode: 0o600 })
    rmSync(probe)
  } catch (error) {
    const reason = writeRefusal(error)
    if (!reason) throw error
    if (reason === 'disk-full') rmSync(probe, { force: true })
    return { kind: 'read-only', reason, detail: (error as Error).message }
  }
  const left = free(folder)
  return left < leastFreeBytes ? { kind: 'read-only', reason: 'disk-full', detail: `${left} bytes are free` } : null
}

function hasBackups(folder: string): boolean {
  const backups = join(folder, 'backups')
  return existsSync(backups) && readdirSync(backups).some((name) => name.endsWith('.db'))
}

/** `value` is the kind of damage, the future version, or the reason. */
function refusalFailure(finding: Finding): Failure {
  const nothing = { text: 'none', money: 'none' } as const
  if (finding.kind === 'damaged')
    return { code: 'store.damaged', ...nothing, value: finding.damage, detail: finding.detail }
  if (finding.kind === 'future') {
    return { code: 'store.future', ...nothing, value: String(finding.version), range: String(finding.supported) }
  }
  const code = finding.reason === 'disk-full' ? 'store.full' : 'store.read-only'
  return { code, ...nothing, value: finding.reason, detail: finding.detail }
}
