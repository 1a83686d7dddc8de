import { join } from 'node:path'
import type { StoreState } from '../../contract/routes/store.ts'
import { asBackup, listBackups } from './backup-files.ts'
import { readHeader } from './header.ts'
import { StoreRefused, type Finding } from './health.ts'
import { createStoreHost, type Store, type StoreHostOptions } from './host.ts'
import { schemaVersion } from './migrations/index.ts'

/** A store as a start finds it: `store` is null while it is damaged or from the future. */
export interface StartedStore {
  state: StoreState
  store: Store | null
}

/**
 * Opens the store for writing; where the disk is full or the folder cannot be written, for reading. Damage and a future
 * version are a state, not an error: nothing was changed. Rejects with a `FailureError` for anything else.
 */
export async function startStore(options: Omit<StoreHostOptions, 'mode'>): Promise<StartedStore> {
  try {
    return { state: { kind: 'ready' }, store: await createStoreHost({ ...options, mode: 'read-write' }) }
  } catch (error) {
    if (!(error instanceof StoreRefused)) throw error
    const { finding } = error
    if (finding.kind !== 'read-only') return { state: refusedState(options.folder, finding), store: null }
    const store = await createStoreHost({ ...options, mode: 'read-only' })
    return { state: { kind: 'read-only', reason: finding.reason, unread: store.unread }, store }
  }
}

/**
 * Opens a damaged store, or one from the future, as far as it can be read; nothing is written. When nothing of it can be
 * read, `state` is `damaged` and `store` null. Rejects with a `FailureError` for anything else.
 */
export async function startStoreReadOnly(options: Omit<StoreHostOptions, 'mode'>): Promise<StartedStore> {
  try {
    const store = await createStoreHost({ ...options, mode: 'read-only' })
    const isFuture = readVersion(options.folder) > schemaVersion
    const reason = isFuture ? 'future-version' : 'chosen'
    return { state: { kind: 'read-only', reason, unread: store.unread }, store }
  } catch (error) {
    if (!(error instanceof StoreRefused) || error.finding.kind === 'read-only') throw error
    return { state: refusedState(options.folder, error.finding), store: null }
  }
}

function refusedState(folder: string, finding: Exclude<Finding, { kind: 'read-only' }>): StoreState {
  return finding.kind === 'future' ? finding : { ...finding, backups: listBackups(folder).map(asBackup) }
}

function readVersion(folder: string): number {
  try {
    return readHeader(join(folder, 'store.db')).userVersion
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
