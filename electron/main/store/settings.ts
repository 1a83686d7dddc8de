import { randomUUID } from 'node:crypto'
import { sql, transact, type Database } from './database.ts'

/** All stored settings by key. Values are JSON; what they mean is decided by the module that writes them. */
export function readSettings(db: Database): Record<string, unknown> {
  const rows = sql<[], { key: string; value: string }>(db, 'SELECT key, value FROM setting').all()
  return Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value) as unknown]))
}

/** Stores the settings named, leaves the others. */
export function writeSettings(db: Database, input: { values: Record<string, unknown>; at: number }): void {
  transact(db, () => {
    for (const [key, value] of Object.entries(input.values)) {
      sql(
        db,
        `INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
      ).run(key, JSON.stringify(value), input.at)
    }
  })
}

/** The id of the connection to an origin, made when it is new. The demo is a connection of its own. */
export function connectionFor(db: Database, input: { kind: 'api' | 'demo'; origin: string; at: number }): string {
  return transact(db, () => {
    sql(
      db,
      'INSERT INTO connection (id, kind, origin, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (kind, origin) DO NOTHING',
    ).run(randomUUID(), input.kind, input.origin, input.at)
    const row = sql<[string, string], { id: string }>(
      db,
      'SELECT id FROM connection WHERE kind = ? AND origin = ?',
    ).get(input.kind, input.origin)
    if (!row) throw new Error('a connection that was just made is not there')
    return row.id
  })
}

/** The id of the connection to an origin, if there is one. */
export function findConnection(db: Database, input: { kind: 'api' | 'demo'; origin: string }): string | null {
  return (
    sql<[string, string], { id: string }>(db, 'SELECT id FROM connection WHERE kind = ? AND origin = ?').get(
      input.kind,
      input.origin,
    )?.id ?? null
  )
}

/** Every API address that was ever used. */
export const listOrigins = (db: Database): string[] =>
  sql<[], { origin: string }>(db, `SELECT origin FROM connection WHERE kind = 'api' ORDER BY created_at`)
    .all()
    .map(({ origin }) => origin)

/** Notes that a connection to a host was opened, for the list in About. */
export function noteContacts(
  db: Database,
  input: { contacts: { host: string; purpose: string; count: number; at: number }[] },
): void {
  transact(db, () => {
    for (const { host, purpose, count, at } of input.contacts) {
      sql(
        db,
        `INSERT INTO contact (host, purpose, first_at, last_at, count) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (host, purpose) DO UPDATE SET last_at = max(last_at, excluded.last_at), count = count + excluded.count`,
      ).run(host, purpose, at, at, count)
    }
  })
}

/** Every host ever contacted, newest first. */
export function listContacts(
  db: Database,
): { host: string; purpose: string; firstAt: number; lastAt: number; count: number }[] {
  return sql<[], { host: string; purpose: string; firstAt: number; lastAt: number; count: number }>(
    db,
    'SELECT host, purpose, first_at AS firstAt, last_at AS lastAt, count FROM contact ORDER BY last_at DESC',
  ).all()
}
