import type { NanoUsd } from '../../contract/money.ts'
import type { BudgetRefusal, BudgetScope } from '../../contract/budget.ts'
import type { Price } from '../../contract/price.ts'
import { upperBound, type RequestSize } from './upper-bound.ts'

/** A calendar day as `2026-03-29`; text order is the order of time. */
export type Day = string

/** A calendar month as `2026-03`. */
export type Month = string

/** The zone that days and months are of, and the one that follows it after a day. */
export interface ZoneSetting {
  zone: string
  next: { zone: string; afterDay: Day } | null
}

/** Share of a limit, in percent, at which a person is told. */
export const thresholds = [50, 80, 100] as const

const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day of a moment (ms since 1970) in a zone. Throws a `RangeError` for a zone that does not exist. */
export function dayIn(zone: string, at: number): Day {
  let format = formats.get(zone)
  if (!format) {
    const fields = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      ...fields,
    })
    formats.set(zone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${parts['year']?.padStart(4, '0')}-${parts['month']}-${parts['day']}`
}

/** Whether this names a time zone that this runtime knows. */
export function isZone(zone: string): boolean {
  try {
    dayIn(zone, 0)
    return true
  } catch {
    return false
  }
}

/** The zone in force at a moment. A change waits until the day it was made on is over in the zone before it. */
export function zoneAt({ zone, next }: ZoneSetting, at: number): string {
  return next && dayIn(zone, at) > next.afterDay ? next.zone : zone
}

/**
 * The day a new attempt belongs to: today in the zone in force, but never a day before the newest one in the books, so that
 * a clock set back, or a zone further west, opens no window again.
 */
export function windowDay(setting: ZoneSetting, at: number, newestDay: Day | null): Day {
  const today = dayIn(zoneAt(setting, at), at)
  return newestDay !== null && newestDay > today ? newestDay : today
}

/** The setting after a person chose another zone on `today`: it starts the next day. */
export function changeZone(setting: ZoneSetting, zone: string, at: number, today: Day): ZoneSetting {
  const current = zoneAt(setting, at)
  return { zone: current, next: zone === current ? null : { zone, afterDay: today } }
}

/** The month a day is in. */
export function monthOf(day: Day): Month {
  return day.slice(0, 7)
}

/** How many days a month has: 28 to 31. */
export function daysInMonth(month: Month): number {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).getUTCDate()
}

/** A budget that applies to a turn, with what its window has used: settled, and held for what is open. */
export interface BudgetUse {
  budgetId: string
  scope: BudgetScope
  /** What is counted over: a turn id, a conversation id, a day or a month. */
  window: string
  limitNanoUsd: NanoUsd
  usedNanoUsd: NanoUsd
}

/** Whether a request fits into all budgets. `unpriced`: there is a budget and no price, so nothing bounds the cost. */
export type Fit = { kind: 'fits' } | { kind: 'unpriced' } | { kind: 'exceeded'; refusals: BudgetRefusal[] }

/** Decides whether an upper bound fits into every budget; the refusals name those that it does not, the worst first. */
export function decideFit(uses: readonly BudgetUse[], boundNanoUsd: NanoUsd | null): Fit {
  if (uses.length === 0) return { kind: 'fits' }
  if (boundNanoUsd === null) return { kind: 'unpriced' }
  const refusals = uses
    .map(({ budgetId, scope, limitNanoUsd, usedNanoUsd }) => ({
      budgetId,
      scope,
      limitNanoUsd,
      usedNanoUsd,
      neededNanoUsd: boundNanoUsd,
      overNanoUsd: usedNanoUsd + boundNanoUsd - limitNanoUsd,
      fittingMaxTokens: null,
    }))
    .filter(({ overNanoUsd }) => overNanoUsd > 0)
    .toSorted((a, b) => b.overNanoUsd - a.overNanoUsd)
  return refusals.length === 0 ? { kind: 'fits' } : { kind: 'exceeded', refusals }
}

/** The largest `max_tokens` with which a request would fit into what is left; `null`: not even with 1. */
export function fittingMaxTokens(size: RequestSize, price: Price, leftNanoUsd: NanoUsd): number | null {
  const fits = (maxTokens: number) => (upperBound({ ...size, maxTokens }, price) ?? Infinity) <= leftNanoUsd
  if (!fits(1)) return null
  let low = 1
  let high = Math.max(1, size.maxTokens ?? price.maxOutputTokens ?? price.contextTokens ?? 262_144)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(middle)) low = middle
    else high = middle - 1
  }
  return low
}

/** The thresholds a budget has reached, lowest first. A limit of zero is reached as soon as anything is used. */
export function reachedThresholds(limitNanoUsd: NanoUsd, usedNanoUsd: NanoUsd): (typeof thresholds)[number][] {
  if (usedNanoUsd <= 0) return []
  return thresholds.filter((percent) => BigInt(usedNanoUsd) * 100n >= BigInt(limitNanoUsd) * BigInt(percent))
}
