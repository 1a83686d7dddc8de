import {
  copyFileSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { StoreState } from '../../electron/contract/routes/store.ts'
import { hashFile } from '../../electron/main/store/backup.ts'
import { StoreRefused } from '../../electron/main/store/health.ts'
import { createRecovery } from '../../electron/main/store/recovery-host.ts'
import { startStore, startStoreReadOnly, type StartedStore } from '../../electron/main/store/start.ts'
import {
  filledFolder,
  fillStore,
  openHere,
  overwrite,
  pagesOf,
  ruinPage,
  temporaryFolder,
  testStart,
  workerUrl,
} from '../helpers/store.ts'

const quiet = { workerUrl, onSlow: () => undefined, onDied: () => undefined, now: () => testStart }

async function stateOf(folder: string): Promise<StoreState> {
  const { state, store } = await startStore({ ...quiet, folder })
  await store?.close()
  return state
}

/** Everything in a folder, byte for byte; without the -shm, which holds nothing of its own. */
function bytesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !path.endsWith('-shm'))
  return new Map(paths.map((path) => [path, `${statSync(path).size} ${hashFile(path)}`]))
}

async function expectDamage(folder: string, damage: Extract<StoreState, { kind: 'damaged' }>['damage']): Promise<void> {
  const before = bytesOf(folder)
  expect(await stateOf(folder)).toMatchObject({ kind: 'damaged', damage })
  expect(bytesOf(folder), 'looking at damage changes nothing').toEqual(before)
}

/** A profile as a killed process leaves it: its files copied while the store is open. */
function killedFolder(turns: number): string {
  const folder = temporaryFolder()
  const { db, keeper } = openHere(folder)
  fillStore(db, { turns })
  keeper.afterWrite()
  fillStore(db, { turns: 1 })
  const copy = temporaryFolder()
  for (const name of ['store.db', 'store.db-wal', 'store.json']) copyFileSync(join(folder, name), join(copy, name))
  keeper.close()
  return copy
}

describe('a store is found damaged, and nothing is changed', () => {
  test('a file without content is not a first run', async () => {
    const { folder, file } = filledFolder({ turns: 3 })
    truncateSync(file)
    await expectDamage(folder, 'zero-length')
  })

  test('a file that is gone is not a first run', async () => {
    const { folder, file } = filledFolder({ turns: 3 })
    rmSync(file)
    await expectDamage(folder, 'missing')
  })

  test('a file that is gone and was never noted, but has a backup', async () => {
    const { folder, file } = filledFolder({ turns: 3 })
    const started = await startStore({ ...quiet, folder })
    await started.store?.maintain.backUp({ reason: 'by-hand', at: testStart })
    await started.store?.close()
    rmSync(file)
    rmSync(join(folder, 'store.json'))
    await expectDamage(folder, 'missing')
  })

  test('a garbage header', async () => {
    const { folder, file } = filledFolder({ turns: 3 })
    overwrite(file, 0, Buffer.alloc(100, 0x41))
    await expectDamage(folder, 'not-a-database')
  })

  test('a database of something else', async () => {
    const { folder, file } = filledFolder({ turns: 3 })
    rmSync(file)
    const other = new BetterSqlite3(file)
    other.exec('PRAGMA application_id = 99; CREATE TABLE note (text TEXT)')
    other.close()
    await expectDamage(folder, 'foreign-database')
  })

  test('the database of another profile', async () => {
    const { folder, file } = filledFolder({ turns: 3 })
    copyFileSync(filledFolder({ turns: 5 }).file, file)
    await expectDamage(folder, 'foreign-database')
  })

  test('a file that was cut off', async () => {
    const { folder, file } = filledFolder({ turns: 30 })
    truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096)
    await expectDamage(folder, 'bad-pages')
  })

  test('a page of a table, after a crash', async () => {
    const { folder, file } = filledFolder({ turns: 60 })
    ruinPage(file, pagesOf(file, 'message', 'leaf')[1] ?? 0)
    markUnclean(folder)
    await expectDamage(folder, 'bad-pages')
  })

  test('a lost log right after the first write', async () => {
    const folder = killedFolder(1)
    rmSync(join(folder, 'store.db-wal'))
    await expectDamage(folder, 'missing-wal')
  })

  test('a lost log after a checkpoint, and an older copy of the file', async () => {
    const folder = temporaryFolder()
    const { db, keeper } = openHere(folder)
    fillStore(db, { turns: 3 })
    keeper.afterWrite()
    const older = join(temporaryFolder(), 'older.db')
    db.pragma('wal_checkpoint(TRUNCATE)')
    copyFileSync(join(folder, 'store.db'), older)
    fillStore(db, { turns: 1 })
    keeper.afterWrite()
    const copy = temporaryFolder()
    for (const name of ['store.db', 'store.json']) copyFileSync(join(folder, name), join(copy, name))
    keeper.close()
    await expectDamage(copy, 'missing-wal')
    copyFileSync(older, join(folder, 'store.db'))
    await expectDamage(folder, 'missing-wal')
  })

  test('a log of nothing but noise', async () => {
    const folder = killedFolder(2)
    writeFileSync(join(folder, 'store.db-wal'), Buffer.alloc(8192, 3))
    expect(await stateOf(folder)).toMatchObject({ kind: 'damaged', damage: 'missing-wal' })
  })
})

test('a killed store opens with everything, and an outside program that wrote its log back is no damage', async () => {
  const folder = killedFolder(2)
  const elsewhere = new BetterSqlite3(join(folder, 'store.db'))
  expect(elsewhere.prepare('SELECT count(*) FROM message').pluck().get()).toBe(6)
  elsewhere.close()
  expect(existsSync(join(folder, 'store.db-wal'))).toBe(false)
  expect(await stateOf(folder)).toEqual({ kind: 'ready' })

  const other = killedFolder(2)
  expect(await stateOf(other)).toEqual({ kind: 'ready' })
})

test('a first start that was killed in its first moment is a first start again', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'store.db'), '')
  expect(await stateOf(folder)).toEqual({ kind: 'ready' })
})

test('a damaged sidecar is written anew', async () => {
  const { folder } = filledFolder({ turns: 3 })
  writeFileSync(join(folder, 'store.json'), '{"storeId": 7')
  expect(await stateOf(folder)).toEqual({ kind: 'ready' })
  expect(JSON.parse(readFileSync(join(folder, 'store.json'), 'utf8'))).toMatchObject({
    messageCount: 6,
    cleanlyClosed: true,
  })
})

test('deleting for good is no loss when a tombstone says so', async () => {
  const { folder, filled } = filledFolder({ turns: 4 })
  const opened = openHere(folder)
  opened.db.prepare('DELETE FROM conversation WHERE id = ?').run(filled[0]?.conversationId)
  opened.db.prepare(`INSERT INTO tombstone VALUES ('conversation', ?, 1)`).run(filled[0]?.conversationId)
  // Killed before the sidecar was written.
  const copy = temporaryFolder()
  for (const name of ['store.db', 'store.db-wal', 'store.json']) copyFileSync(join(folder, name), join(copy, name))
  opened.keeper.close()
  expect(await stateOf(copy)).toEqual({ kind: 'ready' })
})

test('a store of a later version is refused with nothing changed, and can be read', async () => {
  const { folder, file } = filledFolder({ turns: 2 })
  const later = new BetterSqlite3(file)
  later.exec('PRAGMA user_version = 99; ALTER TABLE conversation ADD COLUMN mood TEXT')
  later.pragma('journal_mode = DELETE')
  later.close()
  const before = bytesOf(folder)
  expect(await stateOf(folder)).toEqual({ kind: 'future', version: 99, supported: 1 })
  const { state, store } = await startStoreReadOnly({ ...quiet, folder })
  expect(state).toEqual({ kind: 'read-only', reason: 'future-version', unread: null })
  expect(await store?.read.listConversations()).toHaveLength(1)
  await expect(store?.write.ping()).rejects.toMatchObject({ failure: { code: 'store.read-only' } })
  await store?.close()
  expect(bytesOf(folder)).toEqual(before)
})

async function readOnly(folder: string): Promise<StartedStore> {
  const before = bytesOf(folder)
  const started = await startStoreReadOnly({ ...quiet, folder })
  await started.store?.read.ping()
  expect(bytesOf(folder)).toEqual(before)
  return started
}

describe('a damaged store is read as far as it goes, and nothing is written', () => {
  test('a garbage header, and a first page that is gone', async () => {
    for (const length of [100, 4096]) {
      const { folder, file } = filledFolder({ turns: 12 })
      overwrite(file, 0, Buffer.alloc(length, 0x41))
      const { state, store } = await readOnly(folder)
      expect(state).toEqual({ kind: 'read-only', reason: 'chosen', unread: null })
      const list = (await store?.read.listConversations()) ?? []
      expect(list).toHaveLength(2)
      await store?.close()
    }
  })

  test('a bad page takes what is on it: the rest of each conversation is there, and what is missing is counted', async () => {
    for (const table of ['message_part', 'message', 'conversation']) {
      const { folder, file, filled } = filledFolder({ turns: 60 })
      ruinPage(file, pagesOf(file, table, 'leaf')[table === 'conversation' ? 0 : 2] ?? 0)
      const { state, store } = await readOnly(folder)
      const list = (await store?.read.listConversations()) ?? []
      expect(list, table).toHaveLength(6)
      let lost = 0
      for (const { conversationId, replyMessageId, answer } of filled) {
        const page = await store?.read.readBranch({ conversationId, place: { kind: 'end' }, limit: 100 })
        const reply = page?.messages.find(({ id }) => id === replyMessageId)
        if (reply?.text !== answer) lost += 1
        else expect(reply.isLost).toBe(false)
        if (reply && reply.text === '') expect(reply.isLost, table).toBe(true)
      }
      expect(lost, table).toBeLessThan(10)
      const unread = state.kind === 'read-only' ? state.unread : undefined
      if (table === 'message_part') expect(unread?.messages, table).toBeGreaterThan(0)
      expect((unread?.messages ?? 0) >= lost, `${table}: ${unread?.messages} counted, ${lost} missing`).toBe(true)
      expect(await store?.maintain.search({ query: 'question 3', limit: 10 })).not.toEqual([])
      await store?.close()
    }
  })

  test('what was killed is read with its log', async () => {
    const { store } = await readOnly(killedFolder(3))
    expect(await store?.read.listConversations()).toHaveLength(2)
    await store?.close()
  })

  test('when nothing can be read it stays damaged', async () => {
    const { folder, file } = filledFolder({ turns: 3 })
    writeFileSync(file, Buffer.alloc(50_000, 9))
    expect(await readOnly(folder)).toMatchObject({ state: { kind: 'damaged', damage: 'not-a-database' }, store: null })
    truncateSync(file)
    expect(await readOnly(folder)).toMatchObject({ state: { kind: 'damaged', damage: 'zero-length' }, store: null })
  })
})

test('damage in a large store is found behind the start', async () => {
  const { folder, file } = filledFolder({ turns: 1_500, words: 250 })
  expect(statSync(file).size).toBeGreaterThan(4 * 1024 * 1024)
  ruinPage(file, pagesOf(file, 'message_part', 'leaf')[40] ?? 0)
  markUnclean(folder)
  const found = Promise.withResolvers<string>()
  const { state, store } = await startStore({ ...quiet, folder, onDamage: found.resolve })
  expect(state).toEqual({ kind: 'ready' })
  expect(await found.promise).toMatch(/malformed|tree|page/i)
  await store?.close()
})

test('a search index that disagrees with the messages is found and built anew', async () => {
  const { folder, file, filled } = filledFolder({ turns: 20 })
  const db = new BetterSqlite3(file)
  db.prepare(`INSERT INTO message_index (rowid, text, cjk) VALUES (99999, 'phantom', '')`).run()
  db.close()
  const { store } = await startStore({ ...quiet, folder })
  expect((await store?.maintain.checkIntegrity())?.isSound, 'integrity_check does not see it').toBe(true)
  expect((await store?.maintain.checkIndex())?.isSound).toBe(false)
  expect(await store?.maintain.repairIndex()).toEqual({ wasRebuilt: true })
  expect(await store?.maintain.repairIndex()).toEqual({ wasRebuilt: false })
  expect(await store?.maintain.search({ query: 'phantom', limit: 10 })).toEqual([])
  expect(await store?.maintain.search({ query: 'question 3', limit: 10 })).not.toEqual([])
  await store?.close()

  // Pages of the index that are no pages any more: SQLite cannot even drop them, so the store has to be salvaged.
  for (const page of pagesOf(file, 'message_index_data', 'leaf').slice(1)) ruinPage(file, page)
  const again = await startStore({ ...quiet, folder })
  expect((await again.store?.maintain.checkIndex())?.isSound).toBe(false)
  await expect(again.store?.maintain.repairIndex()).rejects.toMatchObject({ failure: { code: 'store.damaged' } })
  await again.store?.close()
  const saved = await createRecovery({ folder, workerUrl, now: () => testStart }).salvage()
  expect(saved).toMatchObject({ messages: { read: 40, lost: 0 }, ledgerEntries: { read: 40, lost: 0 } })
  const mended = await startStore({ ...quiet, folder })
  expect(mended.state).toEqual({ kind: 'ready' })
  expect((await mended.store?.maintain.checkIndex())?.isSound).toBe(true)
  expect(await mended.store?.maintain.search({ query: filled[4]?.question.slice(0, 10) ?? '', limit: 10 })).not.toEqual(
    [],
  )
  await mended.store?.close()
})

test('a refusal holds its finding', () => {
  const { folder, file } = filledFolder({ turns: 1 })
  truncateSync(file)
  expect(() => openHere(folder)).toThrow(StoreRefused)
})

function markUnclean(folder: string): void {
  const path = join(folder, 'store.json')
  const sidecar = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  writeFileSync(path, JSON.stringify({ ...sidecar, cleanlyClosed: false }))
}
