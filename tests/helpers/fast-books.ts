import { expect } from 'vitest'
import { budgetUses } from '../../electron/main/store/budgets.ts'
import { exportLedger } from '../../electron/main/store/ledger-export.ts'
import type { Database } from '../../electron/main/store/database.ts'
import { ledgerPage, type LedgerQuery } from '../../electron/main/store/ledger-page.ts'
import { periodCost } from '../../electron/main/store/spend.ts'
import { monthCourse, spendByConversation, spendByDay, spendByMonth } from '../../electron/main/store/spend-sums.ts'
import type { ConversationId } from '../../electron/contract/ids.ts'
import { fillBooks } from './books.ts'
import { openHere, temporaryFolder } from './store.ts'

/** How many rows a filter finds, over all pages. */
function everyRow(db: Database, filter: Partial<LedgerQuery>): number {
  let found = 0
  for (let cursor: string | null = null; ;) {
    const page = ledgerPage(db, { ...filter, cursor, limit: 200 })
    found += page.rows.length
    cursor = page.cursor
    if (cursor === null) return found
  }
}

/** Fills books, asks everything the spend page asks, checks the sums against the rows, and gives how long each took. */
export function expectFastBooks(size: { attempts: number; conversations: number }): {
  worstMs: number
  times: Record<string, number>
} {
  const { db, keeper } = openHere(temporaryFolder())
  const total = fillBooks(db, size)
  const times: Record<string, number> = {}
  const timed = <Value>(name: string, ask: () => Value): Value => {
    const from = performance.now()
    const value = ask()
    times[name] = Math.round((performance.now() - from) * 10) / 10
    return value
  }
  const all = { from: '0000-01-01', to: '9999-12-31' }
  const end = new Date(Date.UTC(2024, 0, 1) + (size.attempts - 1) * 2_160_000)
  const day = end.toISOString().slice(0, 10)
  const year = { from: `${end.getUTCFullYear() - 1}${day.slice(4)}`, to: day }

  expect(timed('total', () => periodCost(db, all)).nanoUsd).toBe(total)
  const days = timed('days', () => spendByDay(db, all))
  expect(days.reduce((sum, { cost }) => sum + cost.nanoUsd, 0)).toBe(
    periodCost(db, { from: days[0]?.day ?? '', to: days.at(-1)?.day ?? '' }).nanoUsd,
  )
  expect(timed('months', () => spendByMonth(db)).reduce((sum, { cost }) => sum + cost.nanoUsd, 0)).toBe(total)
  const dearest = timed('conversations', () => spendByConversation(db, { ...all, offset: 0, limit: 100 }))
  expect(dearest).toHaveLength(100)
  // All time has sums of its own: they are those of the days.
  const byDays = spendByConversation(db, { from: '0000-01-02', to: all.to, offset: 0, limit: 100 })
  expect(dearest).toEqual(byDays)
  timed('conversations of a year', () => spendByConversation(db, { ...year, offset: 0, limit: 100 }))
  timed('heat calendar', () => spendByDay(db, year))
  timed('course', () => monthCourse(db, { at: end.getTime() }))
  const conversationId = dearest[0]?.conversationId as ConversationId
  timed('budgets', () => budgetUses(db, { conversationId, turnId: null, day }))

  const page = { cursor: null, limit: 100 }
  const newest = timed('ledger', () => ledgerPage(db, page))
  expect(newest.rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, place) => size.attempts - place))
  const second = timed('ledger, next page', () => ledgerPage(db, { ...page, cursor: newest.cursor }))
  expect(second.rows[0]?.seq).toBe(size.attempts - 100)
  const one = timed('ledger of a conversation', () => ledgerPage(db, { ...page, conversationId, limit: 200 }))
  expect(one.rows.reduce((sum, { nanoUsd }) => sum + (nanoUsd ?? 0), 0)).toBeLessThanOrEqual(
    dearest[0]?.cost.nanoUsd ?? 0,
  )
  timed('ledger of an old day', () => ledgerPage(db, { ...page, from: '2024-02-01', to: '2024-02-01' }))
  timed('ledger, unknown ones', () => ledgerPage(db, { ...page, states: ['unknown'] }))
  const open = timed('all that is open', () => everyRow(db, { states: ['held', 'unknown'] }))
  expect(open).toBe(Math.ceil(size.attempts / 997))
  timed('export, a page', () => exportLedger(db, { format: 'csv', cursor: `${size.attempts} ${'0'.repeat(64)}` }))
  keeper.close()
  return { worstMs: Math.max(...Object.values(times)), times }
}
