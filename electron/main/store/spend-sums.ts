import type { ConversationId } from '../../contract/ids.ts'
import type { Cost, NanoUsd } from '../../contract/money.ts'
import type { ConversationSpend, DaySpend, MonthCourse, MonthSpend } from '../../contract/routes/spend.ts'
import { daysInMonth } from '../core/budget.ts'
import { spendWindow } from './budgets.ts'
import { sql, type Database } from './database.ts'
import { periodCost } from './spend.ts'

const sums = `sum(s.nano_usd) AS nanoUsd, sum(s.computed_nano_usd) AS computedNanoUsd,
  sum(s.unknown_count) AS unknownCount, sum(s.reserved_nano_usd) AS reservedNanoUsd`

const costOf = ({ nanoUsd, computedNanoUsd, unknownCount, reservedNanoUsd }: Cost): Cost => ({
  nanoUsd,
  computedNanoUsd,
  unknownCount,
  reservedNanoUsd,
})

/** What each day has cost, oldest first; days without spending are left out. Days inclusive, at most 3,700 of them. */
export function spendByDay(db: Database, input: { from: string; to: string }): DaySpend[] {
  return sql<[string, string], Cost & { day: string }>(
    db,
    `SELECT s.day, ${sums} FROM day_spend s WHERE s.day BETWEEN ? AND ? GROUP BY s.day ORDER BY s.day LIMIT 3700`,
  )
    .all(input.from, input.to)
    .map((row) => ({ day: row.day, cost: costOf(row) }))
}

/** What each month has cost, oldest first. */
export function spendByMonth(db: Database): MonthSpend[] {
  return sql<[], Cost & { month: string }>(
    db,
    `SELECT substr(s.day, 1, 7) AS month, ${sums} FROM day_spend s GROUP BY 1 ORDER BY 1`,
  )
    .all()
    .map((row) => ({ month: row.month, cost: costOf(row) }))
}

const always = { from: '0000-01-01', to: '9999-12-31' }

/** Conversations by what they have cost within some days, dearest first (held money counts where nothing is settled). */
export function spendByConversation(
  db: Database,
  input: { from: string; to: string; offset: number; limit: number },
): ConversationSpend[] {
  // All time has sums of its own, far fewer than those of the days.
  const isAlways = input.from <= always.from && input.to >= always.to
  const from = isAlways ? 'conversation_spend s' : 'conversation_day_spend s WHERE s.day BETWEEN ? AND ?'
  return sql<(string | number)[], Cost & { id: ConversationId; title: string | null; isDeleted: 0 | 1 }>(
    db,
    `SELECT t.*, c.title, coalesce(c.deleted_at IS NOT NULL, 0) AS isDeleted FROM (
       SELECT s.conversation_id AS id, ${sums} FROM ${from} GROUP BY s.conversation_id ORDER BY nanoUsd DESC, reservedNanoUsd DESC, id LIMIT ? OFFSET ?
     ) t LEFT JOIN conversation c ON c.id = t.id ORDER BY t.nanoUsd DESC, t.reservedNanoUsd DESC, t.id`,
  )
    .all(...(isAlways ? [] : [input.from, input.to]), input.limit, input.offset)
    .map((row) => ({ conversationId: row.id, title: row.title, isDeleted: row.isDeleted === 1, cost: costOf(row) }))
}

/** How the month goes: what it cost so far, what it comes to at this pace, and whether its budget bears that. */
export function monthCourse(db: Database, input: { at: number }): MonthCourse {
  const { day, month } = spendWindow(db, input)
  const cost = periodCost(db, { from: `${month}-01`, to: `${month}-31` })
  const dayOfMonth = Number(day.slice(8))
  const days = daysInMonth(month)
  const used = cost.nanoUsd + cost.reservedNanoUsd
  const expectedNanoUsd = Number((BigInt(used) * BigInt(days) + BigInt(dayOfMonth) - 1n) / BigInt(dayOfMonth))
  const limit = sql<[], { limit: NanoUsd }>(
    db,
    `SELECT limit_nano_usd AS "limit" FROM budget WHERE scope = 'month' AND ended_at IS NULL`,
  ).get()
  const limitNanoUsd = limit?.limit ?? null
  const isOnCourse = limitNanoUsd === null || expectedNanoUsd <= limitNanoUsd
  return { month, day, dayOfMonth, daysInMonth: days, cost, expectedNanoUsd, limitNanoUsd, isOnCourse }
}
