import { parentPort, workerData } from 'node:worker_threads'
import { fail } from '../../contract/errors.ts'
import { maintenanceCalls, readerCalls, writerCalls, type StoreCalls } from './calls.ts'
import type { Database } from './database.ts'
import { storeFailure } from './failures.ts'
import { migrate, type Migrated } from './migrate.ts'
import { assertDurable, openDatabase } from './open.ts'
import type { FromWorker, ToWorker, WorkerStart } from './protocol.ts'

/** Calls that take longer are reported. Milliseconds. */
const slowMs = 20

const registries: Record<WorkerStart['role'], StoreCalls> = {
  writer: writerCalls,
  reader: readerCalls,
  maintenance: maintenanceCalls,
}

const start = workerData as WorkerStart
const port = parentPort
if (!port) throw new Error('the store worker runs in a worker thread')
const calls = new Map(Object.entries(registries[start.role]))
const post = (message: FromWorker) => port.postMessage(message)
let db: Database | null = null

port.on('message', (message: ToWorker) => {
  if (message.kind === 'open') open(message.storeId, message.at)
  else if (message.kind === 'call') answer(message.id, message.name, message.input)
  else close()
})

function open(storeId: string, at: number): void {
  try {
    db = openDatabase(start)
    post({ kind: 'opened', migrated: prepare(db, storeId, at) })
  } catch (error) {
    db?.close()
    db = null
    post({ kind: 'not-opened', failure: storeFailure(error) })
  }
}

function prepare(connection: Database, storeId: string, at: number): Migrated {
  if (start.role !== 'writer' || start.mode === 'read-only') return { kind: 'current' }
  const migrated = migrate(connection, { storeId, at })
  if (migrated.kind === 'future')
    throw fail('store.future', { value: String(migrated.version), range: String(migrated.supported) })
  if (migrated.kind === 'foreign') throw fail('store.damaged', { detail: 'not a Parley store' })
  // A write that changes nothing: the durability of a connection can be read only after one.
  connection.pragma(`user_version = ${connection.pragma('user_version', { simple: true }) as number}`)
  assertDurable(connection)
  return migrated
}

function answer(id: number, name: string, input: unknown): void {
  const startedAt = performance.now()
  try {
    const call = calls.get(name)
    if (!call) throw fail('internal', { detail: `no ${start.role} call named ${name}` })
    if (!db) throw fail('store.busy', { detail: 'the store is not open' })
    post({ kind: 'answer', id, ok: true, value: call(db, input as never) })
  } catch (error) {
    post({ kind: 'answer', id, ok: false, failure: storeFailure(error) })
  }
  const ms = performance.now() - startedAt
  if (ms > slowMs) post({ kind: 'slow', name, ms })
}

function close(): void {
  try {
    if (db && start.role === 'writer' && start.mode === 'read-write') db.pragma('wal_checkpoint(TRUNCATE)')
  } catch (error) {
    // The frames stay in the -wal and are read at the next start.
    post({ kind: 'slow', name: `checkpoint failed: ${storeFailure(error).detail ?? ''}`, ms: 0 })
  }
  db?.close()
  db = null
  post({ kind: 'closed' })
  port?.close()
}
