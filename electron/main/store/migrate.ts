import { transact, type Database } from './database.ts'
import { applicationId, migrations } from './migrations/index.ts'

export interface MigrateInput {
  /** The id of a store that is created now. */
  storeId: string
  /** Milliseconds since 1970. */
  at: number
  /** Makes a verified copy; called once, before an existing store changes. Throwing stops the migration. */
  backUp?: () => void
  /** The list to apply; another one in tests only. */
  steps?: readonly string[]
}

export type Migrated =
  | { kind: 'created' }
  | { kind: 'current' }
  | { kind: 'migrated'; from: number }
  | { kind: 'future'; version: number; supported: number }
  | { kind: 'foreign'; applicationId: number }

/**
 * Brings a store to the schema of this build; each step and its `user_version` are one transaction, so that a kill leaves
 * the old or the new. A store of a later build or of another application is left as it is. Throws what SQLite says.
 */
export function migrate(db: Database, { storeId, at, backUp, steps = migrations }: MigrateInput): Migrated {
  const version = db.pragma('user_version', { simple: true }) as number
  const owner = db.pragma('application_id', { simple: true }) as number
  if (owner !== applicationId && !(owner === 0 && version === 0 && isEmpty(db)))
    return { kind: 'foreign', applicationId: owner }
  if (version > steps.length) return { kind: 'future', version, supported: steps.length }
  if (version === steps.length) return { kind: 'current' }
  if (version > 0) backUp?.()
  for (const [index, step] of steps.entries()) {
    if (index < version) continue
    transact(db, () => {
      db.exec(step)
      if (index === 0) {
        db.pragma(`application_id = ${applicationId}`)
        db.prepare('INSERT INTO store (one, id, created_at) VALUES (1, ?, ?)').run(storeId, at)
      }
      db.pragma(`user_version = ${index + 1}`)
    })
  }
  return version === 0 ? { kind: 'created' } : { kind: 'migrated', from: version }
}

function isEmpty(db: Database): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
}
