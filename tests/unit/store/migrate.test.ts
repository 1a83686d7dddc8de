import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { listBackups } from '../../../electron/main/store/backup-files.ts'
import { checkIndex, checkIntegrity } from '../../../electron/main/store/checks.ts'
import { migrate } from '../../../electron/main/store/migrate.ts'
import { applicationId, migrations, schemaVersion } from '../../../electron/main/store/migrations/index.ts'
import { openDatabase } from '../../../electron/main/store/open.ts'
import { search } from '../../../electron/main/store/search.ts'
import { openHere, temporaryFolder, testStart } from '../../helpers/store.ts'

const input = { storeId: 'the-store', at: testStart }
const fresh = () => openDatabase({ file: join(temporaryFolder(), 'store.db'), role: 'writer', mode: 'read-write' })

/** Rows as version 1 wrote them, in its own columns: later versions must carry them along. */
const rowsOfVersion1 = `
INSERT INTO connection VALUES ('c1', 'api', 'https://api.example', 1);
INSERT INTO setting VALUES ('theme', '"dark"', 1);
INSERT INTO conversation (id, connection_id, title, title_source, message_count, activity, created_at, updated_at) VALUES ('k1', 'c1', 'Rivers', 'local', 2, 1, 1, 1);
INSERT INTO message (seq, id, conversation_id, parent_id, turn_id, role, status, created_at) VALUES (1, 'm1', 'k1', NULL, 't1', 'user', 'complete', 1), (2, 'm2', 'k1', 'm1', 't1', 'assistant', 'complete', 2);
INSERT INTO message_revision VALUES ('r1', 'm1', 1, 'person', 1), ('r2', 'm2', 1, 'model', 2);
INSERT INTO message_part (revision_id, position, kind, text) VALUES ('r1', 0, 'text', 'a question about rivers'), ('r2', 0, 'text', 'an answer about lakes');
UPDATE conversation SET leaf_id = 'm2';
INSERT INTO draft VALUES ('k1', 'half a thought', 3);
INSERT INTO attempt (id, connection_id, purpose, turn_id, number, conversation_id, message_id, manifest, started_at, day) VALUES ('a1', 'c1', 'reply', 't1', 1, 'k1', 'm2', '{}', 2, '1970-01-01');
INSERT INTO ledger_entry (id, store_id, attempt_id, kind, source, nano_usd, outcome, at, previous_hash, hash) VALUES ('e1', 's1', 'a1', 'reserve', 'upper-bound', 1000, 'reserved', 2, '0', '1'), ('e2', 's1', 'a1', 'settle', 'billed', 500, 'complete', 3, '1', '2');
`

const builders: Record<number, string> = { 1: rowsOfVersion1 }

describe('every version that was ever shipped opens', () => {
  for (let version = 1; version <= schemaVersion; version++) {
    test(`version ${version}`, () => {
      const folder = temporaryFolder()
      const old = new BetterSqlite3(join(folder, 'store.db'))
      old.pragma('journal_mode = WAL')
      for (const step of migrations.slice(0, version)) old.exec(step)
      old.exec(`INSERT INTO store VALUES (1, 's1', 1)`)
      old.exec(builders[version] ?? rowsOfVersion1)
      old.pragma(`application_id = ${applicationId}`)
      old.pragma(`user_version = ${version}`)
      old.close()

      const { db, keeper, migrated } = openHere(folder)
      expect(migrated).toEqual(version === schemaVersion ? { kind: 'current' } : { kind: 'migrated', from: version })
      expect(db.pragma('user_version', { simple: true })).toBe(schemaVersion)
      expect(search(db, { query: 'rivers', limit: 10 }).map(({ conversationId }) => conversationId)).toContain('k1')
      expect(db.prepare('SELECT text FROM draft').pluck().get()).toBe('half a thought')
      expect(db.prepare('SELECT sum(nano_usd) FROM ledger_entry WHERE kind = ?').pluck().get('settle')).toBe(500)
      expect(checkIntegrity(db)).toEqual({ isSound: true, problems: [] })
      expect(checkIndex(db).isSound).toBe(true)
      expect(listBackups(folder)).toHaveLength(version === schemaVersion ? 0 : 1)
      keeper.close()
    })
  }
})

test('a fresh store gets its id; again nothing happens', () => {
  const db = fresh()
  expect(migrate(db, input)).toEqual({ kind: 'created' })
  expect(db.prepare('SELECT id, created_at FROM store').get()).toEqual({ id: 'the-store', created_at: testStart })
  expect(db.pragma('application_id', { simple: true })).toBe(applicationId)
  expect(migrate(db, { ...input, storeId: randomUUID() })).toEqual({ kind: 'current' })
  expect(db.prepare('SELECT id FROM store').pluck().all()).toEqual(['the-store'])
  db.close()
})

test('a step that fails leaves the version before it, whole', () => {
  const db = fresh()
  migrate(db, input)
  const steps = [
    ...migrations,
    'CREATE TABLE second (a) ',
    'CREATE TABLE third (a); INSERT INTO third VALUES (1); INSERT INTO nowhere VALUES (1)',
  ]
  let copies = 0
  const attempt = () => migrate(db, { ...input, steps, backUp: () => (copies += 1) })
  expect(attempt).toThrow('nowhere')
  expect(copies).toBe(1)
  expect(db.pragma('user_version', { simple: true })).toBe(schemaVersion + 1)
  expect(db.prepare(`SELECT name FROM sqlite_schema WHERE name IN ('second', 'third')`).pluck().all()).toEqual([
    'second',
  ])
  expect(db.inTransaction).toBe(false)
  db.close()
})

test('without a copy there is no migration', () => {
  const db = fresh()
  migrate(db, input)
  const backUp = () => {
    throw new Error('no room')
  }
  expect(() => migrate(db, { ...input, steps: [...migrations, 'CREATE TABLE second (a)'], backUp })).toThrow('no room')
  expect(db.pragma('user_version', { simple: true })).toBe(schemaVersion)
  db.close()
})

test('a later version and another application are left alone', () => {
  const db = fresh()
  migrate(db, input)
  db.pragma('user_version = 77')
  expect(migrate(db, input)).toEqual({ kind: 'future', version: 77, supported: schemaVersion })
  db.pragma('application_id = 5')
  expect(migrate(db, input)).toEqual({ kind: 'foreign', applicationId: 5 })
  expect(db.pragma('user_version', { simple: true })).toBe(77)
  db.close()
})
