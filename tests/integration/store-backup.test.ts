import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { ConversationId } from '../../electron/contract/ids.ts'
import type { Backup } from '../../electron/contract/routes/store.ts'
import { backUp } from '../../electron/main/store/backup.ts'
import {
  blobsOfBackups,
  isBackupDue,
  listBackups,
  selectExpired,
  storeInfo,
  type BackupManifest,
} from '../../electron/main/store/backup-files.ts'
import { forgetInBackup } from '../../electron/main/store/backup-forget.ts'
import { createStoreHost } from '../../electron/main/store/host.ts'
import { createRecovery } from '../../electron/main/store/recovery-host.ts'
import { condemn, purgeStep, trashConversation } from '../../electron/main/store/trash.ts'
import { startStore } from '../../electron/main/store/start.ts'
import {
  filledFolder,
  fillStore,
  openHere,
  overwrite,
  pagesOf,
  ruinPage,
  testStart,
  workerUrl,
} from '../helpers/store.ts'

const day = 86_400_000
const free = () => 2 * 1024 ** 3 + 1000
const make = (reason: Backup['reason'], createdAt: number): BackupManifest => ({
  name: `${reason}-${createdAt}`,
  createdAt,
  reason,
  conversationCount: 0,
  messageCount: 0,
  sizeBytes: 0,
  storeId: '',
  schemaVersion: 1,
  ledgerCount: 0,
  ledgerHead: null,
  sha256: '',
  blobs: [],
})
const quiet = { workerUrl, onSlow: () => undefined, onDied: () => undefined, now: () => testStart }

test('a backup is a whole, checked, private copy with a manifest', async () => {
  const { folder } = filledFolder({ turns: 25 })
  const store = await createStoreHost({ ...quiet, folder, mode: 'read-write' })
  const backup = await store.maintain.backUp({ reason: 'daily', at: Date.UTC(2026, 1, 3, 4, 5, 6) })
  await store.close()
  expect(backup).toEqual({
    name: 'parley-20260203-040506-daily.db',
    createdAt: Date.UTC(2026, 1, 3, 4, 5, 6),
    reason: 'daily',
    conversationCount: 3,
    messageCount: 50,
    sizeBytes: statSync(join(folder, 'backups', backup.name)).size,
  })
  expect(storeInfo(folder)).toMatchObject({ folder, backups: [backup] })
  expect(readdirSync(join(folder, 'backups')).toSorted()).toEqual([
    'parley-20260203-040506-daily.db',
    'parley-20260203-040506-daily.json',
  ])
  if (process.platform !== 'win32') {
    for (const name of readdirSync(join(folder, 'backups')))
      expect(statSync(join(folder, 'backups', name)).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'backups')).mode & 0o777).toBe(0o700)
    for (const name of ['store.db', 'store.json']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
  }
  const manifest = listBackups(folder)[0]
  expect(manifest).toMatchObject({ schemaVersion: 1, ledgerCount: 50, blobs: [] })
  // Of another size than the manifest says: not a backup any more.
  truncateSync(join(folder, 'backups', backup.name), 4096)
  expect(listBackups(folder)).toEqual([])
})

test('a backup names the files it needs', () => {
  const { folder } = filledFolder({ turns: 1 })
  const { db, keeper } = openHere(folder)
  db.prepare(`INSERT INTO blob (hash, size_bytes, created_at) VALUES (?, 5, 1)`).run('a'.repeat(64))
  db.prepare(`INSERT INTO blob (hash, size_bytes, bytes, created_at) VALUES (?, 5, x'00', 1)`).run('b'.repeat(64))
  backUp(db, { reason: 'by-hand', at: testStart })
  keeper.close()
  expect(blobsOfBackups(folder)).toEqual(new Set(['a'.repeat(64)]))
})

test('no backup is made that would leave too little free, and it says why', () => {
  const { folder } = filledFolder({ turns: 3 })
  const { db, keeper } = openHere(folder)
  for (const reason of ['daily', 'by-hand'] as const) {
    expect(() => backUp(db, { reason, at: testStart }, { free })).toThrow(
      /store\.full.*would leave \d+ bytes free.*2147483648/,
    )
  }
  expect(listBackups(folder)).toEqual([])
  expect(backUp(db, { reason: 'before-migration', at: testStart }, { free }).reason).toBe('before-migration')
  expect(() => backUp(db, { reason: 'before-restore', at: testStart }, { free: () => 64 * 1024 ** 2 })).toThrow(
    'store.full',
  )
  keeper.close()
})

test('a store with a bad page is not backed up, and the backups before it stay', () => {
  const { folder, file } = filledFolder({ turns: 60 })
  const first = openHere(folder)
  const kept = backUp(first.db, { reason: 'daily', at: testStart })
  first.keeper.close()
  ruinPage(file, pagesOf(file, 'message', 'leaf')[2] ?? 0)
  const { db, keeper } = openHere(folder)
  expect(() => backUp(db, { reason: 'daily', at: testStart + day })).toThrow(/malformed|store\.damaged/)
  keeper.close()
  expect(listBackups(folder).map(({ name }) => name)).toEqual([kept.name])
  expect(readdirSync(join(folder, 'backups'))).toHaveLength(2)
})

test('what a killed backup left is removed at the next start; a foreign copy is not', () => {
  const { folder } = filledFolder({ turns: 1 })
  const first = openHere(folder)
  const kept = backUp(first.db, { reason: 'daily', at: testStart })
  first.keeper.close()
  const home = join(folder, 'backups')
  for (const name of [
    '.unfinished-parley-x.db',
    '.unfinished-parley-x.db-journal',
    'parley-y-daily.json',
    'parley-z.json.new',
    'mine.db',
  ]) {
    writeFileSync(join(home, name), 'x')
  }
  expect(listBackups(folder).map(({ name }) => name)).toEqual([kept.name])
  openHere(folder).keeper.close()
  expect(readdirSync(home).toSorted()).toEqual(['mine.db', kept.name, kept.name.replace('.db', '.json')])
})

test('7 daily and 4 weekly backups stay, and the newest 3 of each other reason', () => {
  let all: BackupManifest[] = []
  for (let number = 0; number < 90; number++) {
    all.push(make('daily', testStart + number * day))
    if (number % 10 === 0)
      all.push(make('before-migration', testStart + number * day), make('by-hand', testStart + number * day))
    const expired = new Set(selectExpired(all))
    all = all.filter((backup) => !expired.has(backup))
  }
  const ages = (reason: Backup['reason']) =>
    all.filter((one) => one.reason === reason).map(({ createdAt }) => 89 - (createdAt - testStart) / day)
  expect(
    ages('daily')
      .filter((age) => age < 7)
      .toSorted((a, b) => a - b),
  ).toEqual([0, 1, 2, 3, 4, 5, 6])
  const weekly = ages('daily').filter((age) => age >= 7)
  expect(weekly).toHaveLength(4)
  expect(Math.max(...weekly)).toBeGreaterThanOrEqual(21)
  expect(ages('by-hand').toSorted((a, b) => a - b)).toEqual([9, 19, 29])
  expect(ages('before-migration')).toHaveLength(3)
  expect(isBackupDue(testStart + 89 * day + 1, all.toReversed())).toBe(false)
  expect(isBackupDue(testStart + 90 * day, all.toReversed())).toBe(true)
  expect(isBackupDue(testStart, [])).toBe(true)
})

test('restore: the copy comes, the ledger stays whole, the present is kept twice', async () => {
  const { folder } = filledFolder({ turns: 10 })
  const first = openHere(folder)
  const backup = backUp(first.db, { reason: 'daily', at: testStart })
  fillStore(first.db, { turns: 7 })
  const spentBefore = first.db.prepare('SELECT id, hash FROM ledger_entry ORDER BY seq').all()
  first.keeper.afterWrite()
  first.keeper.close()

  const recovery = createRecovery({ folder, workerUrl, now: () => testStart + day })
  const { movedTo } = await recovery.restore(backup.name)
  expect(readdirSync(join(folder, movedTo))).toContain('store.db')
  expect(listBackups(folder).map(({ reason }) => reason)).toEqual(['before-restore', 'daily'])

  const { state, store } = await startStore({ ...quiet, folder })
  expect(state).toEqual({ kind: 'ready' })
  expect(await store?.read.listConversations()).toHaveLength(1)
  const audit = await store?.maintain.verifySpend()
  expect(audit).toEqual({ entryCount: 34, brokenEntries: [], wrongConversations: [], wrongDays: [] })
  expect((await store?.read.periodCost({ from: '0000-01-01', to: '9999-12-31' }))?.nanoUsd).toBe(17 * 500)
  await store?.close()
  const after = openHere(folder)
  expect(after.db.prepare('SELECT id, hash FROM ledger_entry ORDER BY seq').all()).toEqual(spentBefore)
  after.keeper.close()

  // And back again, from the copy made before.
  const before = listBackups(folder).find(({ reason }) => reason === 'before-restore')
  await recovery.restore(before?.name ?? '')
  const again = openHere(folder)
  expect(again.db.prepare('SELECT count(*) FROM message').pluck().get()).toBe(34)
  expect(again.db.prepare('SELECT id, hash FROM ledger_entry ORDER BY seq').all()).toEqual(spentBefore)
  again.keeper.close()
  expect(readdirSync(join(folder, 'damaged'))).toHaveLength(2)
})

test('restore over a damaged store takes the entries that can be read, and keeps the file', async () => {
  const { folder, file } = filledFolder({ turns: 40 })
  const first = openHere(folder)
  const backup = backUp(first.db, { reason: 'daily', at: testStart })
  fillStore(first.db, { turns: 60 })
  first.keeper.afterWrite()
  first.keeper.close()
  ruinPage(file, pagesOf(file, 'message', 'leaf')[1] ?? 0)
  const entryPages = pagesOf(file, 'ledger_entry', 'leaf')
  ruinPage(file, entryPages[entryPages.length - 4] ?? 0)
  const ruined = readFileSync(file)

  const { movedTo } = await createRecovery({ folder, workerUrl, now: () => testStart }).restore(backup.name)
  expect(readFileSync(join(folder, movedTo, 'store.db')).equals(ruined)).toBe(true)
  const { db, keeper } = openHere(folder)
  const entries = db.prepare('SELECT count(*) FROM ledger_entry').pluck().get() as number
  expect(entries).toBeGreaterThan(170)
  expect(entries).toBeLessThan(200)
  expect(db.prepare('SELECT count(*) FROM message').pluck().get()).toBe(80)
  keeper.close()
  // No copy of what cannot be copied whole.
  expect(listBackups(folder).map(({ reason }) => reason)).toEqual(['daily'])
})

test('restore over nothing at all', async () => {
  const { folder, file } = filledFolder({ turns: 4 })
  const first = openHere(folder)
  const backup = backUp(first.db, { reason: 'daily', at: testStart })
  first.keeper.close()
  rmSync(file)
  await createRecovery({ folder, workerUrl }).restore(backup.name)
  const { db, keeper } = openHere(folder)
  expect(db.prepare('SELECT count(*) FROM message').pluck().get()).toBe(8)
  keeper.close()
})

test('what was deleted for good does not come back with a backup', async () => {
  const { folder, filled } = filledFolder({ turns: 20 })
  const first = openHere(folder)
  const backup = backUp(first.db, { reason: 'daily', at: testStart })
  first.db.prepare('DELETE FROM conversation WHERE id = ?').run(filled[0]?.conversationId)
  first.db.prepare(`INSERT INTO tombstone VALUES ('conversation', ?, 1)`).run(filled[0]?.conversationId)
  first.keeper.afterWrite()
  first.keeper.close()
  await createRecovery({ folder, workerUrl }).restore(backup.name)
  const { db, keeper } = openHere(folder)
  expect(db.prepare('SELECT count(*) FROM message').pluck().get()).toBe(20)
  expect(db.prepare('SELECT count(*) FROM ledger_entry').pluck().get()).toBe(40)
  keeper.close()
})

test('a backup that is not there or has changed changes nothing', async () => {
  const { folder } = filledFolder({ turns: 4 })
  const first = openHere(folder)
  const backup = backUp(first.db, { reason: 'daily', at: testStart })
  first.keeper.close()
  const recovery = createRecovery({ folder, workerUrl })
  await expect(recovery.restore('../store.db')).rejects.toMatchObject({ failure: { code: 'backup.not-found' } })
  overwrite(join(folder, 'backups', backup.name), 5000, Buffer.from('x'))
  await expect(recovery.restore(backup.name)).rejects.toMatchObject({ failure: { code: 'recovery.failed' } })
  expect(existsSync(join(folder, 'damaged'))).toBe(false)
  expect(existsSync(join(folder, 'store.db.new'))).toBe(false)
  openHere(folder).keeper.close()
})

test('a backup forgets what was deleted for good, word for word, and stays a whole backup', () => {
  const { folder } = filledFolder({ turns: 25 })
  const { db, keeper } = openHere(folder)
  const [gone = '', kept = ''] = db.prepare<[], string>('SELECT id FROM conversation ORDER BY id').pluck().all()
  const texts = db
    .prepare<[string], string>(
      `SELECT p.text FROM message_part p JOIN message_revision r ON r.id = p.revision_id
       JOIN message m ON m.id = r.message_id WHERE m.conversation_id = ?`,
    )
    .pluck()
    .all(gone)
  expect(texts.length).toBeGreaterThan(5)
  const older = backUp(db, { reason: 'daily', at: testStart })
  const newer = backUp(db, { reason: 'by-hand', at: testStart + day })
  trashConversation(db, { conversationId: gone as ConversationId, deletedAt: testStart })
  condemn(db, { conversationIds: [gone as ConversationId], before: Number.MAX_SAFE_INTEGER, at: testStart + day })
  while (!purgeStep(db).isDone);

  expect(() => forgetInBackup(db, { free: () => 1000 })).toThrow('store.full')
  expect(listBackups(folder).map(({ name }) => name)).toEqual([newer.name, older.name])
  let rewritten = 0
  while (!forgetInBackup(db).isDone) rewritten += 1
  expect(rewritten).toBe(2)
  const backups = listBackups(folder)
  expect(backups.map(({ createdAt, reason }) => [createdAt, reason])).toEqual([
    [testStart + day, 'by-hand'],
    [testStart, 'daily'],
  ])
  for (const { name, conversationCount, ledgerCount, sha256 } of backups) {
    expect([conversationCount, ledgerCount]).toEqual([older.conversationCount - 1, 50])
    const bytes = readFileSync(join(folder, 'backups', name))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
    expect(texts.filter((text) => bytes.includes(text))).toEqual([])
    const copy = new BetterSqlite3(join(folder, 'backups', name), { readonly: true })
    expect(copy.prepare('SELECT count(*) FROM message WHERE conversation_id = ?').pluck().get(kept)).toBeGreaterThan(0)
    copy.close()
  }
  expect(readdirSync(join(folder, 'backups'))).toHaveLength(4)
  keeper.close()
})
