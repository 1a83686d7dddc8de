import BetterSqlite3 from 'better-sqlite3'
import type { Database } from './database.ts'
import { scanPages } from './page-scan.ts'

export type Value = string | number | bigint | Buffer | null
/** A row by the names of its columns. */
export type Row = Record<string, Value>

/** A table of a damaged database, read as far as it goes. */
export interface DamagedTable {
  name: string
  columns: string[]
  /** The columns of the primary key of a table without rowid; null for one with. */
  key: string[] | null
  /** Whether some page could not be read. Final once `rows` is through. */
  hadErrors(): boolean
  /** Every row that can be read; without a rowid some may come twice. */
  rows(): Generator<Row>
  /** Rows that lie on some page, but are not found through the table's tree. To be read after `rows`. */
  strayRows(): Generator<Row>
  /** Rows that are only left in indexes: the columns that those hold. To be read last. */
  indexedRows(): Generator<Row>
}

/** After a row that cannot be read, so many are tried one by one before whole stretches are skipped. */
const triedOneByOne = 256

export interface DamagedTableInput {
  name: string
  /** The columns to read, where the table has them. */
  wanted: readonly string[]
  /** The bytes of the database, for rows that no tree leads to any more; null when it is too large for that. */
  image: Buffer | null
  /** Something in the database is damaged: look for stray rows even where reading met no error. */
  isSuspect: boolean
}

/** Describes a table for reading. Reading is tolerant, opening is not: throws what SQLite says. */
export function openDamagedTable(db: Database, { name, wanted, image, isSuspect }: DamagedTableInput): DamagedTable {
  const info = db.pragma(`table_info(${name})`) as { name: string; type: string; notnull: number; pk: number }[]
  const columns = info.map((column) => column.name).filter((column) => wanted.includes(column))
  const isWithoutRowid = db.pragma(`table_list(${name})`) as { wr: number }[]
  const key = isWithoutRowid[0]?.wr
    ? info
        .filter(({ pk }) => pk > 0)
        .toSorted((a, b) => a.pk - b.pk)
        .map((column) => column.name)
    : null
  const pageSize = db.pragma('page_size', { simple: true }) as number
  const seen = new Set<Value>()
  let errors = 0
  const list = columns.join(', ')

  /** Yields until the end (true) or an unreadable page (false). */
  function* readWhile(text: string, ...bound: Value[]): Generator<Row, boolean> {
    try {
      for (const row of db
        .prepare<Value[], Row>(text)
        .safeIntegers()
        .iterate(...bound))
        yield row
      return true
    } catch (error) {
      if (!isDamage(error)) throw error
      errors += 1
      return false
    }
  }

  function* byRowid(): Generator<Row> {
    let next = 1n
    let last: bigint | null = null
    let step = 1n
    for (let misses = 0; ;) {
      const reading = readWhile(
        `SELECT rowid AS "_rowid", ${list} FROM ${name} NOT INDEXED WHERE rowid >= ? ORDER BY rowid`,
        next,
      )
      try {
        let result = reading.next()
        for (; !result.done; result = reading.next()) {
          const { _rowid: rowid, ...row } = result.value
          // A damaged page can lead back: only what goes forward is believed.
          if (typeof rowid !== 'bigint' || rowid < next) break
          misses = 0
          step = 1n
          seen.add(rowid)
          next = rowid + 1n
          yield row
        }
        if (result.done && result.value) return
      } finally {
        reading.return(false)
      }
      errors += 1
      last ??= highestRowid() ?? next + 100_000n
      misses += 1
      if (misses > triedOneByOne) step *= 2n
      next += step
      if (next > last) return
    }
  }

  function* byKey(columnsOfKey: string[]): Generator<Row> {
    const order = (direction: string) => columnsOfKey.map((column) => `${column} ${direction}`).join(', ')
    const isWhole = yield* readWhile(`SELECT ${list} FROM ${name} ORDER BY ${order('ASC')}`)
    if (!isWhole) yield* readWhile(`SELECT ${list} FROM ${name} ORDER BY ${order('DESC')}`)
  }

  function indexes(): { name: string; columns: string[] }[] {
    const all = db.pragma(`index_list(${name})`) as { name: string; partial: number }[]
    return all
      .filter(({ partial }) => partial === 0)
      .map((index) => ({
        name: index.name,
        columns: (db.pragma(`index_info(${index.name})`) as { name: string | null }[]).flatMap(
          (column) => column.name ?? [],
        ),
      }))
  }

  function highestRowid(): bigint | null {
    const texts = [
      `SELECT max(rowid) AS top FROM ${name} NOT INDEXED`,
      ...indexes().map((index) => `SELECT max(rowid) AS top FROM ${name} INDEXED BY "${index.name}"`),
    ]
    const found: bigint[] = []
    for (const text of texts) {
      for (const { top } of readWhile(text)) if (typeof top === 'bigint') found.push(top)
    }
    return found.length === 0 ? null : found.reduce((a, b) => (a > b ? a : b))
  }

  return {
    name,
    columns,
    key,
    hadErrors: () => errors > 0,
    rows: () => (key ? byKey(key) : byRowid()),
    *strayRows() {
      if (key || !image || (errors === 0 && !isSuspect)) return
      const rowidColumn = info.find(({ pk, type }) => pk === 1 && type === 'INTEGER')
      const shape = info.map((column) => ({
        name: column.name,
        type: column.type,
        isNotNull: column.notnull === 1,
        isRowid: column === rowidColumn,
      }))
      for (const { rowid, row } of scanPages(image, pageSize, shape)) {
        if (seen.has(rowid)) continue
        seen.add(rowid)
        yield Object.fromEntries(Object.entries(row).filter(([column]) => columns.includes(column)))
      }
    },
    *indexedRows() {
      if (key || (errors === 0 && !isSuspect)) return
      const partial = new Map<Value, Row>()
      for (const index of indexes()) {
        const text = `SELECT rowid AS "_rowid", ${index.columns.join(', ')} FROM ${name} INDEXED BY "${index.name}" ORDER BY`
        for (const direction of ['ASC', 'DESC']) {
          const order = index.columns.map((column) => `${column} ${direction}`).join(', ')
          const reading = readWhile(`${text} ${order}`)
          let result = reading.next()
          for (; !result.done; result = reading.next()) {
            const { _rowid: rowid = null, ...row } = result.value
            if (rowid !== null && !seen.has(rowid)) partial.set(rowid, { ...partial.get(rowid), ...row })
          }
          if (result.value) break
        }
      }
      const rowidColumn = info.find(({ pk }) => pk === 1)
      const byRowidOrder = [...partial].toSorted(([a], [b]) => Number(a) - Number(b))
      for (const [rowid, row] of byRowidOrder) {
        yield rowidColumn?.name === 'seq' ? { ...row, seq: rowid } : row
      }
    },
  }
}

/** How many rows a damaged table has, as far as it or an index of it can tell; 0 when nothing can. */
export function countDamaged(db: Database, name: string): number {
  let most = 0
  for (const hint of ['', 'NOT INDEXED']) {
    try {
      most = Math.max(most, db.prepare<[], number>(`SELECT count(*) FROM ${name} ${hint}`).pluck().get() ?? 0)
    } catch (error) {
      if (!isDamage(error)) throw error
    }
  }
  return most
}

/** Whether an error says that what was to be read is damaged. */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof BetterSqlite3.SqliteError &&
    /^SQLITE_(CORRUPT|NOTADB|IOERR|ERROR|FORMAT|TOOBIG|NOMEM)/.test(error.code)
  )
}
