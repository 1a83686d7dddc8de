import BetterSqlite3 from 'better-sqlite3'
import { checkStructure } from './checks.ts'
import { sql, transact, type Database } from './database.ts'
import { isDamage, openDamagedTable, type Row, type Value } from './salvage-read.ts'
import { createRules, insert } from './salvage-rules.ts'
import { rebuildSums, sumTables } from './sums.ts'

/** What is taken over from one store into another, and how. */
export interface TransferInput {
  source: Database
  /** The bytes of the source, for rows that no tree leads to; null when it is too large for that. */
  image: Buffer | null
  target: Database
  /** In the order in which they are filled: parents first. */
  tables: readonly string[]
  /** Columns that the target numbers itself. */
  renumbered?: readonly string[]
  /** Milliseconds since 1970. */
  at: number
}

/** By table: whether a page of it could not be read. */
export type TransferErrors = Map<string, boolean>

/**
 * Copies every row that can be read and that the target does not have. Rows are copied as they are: ids, hashes and the
 * links of the ledger's chain stay, so that the chain can be verified as far as it was saved. Runs in one transaction.
 */
export function transfer({ source, image, target, tables, renumbered = [], at }: TransferInput): TransferErrors {
  const errors: TransferErrors = new Map()
  const isSuspect = !isStructureSound(source)
  const rules = createRules(target, at)
  const leaves = new Map<Value, Value>()

  /** Makes up for parents that are not there, then inserts. Says whether the row is in. */
  function put(table: string, original: Row, parents: readonly Parent[]): boolean {
    let row: Row = original
    for (const { column, table: parentTable, key } of parents) {
      const value: Value = row[column] ?? null
      if (value === null || exists(target, parentTable, key, value)) continue
      if (table === 'conversation' && column === 'leaf_id') {
        leaves.set(row['id'] ?? null, value)
        row = { ...row, leaf_id: null }
        continue
      }
      const standIn = rules.standIn(parentTable, value, row)
      if (standIn && tryInsert(target, parentTable, standIn)) continue
      const without = rules.without(table, column, row)
      if (!without) return false
      row = without
    }
    return tryInsert(target, table, row)
  }

  /** A row that does not get in takes its stand-ins out with it. */
  function take(table: string, row: Row, parents: readonly Parent[]): void {
    const isWhole = parents.every(({ column, table: parentTable, key }) => {
      const value = row[column] ?? null
      return value === null || exists(target, parentTable, key, value)
    })
    if (isWhole) {
      tryInsert(target, table, row)
      return
    }
    target.exec('SAVEPOINT one_row')
    const isIn = put(table, row, parents)
    target.exec(isIn ? 'RELEASE one_row' : 'ROLLBACK TO one_row; RELEASE one_row')
  }

  const isOrphan = (table: string, row: Row, parents: readonly Parent[]) =>
    parents.some(({ column, table: parentTable, key }) => {
      const value = row[column] ?? null
      return parentTable === table && value !== null && !exists(target, table, key, value)
    })

  transact(target, () => {
    for (const name of tables) {
      // A row whose parent in the same table may still be found waits for it.
      const waiting: Row[] = []
      const columns = columnsOf(target, name).filter((column) => !renumbered.includes(column))
      const parents = parentsOf(target, name)
      try {
        const table = openDamagedTable(source, { name, wanted: columns, image, isSuspect })
        if (table.columns.length === 0) continue
        const takeOrWait = (row: Row) =>
          isOrphan(name, row, parents) ? void waiting.push(row) : take(name, row, parents)
        for (const row of table.rows()) takeOrWait(row)
        for (const row of table.strayRows()) takeOrWait(row)
        for (const partial of table.indexedRows()) {
          const { seq, ...rest } = partial
          const row = rules.complete(
            name,
            renumbered.includes('seq') ? rest : { ...rest, ...(seq === undefined ? {} : { seq }) },
          )
          if (row) takeOrWait(row)
        }
        errors.set(name, table.hadErrors())
      } catch (error) {
        if (!isDamage(error)) throw error
        errors.set(name, true)
      }
      for (const row of waiting.toSorted(bySeq)) take(name, row, parents)
    }
    for (const [id, leaf] of leaves) {
      sql<Value[]>(
        target,
        'UPDATE conversation SET leaf_id = ? WHERE id = ? AND EXISTS (SELECT 1 FROM message WHERE id = ?)',
      ).run(leaf, id, leaf)
    }
  })
  return errors
}

/** Makes what is derived from rows agree with them again: counts, shown branches and revisions, the running sums of the ledger. */
export function recount(db: Database): void {
  transact(db, () => {
    sql(
      db,
      `UPDATE conversation SET message_count =
         (SELECT count(*) FROM message WHERE conversation_id = conversation.id AND hidden_by IS NULL)`,
    ).run()
    sql(
      db,
      `UPDATE conversation SET leaf_id = (SELECT id FROM message
         WHERE conversation_id = conversation.id AND hidden_by IS NULL ORDER BY seq DESC LIMIT 1)
       WHERE leaf_id IS NULL AND message_count > 0`,
    ).run()
    sql(
      db,
      `WITH RECURSIVE tree (seq, id, depth) AS (
         SELECT seq, id, 0 FROM message WHERE parent_id IS NULL
         UNION ALL
         SELECT m.seq, m.id, t.depth + 1 FROM tree t JOIN message m ON m.parent_id = t.id
       )
       UPDATE message SET depth = tree.depth FROM tree WHERE tree.seq = message.seq AND tree.depth <> message.depth`,
    ).run()
    sql(
      db,
      `UPDATE message SET revision = (SELECT max(number) FROM message_revision WHERE message_id = message.id)
       WHERE NOT EXISTS (SELECT 1 FROM message_revision r WHERE r.message_id = message.id AND r.number = message.revision)
         AND EXISTS (SELECT 1 FROM message_revision r WHERE r.message_id = message.id)`,
    ).run()
    rebuildSums(db)
  })
}

/** The tables that hold rows of their own, parents before children. */
export function tablesInOrder(db: Database): string[] {
  const derived = new Set(['store', ...sumTables])
  const all = (db.pragma('table_list') as { schema: string; name: string; type: string }[])
    .filter(
      ({ schema, type, name }) =>
        schema === 'main' && type === 'table' && !name.startsWith('sqlite_') && !derived.has(name),
    )
    .map(({ name }) => name)
    .toSorted()
  const ordered = new Set<string>()
  const visit = (name: string, path: readonly string[]): void => {
    if (ordered.has(name) || path.includes(name)) return
    for (const parent of parentsOf(db, name)) {
      // The newest message of a conversation is set when the messages are there.
      if (parent.column !== 'leaf_id') visit(parent.table, [...path, name])
    }
    ordered.add(name)
  }
  for (const name of all) visit(name, [])
  return [...ordered]
}

interface Parent {
  column: string
  table: string
  key: string
}

function parentsOf(db: Database, table: string): Parent[] {
  const keys = db.pragma(`foreign_key_list(${table})`) as { from: string; table: string; to: string }[]
  return keys.map(({ from, table: parent, to }) => ({ column: from, table: parent, key: to }))
}

function columnsOf(db: Database, table: string): string[] {
  return (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
}

function isStructureSound(db: Database): boolean {
  try {
    return checkStructure(db).isSound
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  }
}

function exists(db: Database, table: string, key: string, value: Value): boolean {
  return sql<Value[]>(db, `SELECT 1 FROM ${table} WHERE ${key} = ?`).get(value) !== undefined
}

/** Parents come before what follows them. */
const bySeq = (one: Row, other: Row) => Number(one['seq'] ?? Infinity) - Number(other['seq'] ?? Infinity) || 0

/** False for a row that is there already, or that damage has made impossible. */
function tryInsert(db: Database, table: string, row: Row): boolean {
  try {
    insert(db, table, row)
    return true
  } catch (error) {
    const isRefused = error instanceof BetterSqlite3.SqliteError && /^SQLITE_(CONSTRAINT|MISMATCH)/.test(error.code)
    if (!isRefused) throw error
    return false
  }
}
