import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import { foldWal } from '../../../electron/main/store/wal.ts'
import { temporaryFolder } from '../../helpers/store.ts'

function contentOf(file: string | Buffer): unknown[] {
  const db = new BetterSqlite3(file)
  const rows = db.prepare('SELECT * FROM t ORDER BY a').all()
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
  return rows
}

test('a database with its log folded in holds what SQLite recovers, wherever the log ends', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'a.db')
  const db = new BetterSqlite3(file)
  db.pragma('journal_mode = WAL')
  db.pragma('wal_autocheckpoint = 0')
  db.exec('CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)')
  db.pragma('wal_checkpoint(TRUNCATE)')
  for (let number = 0; number < 60; number++) {
    db.transaction(() => {
      for (let row = 0; row < 1 + (number % 7); row++)
        db.prepare('INSERT INTO t (b) VALUES (?)').run(`${number} `.repeat(200))
      if (number % 5 === 4) db.prepare('DELETE FROM t WHERE a % 4 = 0').run()
    })()
    if (number === 40) db.pragma('wal_checkpoint(PASSIVE)')
  }
  const database = readFileSync(file)
  const wal = readFileSync(`${file}-wal`)
  db.close()
  expect(wal.length).toBeGreaterThan(32)

  const cuts = [
    wal.length,
    0,
    31,
    32,
    56 + 4096,
    wal.length - 1,
    ...Array.from({ length: 20 }, (_, index) => Math.floor((wal.length * (index + 1)) / 21)),
  ]
  for (const [index, cut] of cuts.entries()) {
    const copy = join(folder, `cut-${index}.db`)
    writeFileSync(copy, database)
    writeFileSync(`${copy}-wal`, wal.subarray(0, cut))
    const folded = Buffer.from(foldWal(database, wal.subarray(0, cut)))
    folded[18] = folded[19] = 1
    expect(contentOf(folded), `cut at ${cut}`).toEqual(contentOf(copy))
  }
  // A damaged byte in the middle ends what is believed, for both.
  const damaged = Buffer.from(wal)
  damaged[Math.floor(wal.length / 2)]! ^= 0xff
  const copy = join(folder, 'damaged.db')
  copyFileSync(join(folder, 'cut-0.db'), copy)
  writeFileSync(copy, database)
  writeFileSync(`${copy}-wal`, damaged)
  const folded = Buffer.from(foldWal(database, damaged))
  folded[18] = folded[19] = 1
  expect(contentOf(folded)).toEqual(contentOf(copy))
  expect(existsSync(copy)).toBe(true)
})

test('what is no log changes nothing', () => {
  const database = Buffer.alloc(4096, 1)
  expect(foldWal(database, Buffer.alloc(100, 7))).toBe(database)
  expect(foldWal(database, Buffer.alloc(0))).toBe(database)
})
