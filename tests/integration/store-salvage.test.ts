import { existsSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { Salvage } from '../../electron/contract/routes/store.ts'
import { checkIndex } from '../../electron/main/store/checks.ts'
import { salvage } from '../../electron/main/store/recovery.ts'
import { search } from '../../electron/main/store/search.ts'
import { verifySpend } from '../../electron/main/store/spend.ts'
import { filledFolder, openHere, overwrite, pagesOf, ruinPage, testStart, type FilledTurn } from '../helpers/store.ts'

interface Saved {
  result: Salvage
  /** Texts of the turns that are in the new store, as a person would find them. */
  texts: Set<string>
  nanoUsd: number
  spend: ReturnType<typeof verifySpend>
  conversationCount: number
}

/** Salvages, then opens the new store as a start does and reads it. */
function save(folder: string): Saved {
  const file = join(folder, 'store.db')
  const damaged = existsSync(file) ? readFileSync(file) : null
  const result = salvage({ folder, at: testStart, storeId: 'new-store' })
  if (damaged)
    expect(
      readFileSync(join(folder, result.movedTo, 'store.db')).equals(damaged),
      'the damaged file is kept as it was',
    ).toBe(true)
  const { db, keeper, isCheckDue } = openHere(folder)
  expect(isCheckDue).toBe(false)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
  expect(checkIndex(db).isSound).toBe(true)
  const shown = db.prepare<[], string>(
    `SELECT p.text FROM message_part p JOIN message_revision r ON r.id = p.revision_id
     JOIN message m ON m.id = r.message_id AND m.revision = r.number JOIN conversation c ON c.id = m.conversation_id`,
  )
  const saved = {
    result,
    texts: new Set(shown.pluck().all()),
    nanoUsd: db.prepare<[], number>('SELECT coalesce(sum(nano_usd), 0) FROM conversation_spend').pluck().get() ?? 0,
    spend: verifySpend(db),
    conversationCount: db.prepare<[], number>('SELECT count(*) FROM conversation').pluck().get() ?? 0,
  }
  expect(saved.spend.wrongConversations).toEqual([])
  expect(
    db.prepare('SELECT count(*) FROM conversation WHERE leaf_id IS NULL AND message_count > 0').pluck().get(),
  ).toBe(0)
  keeper.close()
  return saved
}

const textsOf = (filled: FilledTurn[]) => filled.flatMap(({ question, answer }) => [question, answer])
const missing = (filled: FilledTurn[], saved: Saved) => textsOf(filled).filter((text) => !saved.texts.has(text))

test('a sound store comes out whole', () => {
  const { folder, filled } = filledFolder({ turns: 40 })
  const saved = save(folder)
  expect(missing(filled, saved)).toEqual([])
  expect(saved.result).toEqual({
    conversations: { read: 4, lost: 0 },
    messages: { read: 80, lost: 0 },
    ledgerEntries: { read: 80, lost: 0 },
    movedTo: 'damaged/20260101-000000',
  })
  expect(saved.spend).toEqual({ entryCount: 80, brokenEntries: [], wrongConversations: [] })
})

describe('a bad page', () => {
  const turns = 120

  test('of texts: a few texts are gone, everything else is there', () => {
    const { folder, file, filled } = filledFolder({ turns })
    ruinPage(file, pagesOf(file, 'message_part', 'leaf')[5] ?? 0)
    const saved = save(folder)
    expect(missing(filled, saved).length).toBeGreaterThan(0)
    expect(missing(filled, saved).length).toBeLessThan(20)
    const lost = missing(filled, saved).length
    expect(saved.result.messages).toEqual({ read: 240 - lost, lost })
  })

  test('of messages, of revisions: what their indexes hold brings every text back', () => {
    for (const table of ['message', 'message_revision']) {
      const { folder, file, filled } = filledFolder({ turns })
      for (const page of pagesOf(file, table, 'leaf').slice(1, 3)) ruinPage(file, page)
      const saved = save(folder)
      expect(missing(filled, saved), table).toEqual([])
      expect(saved.result.messages).toEqual({ read: 240, lost: 0 })
    }
  })

  test('of messages and their indexes: the rest of each conversation stays together', () => {
    const { folder, file, filled } = filledFolder({ turns })
    ruinPage(file, pagesOf(file, 'message', 'leaf')[3] ?? 0)
    ruinPage(file, pagesOf(file, 'message_by_conversation', 'leaf')[0] ?? 0)
    const saved = save(folder)
    expect(saved.result.conversations).toEqual({ read: 12, lost: 0 })
    expect(saved.result.messages.read).toBeGreaterThan(200)
    expect(saved.result.messages.read + saved.result.messages.lost).toBe(240)
    expect(missing(filled, saved).length).toBe(saved.result.messages.lost)
  })

  test('of conversations: their messages bring them back', () => {
    const { folder, file, filled } = filledFolder({ turns: 400, perConversation: 4 })
    ruinPage(file, pagesOf(file, 'conversation', 'leaf')[1] ?? 0)
    const saved = save(folder)
    expect(missing(filled, saved)).toEqual([])
    expect(saved.conversationCount).toBe(100)
  })

  test('of the connection: conversations and money stay', () => {
    const { folder, file, filled } = filledFolder({ turns })
    ruinPage(file, pagesOf(file, 'connection')[0] ?? 0)
    const saved = save(folder)
    expect(missing(filled, saved)).toEqual([])
    expect(saved.nanoUsd).toBe(turns * 500)
  })

  test('of attempts: what was spent stays', () => {
    const { folder, file } = filledFolder({ turns })
    for (const page of pagesOf(file, 'attempt', 'leaf').slice(1, 4)) ruinPage(file, page)
    const saved = save(folder)
    expect(saved.result.ledgerEntries).toEqual({ read: 240, lost: 0 })
    expect(saved.nanoUsd).toBe(turns * 500)
    expect(saved.spend.brokenEntries).toEqual([])
  })

  test('of the ledger: the others stay, and the chain says where it broke', () => {
    const { folder, file } = filledFolder({ turns })
    ruinPage(file, pagesOf(file, 'ledger_entry', 'leaf')[4] ?? 0)
    const { result, spend } = save(folder)
    expect(result.ledgerEntries.lost).toBeGreaterThan(0)
    expect(result.ledgerEntries.lost).toBeLessThan(20)
    expect(result.ledgerEntries.read + result.ledgerEntries.lost).toBe(240)
    expect(spend.brokenEntries).toHaveLength(1)
  })

  test('of an inner node, of the root: the rows below it are found without it', () => {
    for (const table of ['message_part', 'message', 'message_revision', 'ledger_entry', 'attempt', 'conversation']) {
      const { folder, file, filled } = filledFolder({ turns: 200, perConversation: 4 })
      const inner = pagesOf(file, table, 'internal')
      expect(inner.length, table).toBeGreaterThan(0)
      for (const page of inner) ruinPage(file, page)
      const saved = save(folder)
      expect(missing(filled, saved), table).toEqual([])
      expect(saved.result, table).toMatchObject({
        messages: { read: 400, lost: 0 },
        ledgerEntries: { read: 400, lost: 0 },
      })
      expect(saved.spend.brokenEntries, table).toEqual([])
      expect(saved.nanoUsd, table).toBe(200 * 500)
    }
  })

  test('of a long text: the others are there', () => {
    const { folder, file, filled } = filledFolder({ turns: 30, words: 3_000 })
    ruinPage(file, pagesOf(file, 'message_part', 'overflow')[10] ?? 0)
    ruinPage(file, pagesOf(file, 'message_part', 'internal')[0] ?? 0)
    const saved = save(folder)
    expect(missing(filled, saved).length).toBeLessThanOrEqual(1)
  })
})

test('a garbage header, and a first page that is gone', () => {
  for (const length of [16, 100, 4096]) {
    const { folder, file, filled } = filledFolder({ turns: 30 })
    overwrite(file, 0, Buffer.alloc(length, 0x41))
    const saved = save(folder)
    expect(missing(filled, saved)).toEqual([])
    expect(saved.spend.brokenEntries).toEqual([])
  }
})

test('a file that was cut off keeps what is before the cut', () => {
  const { folder, file } = filledFolder({ turns: 200 })
  truncateSync(file, Math.floor(statSync(file).size * 0.6))
  const { result } = save(folder)
  expect(result.messages.read).toBeGreaterThan(50)
  expect(result.messages.read + result.messages.lost).toBeGreaterThanOrEqual(400)
})

test('where nothing is left a new store begins, and what was known counts as lost', () => {
  for (const ruin of [
    (file: string) => truncateSync(file),
    (file: string) => rmSync(file),
    (file: string) => writeFileSync(file, Buffer.alloc(70_000, 7)),
  ]) {
    const { folder, file } = filledFolder({ turns: 12 })
    ruin(file)
    expect(save(folder).result).toMatchObject({
      conversations: { read: 0, lost: 2 },
      messages: { read: 0, lost: 24 },
      ledgerEntries: { read: 0, lost: 24 },
    })
  }
})

test('an outside file keeps its own id, and a second salvage in the same second its own folder', () => {
  const { folder } = filledFolder({ turns: 2 })
  const id = new BetterSqlite3(join(folder, 'store.db')).prepare('SELECT id FROM store').pluck().get()
  save(folder)
  save(folder)
  const { db, keeper } = openHere(folder)
  expect(db.prepare('SELECT id FROM store').pluck().get()).toBe(id)
  expect(search(db, { query: 'question', limit: 10 })).not.toEqual([])
  keeper.close()
  expect(readdirSync(join(folder, 'damaged')).toSorted()).toEqual(['20260101-000000', '20260101-000000-2'])
})

test('whatever is overwritten, salvage ends with a sound store', () => {
  // A fixed sequence, so that a failure can be looked at.
  let seed = 20_260_101
  const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % below
  const base = filledFolder({ turns: 60 })
  const original = readFileSync(base.file)
  let whole = 0
  for (let round = 0; round < 25; round++) {
    const { folder, file } = { folder: base.folder, file: base.file }
    const ruined = Buffer.from(original)
    for (let wound = 0; wound <= round % 5; wound++) {
      const at = random(ruined.length)
      if (round % 3 === 0) ruined[at]! ^= 1 << random(8)
      else if (round % 3 === 1) ruined.fill(random(256), at, at + random(9_000))
      else ruined.copy(ruined, at, random(ruined.length - 4096), random(ruined.length))
    }
    writeFileSync(file, ruined)
    const { result } = save(folder)
    expect(result.messages.read + result.messages.lost, `round ${round}`).toBeGreaterThan(0)
    if (result.messages.lost === 0) whole += 1
    rmSync(join(folder, 'damaged'), { recursive: true })
    for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
    writeFileSync(
      join(folder, 'store.json'),
      readFileSync(join(folder, 'store.json'), 'utf8').replace(/"messageCount": \d+/, '"messageCount": 120'),
    )
  }
  expect(whole).toBeGreaterThan(0)
})
