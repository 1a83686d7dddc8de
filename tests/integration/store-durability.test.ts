import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { assertDurable, openDatabase } from '../../electron/main/store/open.ts'
import { filledFolder, openHere, temporaryFolder } from '../helpers/store.ts'

const script = fileURLToPath(new URL('../helpers/store-writer.ts', import.meta.url))
const hasStrace = spawnSync('strace', ['-V']).status === 0
if (!hasStrace)
  console.warn('NOT TESTED: no strace here, so that acknowledgements come after their sync was not observed')

test('every connection waits for the disk, keeps keys, trusts no schema and overwrites what it deletes', () => {
  const { folder, file } = filledFolder({ turns: 1 })
  const { db, keeper } = openHere(folder)
  const maintenance = openDatabase({ file, role: 'maintenance', mode: 'read-write' })
  const reader = openDatabase({ file, role: 'reader', mode: 'read-write' })
  for (const one of [db, maintenance]) {
    one.prepare('UPDATE setting SET updated_at = updated_at + 1').run()
    assertDurable(one)
  }
  for (const one of [db, maintenance, reader]) {
    const read = (name: string) => one.pragma(name, { simple: true })
    expect(read('synchronous')).toBe(2)
    expect(read('journal_mode')).toBe('wal')
    expect(read('foreign_keys')).toBe(1)
    expect(read('recursive_triggers')).toBe(1)
    expect(read('secure_delete')).toBe(1)
    expect(read('trusted_schema')).toBe(0)
    expect(read('cell_size_check')).toBe(1)
    expect(read('mmap_size')).toBe(0)
    expect(read('temp_store')).toBe(2)
    expect(read('busy_timeout')).toBe(5_000)
    if (process.platform === 'darwin') expect([read('fullfsync'), read('checkpoint_fullfsync')]).toEqual([1, 1])
  }
  expect(() => reader.exec('DELETE FROM message')).toThrow('readonly')
  maintenance.close()
  reader.close()
  keeper.close()
})

test('NORMAL is noticed', () => {
  const file = join(temporaryFolder(), 'a.db')
  const db = new BetterSqlite3(file)
  db.pragma('journal_mode = WAL')
  db.exec('CREATE TABLE t (a)')
  // What this build of SQLite does unless it is told otherwise.
  expect(() => assertDurable(db)).toThrow('not durable')
  db.close()
})

test('the books refuse to be changed', () => {
  const { folder } = filledFolder({ turns: 2 })
  const { db, keeper } = openHere(folder)
  for (const statement of [
    'UPDATE ledger_entry SET nano_usd = 0',
    'DELETE FROM ledger_entry',
    'UPDATE attempt SET number = 9',
    'DELETE FROM attempt',
  ]) {
    expect(() => db.exec(statement), statement).toThrow(/never (changed|deleted)/)
  }
  expect(() => db.exec(`INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry LIMIT 1`)).toThrow(
    'never deleted',
  )
  expect(() => db.exec(`UPDATE message_part SET text = 'x'`)).toThrow('never changed')
  keeper.close()
})

describe.skipIf(!hasStrace)('as the system saw it', () => {
  test('nothing is shown before the log that holds it was synced', { timeout: 60_000 }, async () => {
    const folder = temporaryFolder()
    const trace = join(temporaryFolder(), 'trace')
    const child = spawn(
      'strace',
      [
        '-f',
        '-y',
        '-s',
        '64',
        '-e',
        'trace=fdatasync,fsync,pwrite64,write',
        '-o',
        trace,
        process.execPath,
        script,
        'turns',
        folder,
        '12',
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    )
    child.stdout.resume()
    await once(child, 'close')
    expect(existsSync(trace)).toBe(true)

    let wasWritten = false
    let wasSynced = false
    let shownCount = 0
    const unfinished = new Map<string, string>()
    for (const line of readFileSync(trace, 'utf8').split('\n')) {
      const thread = line.split(' ')[0] ?? ''
      const isWholeOrResumed = !line.endsWith('<unfinished ...>')
      const begun = line.includes('resumed>') ? (unfinished.get(thread) ?? '') : line
      if (!isWholeOrResumed) {
        unfinished.set(thread, line)
        // A write counts from its beginning, a sync from its end.
        if (!line.includes('pwrite64') && !line.includes('write(1')) continue
      }
      if (/pwrite64\(\d+<[^>]*store\.db-wal>/.test(begun) && begun === line) {
        wasWritten = true
        wasSynced = false
      } else if (/f(?:data)?sync\(\d+<[^>]*store\.db-wal>/.test(begun)) {
        wasSynced = wasWritten
      } else if (/ write\(1<[^>]*>, "shown/.test(line)) {
        shownCount += 1
        // The first few come while the writer also notes its first generation.
        if (shownCount > 3) expect(wasWritten && wasSynced, `line ${shownCount}: ${line}`).toBe(true)
        wasWritten = false
        wasSynced = false
      }
    }
    expect(shownCount).toBeGreaterThan(100)
  })
})
