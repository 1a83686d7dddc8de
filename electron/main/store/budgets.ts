import { randomUUID } from 'node:crypto'
import type { BudgetScope } from '../../contract/budget.ts'
import { fail } from '../../contract/errors.ts'
import type { ConversationId, TurnId } from '../../contract/ids.ts'
import type { NanoUsd } from '../../contract/money.ts'
import type { Budget } from '../../contract/routes/budgets.ts'
import {
  changeZone,
  isZone,
  monthOf,
  windowDay,
  zoneAt,
  type BudgetUse,
  type Day,
  type Month,
  type ZoneSetting,
} from '../core/budget.ts'
import { sql, transact, type Database } from './database.ts'
import { writeSettings } from './settings.ts'

const zoneKey = 'spendZone'

/** The zone of days and months as stored; at first the system's. */
function readZone(db: Database): ZoneSetting {
  const row = sql<[string], { value: string }>(db, 'SELECT value FROM setting WHERE key = ?').get(zoneKey)
  const value = row ? (JSON.parse(row.value) as Partial<ZoneSetting> | null) : null
  if (typeof value?.zone === 'string' && isZone(value.zone)) {
    const next = value.next && isZone(value.next.zone) ? value.next : null
    return { zone: value.zone, next }
  }
  return { zone: new Intl.DateTimeFormat().resolvedOptions().timeZone, next: null }
}

/** The calendar windows that hold at a moment. */
export interface SpendWindow {
  day: Day
  month: Month
  zone: string
  /** A zone that starts on the next day. */
  nextZone: string | null
  /** The clock says a day before the newest one in the books; that one goes on. */
  isClockBehind: boolean
}

/** The day and month that an attempt reserved at `at` belongs to. */
export function spendWindow(db: Database, input: { at: number }): SpendWindow {
  const setting = readZone(db)
  const newest = sql<[], { day: Day | null }>(db, 'SELECT max(day) AS day FROM attempt').get()?.day ?? null
  const day = windowDay(setting, input.at, newest)
  const zone = zoneAt(setting, input.at)
  return {
    day,
    month: monthOf(day),
    zone,
    nextZone: setting.next && setting.next.zone !== zone ? setting.next.zone : null,
    isClockBehind: day > windowDay(setting, input.at, null),
  }
}

/** Keeps the system's zone as the one of the books, once: travelling does not change it. */
export function fixZone(db: Database, input: { at: number }): void {
  transact(db, () => {
    if (sql<[string]>(db, 'SELECT 1 FROM setting WHERE key = ?').get(zoneKey)) return
    writeSettings(db, { values: { [zoneKey]: readZone(db) }, at: input.at })
  })
}

/** Changes the zone of days and months; it starts on the next day. Fails with `input.invalid` for a zone that does not exist. */
export function setZone(db: Database, input: { zone: string; at: number }): SpendWindow {
  if (!isZone(input.zone)) throw fail('input.invalid', { field: 'zone', range: 'a time zone such as Europe/Berlin' })
  return transact(db, () => {
    const { day } = spendWindow(db, input)
    writeSettings(db, { values: { [zoneKey]: changeZone(readZone(db), input.zone, input.at, day) }, at: input.at })
    return spendWindow(db, input)
  })
}

const columns =
  'id, scope, conversation_id AS conversationId, limit_nano_usd AS limitNanoUsd, created_at AS createdAt, ended_at AS endedAt'

/** Budgets in force; with `withEnded` those before them too, newest first. */
export function listBudgets(db: Database, input: { withEnded: boolean }): Budget[] {
  const where = input.withEnded ? '' : 'WHERE ended_at IS NULL'
  return sql<[], Budget>(db, `SELECT ${columns} FROM budget ${where} ORDER BY created_at DESC, rowid DESC`).all()
}

/** Ends the budget of this scope and, with a limit, begins another. The old row stays. */
export function setBudget(
  db: Database,
  input: { scope: BudgetScope; conversationId: ConversationId | null; limitNanoUsd: NanoUsd | null; at: number },
): Budget[] {
  transact(db, () => {
    sql(db, 'UPDATE budget SET ended_at = ? WHERE ended_at IS NULL AND scope = ? AND conversation_id IS ?').run(
      input.at,
      input.scope,
      input.conversationId,
    )
    if (input.limitNanoUsd === null) return
    sql(db, 'INSERT INTO budget (id, scope, conversation_id, limit_nano_usd, created_at) VALUES (?, ?, ?, ?, ?)').run(
      randomUUID(),
      input.scope,
      input.conversationId,
      input.limitNanoUsd,
      input.at,
    )
  })
  return listBudgets(db, { withEnded: false })
}

/** Where in the books something is spent. `turnId` null: what a new turn would find. */
export interface SpendPlace {
  conversationId: ConversationId | null
  turnId: TurnId | null
  day: Day
}

/** Every budget in force that applies at a place, with what its window has used. */
export function budgetUses(db: Database, place: SpendPlace): BudgetUse[] {
  const budgets = sql<[string | null], Budget>(
    db,
    `SELECT ${columns} FROM budget WHERE ended_at IS NULL AND (conversation_id IS NULL OR conversation_id = ?)`,
  ).all(place.conversationId)
  const hasOwn = budgets.some(({ conversationId }) => conversationId !== null)
  return budgets
    .filter(({ scope, conversationId }) => scope !== 'conversation' || !hasOwn || conversationId !== null)
    .map(({ id, scope, limitNanoUsd }) => ({ budgetId: id, scope, limitNanoUsd, ...used(db, scope, place) }))
}

function used(db: Database, scope: BudgetScope, place: SpendPlace): { window: string; usedNanoUsd: NanoUsd } {
  const one = (text: string, ...values: (string | null)[]) =>
    sql<(string | null)[], { used: number | null }>(db, text).get(...values)?.used ?? 0
  const sum = 'sum(nano_usd + reserved_nano_usd) AS used'
  if (scope === 'day')
    return { window: place.day, usedNanoUsd: one(`SELECT ${sum} FROM day_spend WHERE day = ?`, place.day) }
  if (scope === 'month') {
    const month = monthOf(place.day)
    const text = `SELECT ${sum} FROM day_spend WHERE day BETWEEN ? AND ?`
    return { window: month, usedNanoUsd: one(text, `${month}-01`, `${month}-31`) }
  }
  if (scope === 'conversation') {
    const text = `SELECT ${sum} FROM conversation_spend WHERE conversation_id = ?`
    return { window: place.conversationId ?? '', usedNanoUsd: one(text, place.conversationId) }
  }
  const text = `SELECT sum(CASE WHEN v.kind IS NULL OR v.source = 'unknown' THEN coalesce(v.reserved_nano_usd, 0)
      ELSE v.nano_usd END) AS used
    FROM attempt a JOIN attempt_cost v ON v.attempt_id = a.id WHERE a.turn_id = ?`
  return { window: place.turnId ?? '', usedNanoUsd: place.turnId === null ? 0 : one(text, place.turnId) }
}

/** What a turn that is about to begin finds: whether it is a known one, and the budgets that apply to it. */
export function budgetsBefore(
  db: Database,
  input: { conversationId: ConversationId | null; turnId: TurnId; at: number },
): { isKnownTurn: boolean; uses: BudgetUse[] } {
  const isKnownTurn = sql<[string]>(db, 'SELECT 1 FROM message WHERE turn_id = ?').get(input.turnId) !== undefined
  const { day } = spendWindow(db, input)
  return { isKnownTurn, uses: budgetUses(db, { ...input, day }) }
}
