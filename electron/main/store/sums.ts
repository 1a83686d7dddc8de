import type { Cost } from '../../contract/money.ts'
import { sql, type Database } from './database.ts'
import type { AttemptCost } from './ledger.ts'

/** Tables that only hold sums of the ledger. */
export const sumTables = ['conversation_spend', 'day_spend', 'conversation_day_spend'] as const

/** What an attempt adds to the sums, given where it stands. */
function share(cost: AttemptCost | undefined): Cost {
  if (!cost) return { nanoUsd: 0, computedNanoUsd: 0, unknownCount: 0, reservedNanoUsd: 0 }
  const isOpen = cost.kind === null || cost.source === 'unknown'
  if (isOpen)
    return {
      nanoUsd: 0,
      computedNanoUsd: 0,
      unknownCount: cost.source === 'unknown' ? 1 : 0,
      reservedNanoUsd: cost.reserved_nano_usd ?? 0,
    }
  const nanoUsd = cost.nano_usd ?? 0
  return { nanoUsd, computedNanoUsd: cost.source === 'computed' ? nanoUsd : 0, unknownCount: 0, reservedNanoUsd: 0 }
}

const keysOf = {
  conversation_spend: 'conversation_id',
  day_spend: 'day',
  conversation_day_spend: 'day, conversation_id',
}

/** Moves every running sum by what an entry changed. Must run in the transaction of the entry. */
export function moveSums(db: Database, before: AttemptCost | undefined, after: AttemptCost | undefined): void {
  if (!after) return
  const from = share(before)
  const to = share(after)
  const moved = {
    nano: to.nanoUsd - from.nanoUsd,
    computed: to.computedNanoUsd - from.computedNanoUsd,
    unknown: to.unknownCount - from.unknownCount,
    reserved: to.reservedNanoUsd - from.reservedNanoUsd,
    conversation_id: after.conversation_id,
    day: after.day,
  }
  for (const table of sumTables) {
    const keys = keysOf[table]
    const values = keys.replaceAll(/\w+/g, (name) => `@${name}`)
    sql(
      db,
      `INSERT INTO ${table} (${keys}, nano_usd, computed_nano_usd, unknown_count, reserved_nano_usd)
       VALUES (${values}, @nano, @computed, @unknown, @reserved)
       ON CONFLICT (${keys}) DO UPDATE SET
         nano_usd = nano_usd + excluded.nano_usd,
         computed_nano_usd = computed_nano_usd + excluded.computed_nano_usd,
         unknown_count = unknown_count + excluded.unknown_count,
         reserved_nano_usd = reserved_nano_usd + excluded.reserved_nano_usd`,
    ).run(moved)
  }
}

/** The sums of a table as they should be, computed from the rows of the ledger, by SQL alone. */
function sumsFromRows(table: (typeof sumTables)[number]): string {
  const keys = keysOf[table]
  const isOpen = `(kind IS NULL OR source = 'unknown')`
  return `SELECT ${keys}, sum(CASE WHEN ${isOpen} THEN 0 ELSE nano_usd END) AS nano_usd,
      sum(CASE WHEN source = 'computed' THEN nano_usd ELSE 0 END) AS computed_nano_usd,
      sum(CASE WHEN source = 'unknown' THEN 1 ELSE 0 END) AS unknown_count,
      sum(CASE WHEN ${isOpen} THEN coalesce(reserved_nano_usd, 0) ELSE 0 END) AS reserved_nano_usd
    FROM attempt_cost GROUP BY ${keys}`
}

/** Throws all running sums away and makes them again from the rows. Must run in a transaction. */
export function rebuildSums(db: Database): void {
  for (const table of sumTables) {
    sql(db, `DELETE FROM ${table}`).run()
    sql(
      db,
      `INSERT INTO ${table} (${keysOf[table]}, nano_usd, computed_nano_usd, unknown_count, reserved_nano_usd)
       ${sumsFromRows(table)}`,
    ).run()
  }
}

/** Whether each table of sums is the sum of its rows: the keys of those that are not. */
export function wrongSums(db: Database): { table: string; key: string }[] {
  return sumTables.flatMap((table) => {
    const key = keysOf[table].split(', ').join(` || ' ' || `)
    const columns = `${keysOf[table]}, nano_usd, computed_nano_usd, unknown_count, reserved_nano_usd`
    const text = `WITH truth AS (${sumsFromRows(table)})
      SELECT ${key} AS key FROM (SELECT ${columns} FROM truth EXCEPT SELECT ${columns} FROM ${table})
      UNION SELECT ${key} AS key FROM (SELECT ${columns} FROM ${table} EXCEPT SELECT ${columns} FROM truth)`
    return sql<[], { key: string }>(db, text)
      .all()
      .map((row) => ({ table, key: row.key }))
  })
}
