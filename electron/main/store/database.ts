import type BetterSqlite3 from 'better-sqlite3'

/** An open connection. Store modules are plain synchronous functions of it. */
export type Database = BetterSqlite3.Database

const prepared = new WeakMap<Database, Map<string, BetterSqlite3.Statement>>()

/** The statement for this SQL, prepared once per connection. The type arguments name its parameters and its row. */
export function sql<Parameters extends unknown[] | object = unknown[], Row = unknown>(
  db: Database,
  text: string,
): BetterSqlite3.Statement<Parameters extends unknown[] ? Parameters : [Parameters], Row> {
  let statements = prepared.get(db)
  if (!statements) prepared.set(db, (statements = new Map()))
  let statement = statements.get(text)
  if (!statement) statements.set(text, (statement = db.prepare(text)))
  return statement as unknown as BetterSqlite3.Statement<Parameters extends unknown[] ? Parameters : [Parameters], Row>
}

/** Runs `body` in one IMMEDIATE transaction: all of it is on disk when this returns, or none of it. */
export function transact<Value>(db: Database, body: () => Value): Value {
  return db.transaction(body).immediate()
}
