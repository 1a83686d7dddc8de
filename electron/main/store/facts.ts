import { sql, type Database } from './database.ts'

/** What a store says about itself; kept beside it too, so that a loss is noticed. */
export interface StoreFacts {
  storeId: string
  schemaVersion: number
  conversationCount: number
  messageCount: number
  ledgerCount: number
  /** The hash of the newest entry in the chain of this store id; null before the first. */
  ledgerHead: string | null
  /** Rises whenever rows are deleted for good. */
  tombstoneCount: number
  /** Rises with `raiseGeneration`: a file with a lower one than was noted is missing commits. */
  generation: number
}

const generationKey = 'store.generation'

/** Counts and heads. Linear in the number of rows (an index scan): about 10 ms per million. Throws what SQLite says. */
export function readFacts(db: Database): StoreFacts {
  const count = (table: string) =>
    (sql<[], { n: number }>(db, `SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n
  const storeId = sql<[], { id: string }>(db, 'SELECT id FROM store').get()?.id ?? ''
  const head = sql<[string], { hash: string }>(
    db,
    'SELECT hash FROM ledger_entry WHERE store_id = ? ORDER BY seq DESC LIMIT 1',
  )
  return {
    storeId,
    schemaVersion: db.pragma('user_version', { simple: true }) as number,
    conversationCount: count('conversation'),
    messageCount: count('message'),
    ledgerCount: count('ledger_entry'),
    ledgerHead: head.get(storeId)?.hash ?? null,
    tombstoneCount: count('tombstone'),
    generation: readGeneration(db),
  }
}

/** The generation of the file as it is. */
function readGeneration(db: Database): number {
  const row = sql<[string], { value: string }>(db, 'SELECT value FROM setting WHERE key = ?').get(generationKey)
  const value: unknown = row ? JSON.parse(row.value) : 0
  return typeof value === 'number' ? value : 0
}

/** Commits a generation above the present one and above `floor`; returns it. */
export function raiseGeneration(db: Database, { at, floor = 0 }: { at: number; floor?: number }): number {
  const generation = Math.max(readGeneration(db), floor) + 1
  sql(
    db,
    `INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
  ).run(generationKey, JSON.stringify(generation), at)
  return generation
}
