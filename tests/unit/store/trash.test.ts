import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  createConversation,
  listConversations,
  pinConversation,
  renameConversation,
  saveDraft,
} from '../../../electron/main/store/conversations.ts'
import { conversationCost, verifySpend } from '../../../electron/main/store/spend.ts'
import { search } from '../../../electron/main/store/search.ts'
import {
  condemn,
  keptInTrashMs,
  listTrash,
  purgeStep,
  trashConversation,
  trashConversations,
} from '../../../electron/main/store/trash.ts'
import { fillStore, openHere, temporaryFolder, testStart } from '../../helpers/store.ts'

const before = Number.MAX_SAFE_INTEGER

function filled(turns = 30) {
  const folder = temporaryFolder()
  const { db, keeper } = openHere(folder)
  const ids = [...new Set(fillStore(db, { turns }).map((turn) => turn.conversationId))]
  const purge = () => {
    let steps = 1
    while (!purgeStep(db).isDone) steps += 1
    return steps
  }
  return { folder, db, keeper, ids, purge }
}

it('pinned conversations come first, each group with the newest first', () => {
  const { db, ids } = filled(40)
  const [a, b, c, d] = ids as [(typeof ids)[0], (typeof ids)[0], (typeof ids)[0], (typeof ids)[0]]
  pinConversation(db, { conversationId: a, pinnedAt: testStart })
  pinConversation(db, { conversationId: c, pinnedAt: testStart + 1 })
  expect(listConversations(db).map(({ id, isPinned }) => [id, isPinned])).toEqual([
    [c, true],
    [a, true],
    [d, false],
    [b, false],
  ])
  pinConversation(db, { conversationId: a, pinnedAt: null })
  expect(listConversations(db).map(({ id }) => id)).toEqual([c, d, b, a])
})

it('the trash keeps conversations for 30 days, gives them back, and is not searched', () => {
  const { db, ids } = filled()
  trashConversations(db, { conversationIds: ids.slice(0, 2), deletedAt: testStart })
  trashConversation(db, { conversationId: ids[0]!, deletedAt: testStart + 5 })
  expect(listTrash(db)).toMatchObject([
    { id: ids[1], deletedAt: testStart, purgeAt: testStart + keptInTrashMs },
    { id: ids[0], deletedAt: testStart },
  ])
  expect(listConversations(db).map(({ id }) => id)).toEqual([ids[2]])
  expect(new Set(search(db, { query: 'question', limit: 50 }).map((hit) => hit.conversationId))).toEqual(
    new Set([ids[2]]),
  )
  trashConversations(db, { conversationIds: ids.slice(0, 1), deletedAt: null })
  expect(listTrash(db).map(({ id }) => id)).toEqual([ids[1]])
  expect(search(db, { query: 'question 3', limit: 50 }).map((hit) => hit.conversationId)).toContain(ids[0])
})

it('deleted for good: no word of it is left in any file, the books stay as they were', () => {
  const { folder, db, keeper, ids, purge } = filled()
  const [gone, kept] = ids as [(typeof ids)[0], (typeof ids)[0]]
  saveDraft(db, { conversationId: gone, text: 'canarydraft', at: testStart })
  renameConversation(db, { conversationId: gone, title: 'canarytitle' })
  const words = db.prepare('SELECT text FROM message_part LIMIT 20').pluck().all() as string[]
  const cost = conversationCost(db, { conversationId: gone })
  const entries = db.prepare('SELECT * FROM ledger_entry').all()
  const attempts = db.prepare('SELECT * FROM attempt').all()
  expect(cost.nanoUsd).toBeGreaterThan(0)
  trashConversation(db, { conversationId: gone, deletedAt: testStart })
  expect(condemn(db, { conversationIds: [gone, kept], before, at: testStart })).toBe(1)
  expect(listTrash(db)).toEqual([])
  expect(() => trashConversation(db, { conversationId: gone, deletedAt: null })).toThrow('conversation.not-found')
  purge()
  expect(db.prepare('SELECT count(*) FROM message WHERE conversation_id = ?').pluck().get(gone)).toBe(0)
  expect(db.prepare(`SELECT id FROM tombstone WHERE entity = 'conversation'`).pluck().all()).toEqual([gone])
  expect(db.prepare('SELECT * FROM ledger_entry').all()).toEqual(entries)
  expect(db.prepare('SELECT * FROM attempt').all()).toEqual(attempts)
  expect(conversationCost(db, { conversationId: gone })).toEqual(cost)
  expect(verifySpend(db)).toMatchObject({ brokenEntries: [], wrongConversations: [] })
  db.prepare(`INSERT INTO message_index (message_index, rank) VALUES ('integrity-check', 1)`).run()
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  keeper.close()
  const bytes = readdirSync(folder)
    .filter((name) => name.startsWith('store.db'))
    .map((name) => readFileSync(join(folder, name)).toString('latin1'))
    .join('\n')
  expect(bytes).not.toContain('canarydraft')
  expect(bytes).not.toContain('canarytitle')
  for (const text of words) expect(bytes).not.toContain(text)
})

it('a long one goes in steps, and only after 30 days by itself', () => {
  const { db, ids, purge } = filled(300)
  trashConversations(db, { conversationIds: ids.slice(0, 2), deletedAt: testStart })
  trashConversation(db, { conversationId: ids[2]!, deletedAt: testStart + 1_000 })
  const at = testStart + keptInTrashMs + 500
  expect(condemn(db, { conversationIds: 'all', before: at - keptInTrashMs, at })).toBe(2)
  expect(purge()).toBeGreaterThan(2)
  expect(listTrash(db).map(({ id }) => id)).toEqual([ids[2]])
  expect(listConversations(db)).toHaveLength(ids.length - 3)
})

it('a new chat with other defaults is another one; an untouched one with the same is handed over', () => {
  const { db } = openHere(temporaryFolder())
  db.prepare(`INSERT INTO connection VALUES ('c', 'api', 'https://api.example', 0)`).run()
  const make = (parameters: Record<string, unknown>) =>
    createConversation(db, { connectionId: 'c', parameters, at: testStart }).id
  const first = make({})
  expect(make({})).toBe(first)
  expect(make({ temperature: 0.5 })).not.toBe(first)
  expect(make({})).toBe(first)
})
