import { sql, type Database } from './database.ts'
import type { Row, Value } from './salvage-read.ts'

/** What can be said about rows that were lost, from the rows that refer to them. All of it is marked as what it is. */
export interface Rules {
  /** A row of `table` that stands in for a lost parent of `child`; null when its children cannot stand without the real one. */
  standIn(table: string, id: Value, child: Row): Row | null
  /** What a row is without the parent that `column` names and that nothing can stand in for; null when it is lost with it. */
  without(table: string, column: string, row: Row): Row | null
  /** A whole row from the columns that its indexes hold; null when too little is left. */
  complete(table: string, partial: Row): Row | null
}

/** The rules for a store that is being filled. `at` is milliseconds since 1970. */
export function createRules(target: Database, at: number): Rules {
  const pluck = (text: string, ...bound: Value[]): Value =>
    target
      .prepare<Value[], Value>(text)
      .pluck()
      .safeIntegers()
      .get(...bound) ?? null

  const anyConnection = (): Value => {
    const known = pluck(`SELECT id FROM connection ORDER BY kind = 'demo', created_at LIMIT 1`)
    if (known !== null) return known
    insert(target, 'connection', { id: 'lost', kind: 'api', origin: 'lost', created_at: at })
    return 'lost'
  }

  const standIns: Record<string, (id: Value, child: Row) => Row> = {
    connection: (id) => ({ id, kind: 'api', origin: `lost:${String(id)}`, created_at: at }),
    conversation: (id, child) => ({
      id,
      connection_id: anyConnection(),
      title: 'Recovered',
      title_source: 'local',
      activity: Number(pluck('SELECT coalesce(max(activity), 0) FROM conversation')) + 1,
      created_at: child['created_at'] ?? at,
      updated_at: child['created_at'] ?? at,
    }),
    // Its content is gone or in `blobs/`; reading verifies it either way.
    blob: (hash) => ({ hash, size_bytes: 0, created_at: at }),
    // What was spent stays, whatever it was spent on.
    attempt: (id, child) => ({
      id,
      connection_id: anyConnection(),
      purpose: 'reply',
      turn_id: id,
      number: 1,
      conversation_id: 'lost',
      message_id: 'lost',
      manifest: '{}',
      started_at: child['at'] ?? at,
      day: dayOf(child['at'] ?? at),
    }),
  }

  const completions: Record<string, (row: Row) => Row | null> = {
    message: (row) =>
      has(row, 'id', 'conversation_id', 'turn_id', 'role')
        ? {
            created_at:
              pluck('SELECT created_at FROM message WHERE seq < ? ORDER BY seq DESC LIMIT 1', row['seq'] ?? 0) ?? at,
            status: 'complete',
            ...row,
          }
        : null,
    message_revision: (row) => {
      if (!has(row, 'id', 'message_id', 'number')) return null
      const role = pluck('SELECT role FROM message WHERE id = ?', row['message_id'] ?? null)
      const createdAt = pluck('SELECT created_at FROM message WHERE id = ?', row['message_id'] ?? null)
      return { ...row, author: role === 'assistant' ? 'model' : 'person', created_at: createdAt ?? at }
    },
    attempt: (row) =>
      has(row, 'id', 'turn_id', 'number', 'conversation_id', 'message_id')
        ? {
            connection_id: anyConnection(),
            purpose: 'reply',
            manifest: '{}',
            started_at: at,
            day: dayOf(row['started_at'] ?? at),
            ...row,
          }
        : null,
  }

  return {
    standIn: (table, id, child) => (isId(id) ? (standIns[table]?.(id, child) ?? null) : null),
    without(table, column, row) {
      if (table === 'message' && column === 'parent_id') {
        // The branch goes on from the message before it, so that what follows a lost one is not lost with it.
        const before = pluck(
          'SELECT id FROM message WHERE conversation_id = ? AND seq < ? ORDER BY seq DESC LIMIT 1',
          row['conversation_id'] ?? null,
          row['seq'] ?? 0,
        )
        return { ...row, parent_id: before }
      }
      return table === 'attempt' && column === 'price_id' ? { ...row, price_id: null } : null
    },
    complete: (table, partial) => completions[table]?.(partial) ?? null,
  }
}

/** Inserts a row by the names of its columns. Throws what SQLite says. */
export function insert(db: Database, table: string, row: Row): void {
  const names = Object.keys(row)
  const text = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  sql<Value[]>(db, text).run(...Object.values(row))
}

/** A UUID, or the SHA-256 of a blob: what is found in damaged pages may be anything. */
function isId(value: Value): boolean {
  return typeof value === 'string' && /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{64})$/i.test(value)
}

/** The day in UTC: in which zone it was reserved is lost. */
function dayOf(at: Value): string {
  return new Date(Number(at)).toISOString().slice(0, 10)
}

function has(row: Row, ...columns: string[]): boolean {
  return columns.every((column) => row[column] !== null && row[column] !== undefined)
}
