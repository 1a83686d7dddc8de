import { dirname } from 'node:path'
import type { Database } from './database.ts'
import { raiseGeneration, readFacts } from './facts.ts'
import { writeSidecar } from './sidecar.ts'

/** The log is written back when it is this long: about 4 MB, SQLite's own default. */
const framesBeforeCheckpoint = 1_000
const noteEveryMs = 30_000

/** Watches over the writer: checkpoints, and the sidecar that makes a lost -wal or an exchanged file noticeable. */
export interface Keeper {
  /** Commits a new generation and notes the store as it is. Throws what SQLite or the system says. */
  note(): void
  /** To be called after each call of the writer. */
  afterWrite(): void
  /** Notes the final state, checkpoints and closes the connection. */
  close(): void
}

export interface KeeperOptions {
  db: Database
  /** Milliseconds since 1970. */
  now: () => number
  /** No generation below this one is used. */
  generationFloor: number
  /** Something could not be noted or checkpointed: nothing is lost, it is tried again. */
  onTrouble: (what: string, error: unknown) => void
}

/**
 * The rule that makes a lost -wal certain: after each checkpoint, the first frames of the log hold a new generation that
 * `store.json` knows. SQLite's own checkpoints are off, so that none happens unseen.
 */
export function createKeeper({ db, now, generationFloor, onTrouble }: KeeperOptions): Keeper {
  const folder = dirname(db.name)
  const lengthOfLog = db.prepare<[], { log: number }>('PRAGMA wal_checkpoint(NOOP)')
  const changesSoFar = db.prepare<[], number>('SELECT total_changes()').pluck()
  const totalChanges = () => changesSoFar.get() ?? 0
  let floor = generationFloor
  let notedAt = Number.NEGATIVE_INFINITY
  let notedFrames = Number.POSITIVE_INFINITY
  let checkpointAt = framesBeforeCheckpoint
  let changes = totalChanges()

  function note(): void {
    const at = now()
    floor = raiseGeneration(db, { at, floor })
    writeSidecar(folder, { ...readFacts(db), cleanlyClosed: false, updatedAt: at })
    notedAt = performance.now()
  }

  function attempt<Value>(what: string, body: () => Value): Value | undefined {
    try {
      return body()
    } catch (error) {
      onTrouble(what, error)
      return undefined
    }
  }

  return {
    note,
    afterWrite() {
      const changesNow = totalChanges()
      if (changesNow === changes) return
      changes = changesNow
      const frames = lengthOfLog.get()?.log ?? 0
      const isLong = frames >= checkpointAt
      // A shorter log than before: it was written back and begun anew.
      const isFresh = frames < notedFrames
      const isDue = performance.now() - notedAt >= noteEveryMs
      if (!isLong && !isFresh && !isDue) return
      if (isLong) attempt('checkpoint', () => db.pragma('wal_checkpoint(PASSIVE)'))
      attempt('sidecar', () => note())
      changes = totalChanges()
      notedFrames = lengthOfLog.get()?.log ?? 0
      // A reader can hold the log open for a while: then the next attempt is a whole log later.
      checkpointAt =
        notedFrames < framesBeforeCheckpoint ? framesBeforeCheckpoint : notedFrames + framesBeforeCheckpoint
    },
    close() {
      if (notedAt > Number.NEGATIVE_INFINITY) attempt('sidecar', () => note())
      attempt('checkpoint', () => db.pragma('wal_checkpoint(TRUNCATE)'))
      const facts = attempt('sidecar', () => readFacts(db))
      db.close()
      if (facts) attempt('sidecar', () => writeSidecar(folder, { ...facts, cleanlyClosed: true, updatedAt: now() }))
    },
  }
}
