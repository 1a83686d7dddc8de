import { parentPort, workerData } from 'node:worker_threads'
import { fail } from '../../contract/errors.ts'
import type { Unread } from '../../contract/routes/store.ts'
import { maintenanceCalls, readerCalls, writerCalls } from './calls.ts'
import type { Database } from './database.ts'
import { storeFailure } from './failures.ts'
import { StoreRefused } from './health.ts'
import type { Keeper } from './keeper.ts'
import type { Migrated } from './migrate.ts'
import { openDatabase } from './open.ts'
import { freeBallast, openStore, openStoreReadOnly, takeBallast } from './opening.ts'
import type { CallList, FromWorker, ToWorker, WorkerStart } from './protocol.ts'
import { recoveryCalls } from './recovery.ts'

/** Calls that take longer are reported. Milliseconds. */
const slowMs = 20
/** When the start is over and the ballast may be written. Milliseconds. */
const ballastAfterMs = 2_000

const start = workerData as WorkerStart
const port = parentPort
if (!port) throw new Error('the store worker runs in a worker thread')
const lists: Record<CallList, Map<string, unknown>> = {
  writer: new Map(Object.entries(writerCalls)),
  reader: new Map(Object.entries(readerCalls)),
  maintenance: new Map(Object.entries(maintenanceCalls)),
  recovery: new Map(Object.entries(recoveryCalls)),
}
const post = (message: FromWorker) => port.postMessage(message)
const onTrouble = (what: string, error: unknown) => post({ kind: 'trouble', what, failure: storeFailure(error) })
let db: Database | null = null
let keeper: Keeper | null = null

port.on('message', (message: ToWorker) => {
  if (message.kind === 'open') open(message.storeId, message.at)
  else if (message.kind === 'call') answer(message)
  else close()
})

function open(storeId: string, at: number): void {
  let migrated: Migrated = { kind: 'current' }
  let isCheckDue = false
  let unread: Unread | null = null
  try {
    if (start.mode === 'read-only') {
      const opened = openStoreReadOnly({ file: start.file, storeId, at })
      ;({ db, unread } = opened)
    } else if (start.role === 'writer') {
      const opened = openStore({ file: start.file, storeId, at, now: Date.now, onTrouble })
      ;({ db, keeper, migrated, isCheckDue } = opened)
    } else if (start.role !== 'recovery') {
      db = openDatabase({ file: start.file, role: start.role, mode: 'read-write' })
      if (start.role === 'maintenance') setTimeout(prepareBallast, ballastAfterMs).unref()
    }
    post({ kind: 'opened', migrated, isCheckDue, unread })
  } catch (error) {
    const finding = error instanceof StoreRefused ? error.finding : null
    post({ kind: 'not-opened', failure: storeFailure(error), finding })
  }
}

function prepareBallast(): void {
  try {
    if (db) takeBallast(start.file)
  } catch (error) {
    onTrouble('ballast', error)
  }
}

function answer({ id, list, name, input }: Extract<ToWorker, { kind: 'call' }>): void {
  const startedAt = performance.now()
  try {
    const call = lists[list].get(name)
    if (!call) throw fail('internal', { detail: `no ${list} call named ${name}` })
    post({ kind: 'answer', id, ok: true, value: list === 'recovery' ? recover(call, input) : run(call, input) })
  } catch (error) {
    post({ kind: 'answer', id, ok: false, failure: storeFailure(error) })
  }
  const ms = performance.now() - startedAt
  if (ms > slowMs) post({ kind: 'slow', name, ms })
  keeper?.afterWrite()
}

/** Each call is one transaction, so that one which met a full disk left nothing and can be run again. */
function run(call: unknown, input: unknown): unknown {
  if (!db) throw fail('store.busy', { detail: 'the store is not open' })
  const body = call as (db: Database, input: unknown) => unknown
  try {
    return body(db, input)
  } catch (error) {
    if (start.role !== 'writer' || storeFailure(error).code !== 'store.full' || !freeBallast(start.file)) throw error
    post({ kind: 'full' })
    return body(db, input)
  }
}

function recover(call: unknown, input: unknown): unknown {
  return (call as (input: unknown) => unknown)(input)
}

function close(): void {
  try {
    if (keeper) keeper.close()
    else db?.close()
  } catch (error) {
    // What is committed stays in the -wal and is read at the next start.
    onTrouble('close', error)
  }
  db = null
  keeper = null
  post({ kind: 'closed' })
  port?.close()
}
