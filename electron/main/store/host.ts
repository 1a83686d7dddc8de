import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fail, FailureError, type Failure } from '../../contract/errors.ts'
import type { Unread } from '../../contract/routes/store.ts'
import type { CallInput, maintenanceCalls, Proxied, readerCalls, StoreCalls, writerCalls } from './calls.ts'
import { createConnection, type Connection } from './connection.ts'
import type { Migrated } from './migrate.ts'
import type { Role } from './open.ts'

export interface StoreHostOptions {
  /** The profile folder; the database is `store.db` in it. */
  folder: string
  /** The built `store-worker.js`, or `store.worker.ts` itself. */
  workerUrl: URL
  /** `read-only` writes nothing anywhere: the store is read into memory, and one thread answers. */
  mode: 'read-write' | 'read-only'
  /** A call took longer than 20 ms in its thread. */
  onSlow: (call: { role: Role; name: string; ms: number }) => void
  /** A thread ended by itself: its calls fail from now on. It is not restarted: what it had promised is unknown. */
  onDied: (death: { role: Role; failure: Failure }) => void
  /** The disk was full; the ballast was given back and the call run again. Running replies should end now. */
  onFull?: () => void
  /** A checkpoint, the sidecar or the ballast failed; nothing is lost and it is tried again. */
  onTrouble?: (trouble: { role: Role; what: string; failure: Failure }) => void
  /** The check after a crash, made behind the start, found damaged pages. */
  onDamage?: (detail: string) => void
  /** Milliseconds since 1970. */
  now?: () => number
  newId?: () => string
}

/** The open store, from the main thread. Calls reject with a `FailureError`. */
export interface Store {
  write: Proxied<typeof writerCalls>
  read: Proxied<typeof readerCalls>
  maintain: Proxied<typeof maintenanceCalls>
  /** A maintenance call that replaces a queued one of the same key; the one replaced rejects with `store.busy`. */
  maintainLatest<Name extends keyof typeof maintenanceCalls>(
    key: string,
    name: Name,
    ...input: CallInput<(typeof maintenanceCalls)[Name]>
  ): Promise<ReturnType<(typeof maintenanceCalls)[Name]>>
  /** What opening did to the schema. */
  migrated: Migrated
  /** What of a damaged store could not be read; only where it was opened to be read. */
  unread: Unread | null
  /** Answers what is queued and closes: reader first, the writer last, so that no -wal or -shm stays. May be called twice. */
  close(): Promise<void>
}

/**
 * Opens the store in its threads. Rejects with `StoreRefused` (a `FailureError` that holds the finding: damaged, future,
 * read-only) or another `FailureError`, and leaves no thread behind.
 */
export async function createStoreHost(options: StoreHostOptions): Promise<Store> {
  const { mode, now = Date.now, newId = randomUUID } = options
  const opening = { storeId: newId(), at: now() }
  return mode === 'read-only' ? openForReading(options, opening) : openForWriting(options, opening)
}

interface Opening {
  storeId: string
  at: number
}

async function openForWriting(options: StoreHostOptions, opening: Opening): Promise<Store> {
  // All threads start at once; the reader and maintenance open only what the writer has made ready.
  const writer = connect(options, 'writer')
  const reader = connect(options, 'reader')
  const maintenance = connect(options, 'maintenance')
  const close = async () => {
    await Promise.all([reader.close(), maintenance.close()])
    await writer.close()
  }
  try {
    const { migrated, isCheckDue } = await writer.open(opening)
    await Promise.all([reader.open(opening), maintenance.open(opening)])
    const store = assemble({ writer, reader, maintenance, migrated, unread: null, close })
    if (isCheckDue) void checkBehind(store, options)
    return store
  } catch (error) {
    await close()
    throw error
  }
}

async function openForReading(options: StoreHostOptions, opening: Opening): Promise<Store> {
  const reader = connect(options, 'reader')
  const refusing: Pick<Connection, 'call'> = {
    call: () => Promise.reject(fail('store.read-only', { detail: 'the store was opened to be read only' })),
  }
  try {
    const { migrated, unread } = await reader.open(opening)
    return assemble({ writer: refusing, reader, maintenance: reader, migrated, unread, close: () => reader.close() })
  } catch (error) {
    await reader.close()
    throw error
  }
}

function connect(
  { folder, workerUrl, mode, onSlow, onDied, onFull, onTrouble }: StoreHostOptions,
  role: Role,
): Connection {
  return createConnection({
    workerUrl,
    start: { role, file: join(folder, 'store.db'), mode },
    onSlow: (call) => onSlow({ role, ...call }),
    onDied: (failure) => onDied({ role, failure }),
    onFull: () => onFull?.(),
    onTrouble: ({ what, failure }) => onTrouble?.({ role, what, failure }),
  })
}

interface Parts {
  writer: Pick<Connection, 'call'>
  reader: Pick<Connection, 'call'>
  maintenance: Pick<Connection, 'call'>
  migrated: Migrated
  unread: Unread | null
  close: () => Promise<void>
}

function assemble({ writer, reader, maintenance, migrated, unread, close }: Parts): Store {
  return {
    write: proxy<typeof writerCalls>(writer, 'writer'),
    read: proxy<typeof readerCalls>(reader, 'reader'),
    maintain: proxy<typeof maintenanceCalls>(maintenance, 'maintenance'),
    maintainLatest: ((key: string, name: string, input: unknown) =>
      maintenance.call('maintenance', name, input, { supersedes: key })) as Store['maintainLatest'],
    migrated,
    unread,
    close,
  }
}

async function checkBehind(store: Store, { onDamage }: StoreHostOptions): Promise<void> {
  try {
    const { isSound, problems } = await store.maintain.checkStructure()
    if (!isSound) onDamage?.(problems[0] ?? '')
  } catch (error) {
    // Closed meanwhile, or its thread died, which `onDied` tells.
    if (!(error instanceof FailureError)) throw error
  }
}

function proxy<Calls extends StoreCalls>(connection: Pick<Connection, 'call'>, list: Role): Proxied<Calls> {
  return new Proxy(Object.create(null) as object, {
    get: (_target, name) =>
      // A proxy that is awaited by mistake must not look like a promise.
      typeof name === 'symbol' || name === 'then' ? undefined : (input: unknown) => connection.call(list, name, input),
  }) as Proxied<Calls>
}
