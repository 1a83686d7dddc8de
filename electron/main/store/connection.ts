import { Worker } from 'node:worker_threads'
import { fail, FailureError, type Failure } from '../../contract/errors.ts'
import { StoreRefused } from './health.ts'
import type { CallList, FromWorker, ToWorker, WorkerStart } from './protocol.ts'

export interface ConnectionOptions {
  workerUrl: URL
  start: WorkerStart
  onSlow: (call: { name: string; ms: number }) => void
  /** The disk was full; the ballast is spent. */
  onFull: () => void
  /** Something beside the data failed; it is tried again. */
  onTrouble: (trouble: { what: string; failure: Failure }) => void
  /** The thread ended without being asked to. Everything outstanding has been rejected. */
  onDied: (failure: Failure) => void
}

/** What opening did. */
export type Opened = Pick<Extract<FromWorker, { kind: 'opened' }>, 'migrated' | 'isCheckDue' | 'unread'>

/** How a call waits: with `supersedes`, a queued call of the same key is dropped and rejects with `store.busy`. */
export interface CallOptions {
  supersedes?: string
}

/** One connection of the store in its own thread. */
export interface Connection {
  /** Rejects with `StoreRefused` when looking at it was enough, else with a `FailureError`. */
  open(input: { storeId: string; at: number }): Promise<Opened>
  /** Rejects with a `FailureError`. */
  call(list: CallList, name: string, input: unknown, options?: CallOptions): Promise<unknown>
  /** Answers what is queued, closes the connection and ends the thread. */
  close(): Promise<void>
}

interface Waiting {
  list: CallList
  name: string
  input: unknown
  supersedes: string | undefined
  resolve: (value: unknown) => void
  reject: (error: Error) => void
}

/** Starts the thread; the database is opened by `open`. Calls are sent one at a time, so that queued ones can be dropped. */
export function createConnection(options: ConnectionOptions): Connection {
  const { workerUrl, start, onSlow, onFull, onTrouble, onDied } = options
  const thread = new Worker(workerUrl, { workerData: start, name: `store ${start.role}` })
  const queue: Waiting[] = []
  const running = new Map<number, Waiting>()
  let nextId = 1
  let dead: Failure | null = null
  let isClosing = false
  const opening = Promise.withResolvers<Opened>()
  const closed = Promise.withResolvers<void>()
  opening.promise.catch(() => undefined)
  /** A pipeline hides the hop; maintenance keeps its queue here because only what was not sent can be dropped. */
  const width = start.role === 'maintenance' ? 1 : Number.POSITIVE_INFINITY

  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread, not a window
  const post = (message: ToWorker) => thread.postMessage(message)

  function pump(): void {
    while (queue.length > 0 && running.size < width) {
      const next = queue.shift()
      if (!next) return
      const id = nextId++
      try {
        post({ kind: 'call', id, list: next.list, name: next.name, input: next.input })
        running.set(id, next)
      } catch (error) {
        next.reject(
          fail('internal', { detail: `${next.name}: ${error instanceof Error ? error.message : String(error)}` }),
        )
      }
    }
    if (isClosing && queue.length === 0 && running.size === 0) post({ kind: 'close' })
  }

  function die(detail: string): void {
    if (dead) return
    const failure: Failure = {
      code: 'internal',
      text: 'none',
      money: 'none',
      detail: `store ${start.role} ended: ${detail}`,
    }
    dead = failure
    opening.reject(new FailureError(failure))
    for (const waiting of [...running.values(), ...queue.splice(0)]) waiting.reject(new FailureError(failure))
    running.clear()
    closed.resolve()
    onDied(failure)
  }

  thread.on('message', (message: FromWorker) => {
    if (message.kind === 'opened') opening.resolve(message)
    else if (message.kind === 'not-opened') {
      opening.reject(message.finding ? new StoreRefused(message.finding) : new FailureError(message.failure))
    } else if (message.kind === 'full') onFull()
    else if (message.kind === 'trouble') onTrouble(message)
    else if (message.kind === 'slow') onSlow({ name: message.name, ms: message.ms })
    else if (message.kind === 'answer') {
      const waiting = running.get(message.id)
      running.delete(message.id)
      if (message.ok) waiting?.resolve(message.value)
      else waiting?.reject(new FailureError(message.failure))
      pump()
    }
  })
  thread.on('error', (error) => die(error instanceof Error ? error.message : String(error)))
  thread.on('exit', (code) => {
    if (isClosing && running.size === 0 && queue.length === 0) closed.resolve()
    else die(`exit code ${code}`)
  })

  return {
    open(input) {
      post({ kind: 'open', ...input })
      return opening.promise
    },
    call(list, name, input, { supersedes } = {}) {
      if (dead) return Promise.reject(new FailureError(dead))
      if (isClosing) return Promise.reject(fail('store.busy', { detail: 'the store is closing' }))
      if (supersedes !== undefined) dropQueued(queue, supersedes)
      return new Promise((resolve, reject) => {
        queue.push({ list, name, input, supersedes, resolve, reject })
        pump()
      })
    },
    close() {
      if (!isClosing && !dead) {
        isClosing = true
        pump()
      }
      return closed.promise
    },
  }
}

function dropQueued(queue: Waiting[], key: string): void {
  for (let index = queue.length - 1; index >= 0; index--) {
    if (queue[index]?.supersedes !== key) continue
    const [dropped] = queue.splice(index, 1)
    dropped?.reject(fail('store.busy', { detail: 'superseded by a newer call' }))
  }
}
