import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { StoreState } from '../../electron/contract/routes/store.ts'
import { startStore } from '../../electron/main/store/start.ts'
import { filledFolder, temporaryFolder, workerUrl } from '../helpers/store.ts'

async function stateOf(folder: string): Promise<StoreState> {
  const { state, store } = await startStore({ folder, workerUrl, onSlow: () => undefined, onDied: () => undefined })
  await store?.close()
  return state
}

test('a first start that lost power before its schema was written is a first start again', async () => {
  // As SQLite leaves them: the journal first, then the page, then the journal goes.
  const folder = temporaryFolder()
  const file = join(folder, 'store.db')
  const db = new BetterSqlite3(file)
  db.pragma('journal_mode = WAL')
  db.close()
  expect(statSync(file).size).toBe(4096)
  const journal = Buffer.alloc(512)
  Buffer.from('d9d505f920a163d7', 'hex').copy(journal)
  journal.writeUInt32BE(512, 20)
  journal.writeUInt32BE(4096, 24)
  const half = readFileSync(file).subarray(0, 512)
  for (const page of [Buffer.alloc(4096), Buffer.alloc(1024, 7), half, Buffer.concat([half, Buffer.alloc(3584)])]) {
    const torn = temporaryFolder()
    writeFileSync(join(torn, 'store.db'), page)
    writeFileSync(join(torn, 'store.db-journal'), journal)
    expect(await stateOf(torn)).toEqual({ kind: 'ready' })
  }
  expect(await stateOf(folder)).toEqual({ kind: 'ready' })
})

test('an empty database, or a page of nothing, is damage where there was a store', async () => {
  const { folder, file } = filledFolder({ turns: 1 })
  rmSync(file)
  const db = new BetterSqlite3(file)
  db.pragma('journal_mode = WAL')
  db.close()
  expect(await stateOf(folder)).toMatchObject({ kind: 'damaged', damage: 'missing-wal' })
  writeFileSync(file, Buffer.alloc(4096))
  expect(await stateOf(folder)).toMatchObject({ kind: 'damaged', damage: 'not-a-database' })
  const unknown = temporaryFolder()
  writeFileSync(join(unknown, 'store.db'), Buffer.alloc(4096))
  expect(await stateOf(unknown)).toMatchObject({ kind: 'damaged', damage: 'not-a-database' })
})
