import { perLocale } from './per-locale.ts'
import { t } from './strings.ts'

const dayMs = 86_400_000

const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0)

const formats = perLocale((locale) => ({
  monthAndYear: new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }),
  month: new Intl.DateTimeFormat(locale, { month: 'long' }),
  moment: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
  day: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
  monthOfBooks: new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  seconds: new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
}))

/** Things of one stretch of time under its name. */
export interface DateGroup<Item> {
  name: string
  items: Item[]
}

function groupName(at: number, now: number): string {
  const today = startOfDay(now)
  if (at >= today) return t.sidebar.today
  // A day of clock change has 23 or 25 hours; half a day of slack finds the right midnight.
  if (at >= startOfDay(today - dayMs / 2)) return t.sidebar.yesterday
  if (at >= today - 7 * dayMs) return t.sidebar.week
  if (at >= today - 30 * dayMs) return t.sidebar.month
  return formats().monthAndYear.format(at)
}

/** Groups what is sorted newest first: today, yesterday, 7 days, 30 days, then by month. Keeps the order. */
export function groupByDate<Item>(items: readonly Item[], at: (item: Item) => number, now: number): DateGroup<Item>[] {
  const groups: DateGroup<Item>[] = []
  for (const item of items) {
    const name = groupName(at(item), now)
    const group = groups.find((known) => known.name === name)
    if (group) group.items.push(item)
    else groups.push({ name, items: [item] })
  }
  return groups
}

/** Such as "July". */
export const formatMonth = (at: number): string => formats().month.format(at)

/** Such as "Jul 3, 2026, 4:05 PM". */
export const formatMoment = (at: number): string => formats().moment.format(at)

/** A calendar day of the books, such as `2026-03-29`, as "March 29, 2026". */
export const formatDay = (day: string): string => formats().day.format(Date.parse(`${day}T00:00:00Z`))

/** A month of the books, such as `2026-03`, as "March 2026". */
export const formatMonthOf = (month: string): string =>
  formats().monthOfBooks.format(Date.parse(`${month}-01T00:00:00Z`))

/** Seconds with one decimal. */
export const formatSeconds = (ms: number): string => formats().seconds.format(ms / 1_000)
