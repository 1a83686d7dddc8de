import type { Salvage } from '../../contract/routes/store.ts'
import type { Database } from './database.ts'
import type { StoreFacts } from './facts.ts'
import { migrate } from './migrate.ts'
import { migrations, schemaVersion } from './migrations/index.ts'
import { countDamaged, isDamage } from './salvage-read.ts'
import type { Sidecar } from './sidecar.ts'
import { tablesInOrder, transfer, type TransferErrors } from './transfer.ts'

/** A store for reading, as far as it goes. */
export interface Source {
  source: Database
  /** Its bytes, for rows that no tree leads to any more; null when it is too large for that. */
  image: Buffer | null
}

export interface GatherInput {
  /** `null`: nothing can be read. */
  from: Source | null
  /** What was noted beside the store. */
  sidecar: Sidecar | null
  /** Used where neither the store nor the note says whose it is. */
  storeId: string
  at: number
}

/** How it went, for counting what was lost. */
export interface Gathered {
  errors: TransferErrors
  /** Messages of which only the frame was read: what was said in them is lost, and so are they. */
  emptied: number
}

/** Reads everything that can be read into an empty database, at the schema of this build. What is derived is not counted anew. */
export function gather(db: Database, { from, sidecar, storeId, at }: GatherInput): Gathered {
  const errors: TransferErrors = new Map()
  const version = from ? versionOf(from.source) : schemaVersion
  // At its own schema first: rows go where they came from, then the migrations do what they always do.
  const id = (from && readStoreId(from.source)) ?? sidecar?.storeId ?? storeId
  migrate(db, { storeId: id, at, steps: migrations.slice(0, Math.max(1, version)) })
  if (from)
    for (const [table, had] of transfer({ ...from, target: db, tables: tablesInOrder(db), at })) errors.set(table, had)
  migrate(db, { storeId: id, at })
  return { errors, emptied: countEmptied(db) }
}

/** What was read and what was lost, against what was noted and what the damaged store itself still counts. */
export function countGathered(
  facts: StoreFacts,
  { errors, emptied }: Gathered,
  { from, sidecar }: Pick<GatherInput, 'from' | 'sidecar'>,
): Omit<Salvage, 'movedTo'> {
  const count = (table: string, read: number, noted: number | undefined) => {
    const known = from ? countDamaged(from.source, table) : 0
    const isTold = errors.get(table) !== false || (sidecar?.tombstoneCount ?? 0) >= facts.tombstoneCount
    return { read, lost: Math.max(0, Math.max(known, isTold ? (noted ?? 0) : 0) - read) }
  }
  return {
    conversations: count('conversation', facts.conversationCount, sidecar?.conversationCount),
    messages: count('message', facts.messageCount - emptied, sidecar?.messageCount),
    ledgerEntries: count('ledger_entry', facts.ledgerCount, sidecar?.ledgerCount),
  }
}

/** The version of the schema of a store that is read. */
export const versionOf = (source: Database): number => source.pragma('user_version', { simple: true }) as number

function countEmptied(db: Database): number {
  const text = `SELECT count(*) FROM message m WHERE (m.role = 'user' OR m.status = 'complete') AND NOT EXISTS
    (SELECT 1 FROM message_revision r JOIN message_part p ON p.revision_id = r.id WHERE r.message_id = m.id)`
  return db.prepare<[], number>(text).pluck().get() ?? 0
}

function readStoreId(source: Database): string | null {
  try {
    return source.prepare<[], string>('SELECT id FROM store').pluck().get() ?? null
  } catch (error) {
    if (isDamage(error)) return null
    throw error
  }
}
