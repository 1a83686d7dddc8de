import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import { listBackups } from '../../electron/main/store/backup-files.ts'
import { killAndVerify, startWriter } from '../helpers/store-kill.ts'
import { filledFolder, temporaryFolder } from '../helpers/store.ts'

// Many more in tests/long/kill-store.test.ts.

test('kill -9 while writing: everything shown is there, as an exact prefix', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder()
  for (let round = 0; round < 8; round++) await killAndVerify(folder, 'turns', (round * 37) % 200)
})

test('kill -9 while backing up: no backup is half, the ones before stay', { timeout: 120_000 }, async () => {
  const { folder } = filledFolder({ turns: 200 })
  for (let round = 0; round < 5; round++) await killAndVerify(folder, 'backup', 20 + round * 45)
})

test(
  'kill -9 while migrating: each step is there as a whole or not at all, and a copy was made before',
  { timeout: 120_000 },
  async () => {
    for (const afterMs of [0, 25, 60, 120]) {
      const { folder, file } = filledFolder({ turns: 30 })
      const writer = startWriter('migrate', folder)
      await writer.said('begin')
      await new Promise((resolve) => setTimeout(resolve, afterMs))
      await writer.kill()
      const db = new BetterSqlite3(file)
      const version = db.pragma('user_version', { simple: true }) as number
      const made = db.prepare(`SELECT name FROM sqlite_schema WHERE name LIKE 'made_%'`).pluck().all()
      expect(made).toEqual(version === 1 ? [] : [`made_${version}`])
      if (version > 1) {
        expect(db.prepare(`SELECT count(*) FROM made_${version}`).pluck().get()).toBe(2_000)
        expect(listBackups(folder)).toMatchObject([{ reason: 'before-migration', messageCount: 60, schemaVersion: 1 }])
      }
      expect(db.prepare('SELECT count(*) FROM message').pluck().get()).toBe(60)
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      db.close()
      expect(join(folder, 'store.db')).toBe(file)
    }
  },
)
