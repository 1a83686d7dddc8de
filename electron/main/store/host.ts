import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { FailureError, type Failure } from '../../contract/errors.ts'
import type { CallInput, maintenanceCalls, Proxied, readerCalls, StoreCalls, writerCalls } from './calls.ts'
import { createConnection, type Connection } from './connection.ts'
import type { Migrated } from './migrate.ts'
import type { Role } from './open.ts'

export interface StoreHostOptions {
  /** The profile folder; the database is `store.db` in it. */
  folder: string
  /** The built `store-worker.js`, or `store.worker.ts` itself. */
  workerUrl: URL
  mode: 'read-write' | 'read-only'
  /** A call took longer than 20 ms in its thread. */
  onSlow: (call: { role: Role; name: string; ms: number }) => void
  /** A thread ended by itself: its calls fail from now on. It is not restarted: what it had promised is unknown. */
  onDied: (death: { role: Role; failure: Failure }) => void
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
  /** Answers what is queued and closes: reader first, the writer last, so that no -wal or -shm stays. */
  close(): Promise<void>
}

/** Opens the store in three threads. Rejects with a `FailureError` (`store.future`, `store.damaged`, …) and leaves no thread behind. */
export async function createStoreHost(options: StoreHostOptions): Promise<Store> {
  const { folder, workerUrl, mode, onSlow, onDied, now = Date.now, newId = randomUUID } = options
  const file = join(folder, 'store.db')
  const connect = (role: Role) =>
    createConnection({
      workerUrl,
      start: { role, file, mode },
      onSlow: (call) => onSlow({ role, ...call }),
      onDied: (failure) => onDied({ role, failure }),
    })
  // All threads start at once; the reader opens only what the writer has made ready.
  const [writer, reader, maintenance] = [connect('writer'), connect('reader'), connect('maintenance')]
  const close = async () => {
    await reader.close()
    await maintenance.close()
    await writer.close()
  }
  try {
    const opening = { storeId: newId(), at: now() }
    const migrated = await writer.open(opening)
    await Promise.all([reader.open(opening), maintenance.open(opening)])
    return {
      write: proxy<typeof writerCalls>(writer),
      read: proxy<typeof readerCalls>(reader),
      maintain: proxy<typeof maintenanceCalls>(maintenance),
      maintainLatest: ((key: string, name: string, input: unknown) =>
        maintenance.call(name, input, { supersedes: key })) as Store['maintainLatest'],
      migrated,
      close,
    }
  } catch (error) {
    await close()
    throw error instanceof FailureError ? error : new Error('the store did not open', { cause: error })
  }
}

function proxy<Calls extends StoreCalls>(connection: Connection): Proxied<Calls> {
  return new Proxy(Object.create(null) as object, {
    get: (_target, name) =>
      // A proxy that is awaited by mistake must not look like a promise.
      typeof name === 'symbol' || name === 'then' ? undefined : (input: unknown) => connection.call(name, input),
  }) as Proxied<Calls>
}
