import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { backUp } from './backup.ts'
import { clearLeftovers } from './backup-files.ts'
import { createBallast } from './ballast.ts'
import type { Unread } from '../../contract/routes/store.ts'
import { checkStructure, repairIndex } from './checks.ts'
import type { Database } from './database.ts'
import { readFacts } from './facts.ts'
import { countGathered, gather, versionOf, type GatherInput, type Source } from './gather.ts'
import { inspectStore, StoreRefused, type Finding } from './health.ts'
import { openDamagedImage, readImage } from './image.ts'
import { createKeeper, type Keeper } from './keeper.ts'
import { migrate, type Migrated } from './migrate.ts'
import { schemaVersion } from './migrations/index.ts'
import { assertDurable, openDatabase } from './open.ts'
import { compareWithSidecar, readSidecar, type Sidecar } from './sidecar.ts'
import { recount } from './transfer.ts'

export interface OpenedStore {
  db: Database
  keeper: Keeper
  migrated: Migrated
  /** It was not closed cleanly and is too large to be checked before the start. */
  isCheckDue: boolean
}

export interface OpenStoreInput {
  file: string
  /** Of a store that is created now. */
  storeId: string
  /** Milliseconds since 1970. */
  at: number
  now: () => number
  onTrouble: (what: string, error: unknown) => void
}

/** After a crash a file up to this size is checked before the start (about 5 ms per MB), a larger one behind it. Bytes. */
const checkedAtOnceBytes = 4 * 1024 * 1024

/** Opens the store for writing: looks, compares with what was noted, migrates. Throws `StoreRefused`, or what SQLite says. */
export function openStore({ file, storeId, at, now, onTrouble }: OpenStoreInput): OpenedStore {
  const folder = dirname(file)
  const inspection = inspectStore(folder)
  if (inspection.kind !== 'new' && inspection.kind !== 'usable') throw new StoreRefused(inspection)
  const sidecar = inspection.kind === 'usable' ? inspection.sidecar : null
  const isSuspect = inspection.kind === 'usable' && !inspection.isClean
  const isSmall = existsSync(file) && statSync(file).size <= checkedAtOnceBytes
  const hadLog = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
  clearLeftovers(folder)
  const db = openDatabase({ file, role: 'writer', mode: 'read-write' })
  try {
    if (sidecar) compare(db, sidecar)
    if (isSuspect && isSmall) refuseUnsound(db)
    const migrated = migrate(db, { storeId, at, backUp: () => void backUp(db, { reason: 'before-migration', at }) })
    if (migrated.kind === 'future') throw new StoreRefused(migrated)
    if (migrated.kind === 'foreign') {
      throw damaged('foreign-database', `application id ${migrated.applicationId.toString(16)}`)
    }
    // A write that changes nothing: the durability of a connection can be read only after one.
    db.pragma(`user_version = ${db.pragma('user_version', { simple: true }) as number}`)
    assertDurable(db)
    // From here on the file itself says whose it is.
    if (migrated.kind !== 'current') db.pragma('wal_checkpoint(TRUNCATE)')
    const keeper = createKeeper({ db, now, generationFloor: sidecar?.generation ?? 0, onTrouble })
    if (!sidecar) keeper.note()
    return { db, keeper, migrated, isCheckDue: isSuspect && !isSmall }
  } catch (error) {
    const refusal = asRefusal(error)
    if (refusal instanceof StoreRefused && hadLog) closeUnchanged(db)
    else db.close()
    throw refusal
  }
}

/** A store open for reading only. */
export interface ReadOnlyStore {
  db: Database
  /** What of a damaged store could not be read; `null`: nothing is missing, as far as can be told. */
  unread: Unread | null
}

/**
 * Opens the store so that nothing is written, as far as it can be read; an absent one as an empty one in memory. A damaged
 * one is gathered into memory first, so that one bad page costs what is on it and not the conversations around it.
 * Throws `StoreRefused`, or what SQLite says.
 */
export function openStoreReadOnly({ file, storeId, at }: { file: string; storeId: string; at: number }): ReadOnlyStore {
  if (!existsSync(file) || statSync(file).size === 0) {
    const inspection = inspectStore(dirname(file))
    if (inspection.kind === 'damaged') throw new StoreRefused(inspection)
    const empty = new BetterSqlite3(':memory:')
    migrate(empty, { storeId, at })
    return { db: empty, unread: null }
  }
  try {
    const image = readImage(file)
    if (!image) return { db: openDatabase({ file, role: 'reader', mode: 'read-only' }), unread: null }
    const source = openDamagedImage(image)
    if (!source) throw damaged('not-a-database', 'nothing of store.db can be read')
    if (versionOf(source) > schemaVersion || checkStructure(source).isSound) return { db: source, unread: null }
    return gatherInMemory({ source, image }, { sidecar: readSidecar(dirname(file)), storeId, at })
  } catch (error) {
    throw asRefusal(error)
  }
}

function gatherInMemory(from: Source, input: Omit<GatherInput, 'from'>): ReadOnlyStore {
  const db = new BetterSqlite3(':memory:')
  try {
    const gathered = gather(db, { from, ...input })
    recount(db)
    repairIndex(db)
    const { conversations, messages } = countGathered(readFacts(db), gathered, { from, ...input })
    db.pragma('query_only = ON')
    const isWhole = conversations.lost + messages.lost === 0
    return { db, unread: isWhole ? null : { conversations: conversations.lost, messages: messages.lost } }
  } catch (error) {
    db.close()
    throw error
  } finally {
    from.source.close()
  }
}

/** Takes the ballast again, where there is room. For the quiet moment after the start. */
export function takeBallast(file: string): void {
  createBallast(dirname(file)).restore()
}

/** Gives the ballast back after "disk full"; says whether there was any. */
export function freeBallast(file: string): boolean {
  return createBallast(dirname(file)).free()
}

/** The last connection to close writes the log back. Here that is one that cannot write. */
function closeUnchanged(db: Database): void {
  let other: Database | null = null
  try {
    other = new BetterSqlite3(db.name, { readonly: true })
    other.exec('BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1')
  } catch (error) {
    // Too damaged to be read at all: then there is no log that SQLite would write back.
    if (!(error instanceof BetterSqlite3.SqliteError)) throw error
  }
  db.close()
  other?.close()
}

function compare(db: Database, sidecar: Sidecar): void {
  const version = db.pragma('user_version', { simple: true }) as number
  if (version === 0) throw damaged('missing-wal', 'the database has no schema')
  const difference = compareWithSidecar(readFacts(db), sidecar)
  if (difference) throw damaged(difference.damage, difference.detail)
}

function refuseUnsound(db: Database): void {
  const structure = checkStructure(db)
  if (!structure.isSound) throw damaged('bad-pages', structure.problems[0] ?? '')
}

function damaged(damage: Extract<Finding, { kind: 'damaged' }>['damage'], detail: string): StoreRefused {
  return new StoreRefused({ kind: 'damaged', damage, detail })
}

function asRefusal(error: unknown): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return error
  const detail = `${error.message} (${error.code})`
  if (error.code.startsWith('SQLITE_CORRUPT')) return damaged('bad-pages', detail)
  if (error.code.startsWith('SQLITE_NOTADB')) return damaged('not-a-database', detail)
  if (error.code.startsWith('SQLITE_FULL')) return new StoreRefused({ kind: 'read-only', reason: 'disk-full', detail })
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)/.test(error.code)) {
    return new StoreRefused({ kind: 'read-only', reason: 'not-writable', detail })
  }
  return error
}
