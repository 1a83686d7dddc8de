import { perLocale } from './per-locale.ts'

/** A calendar day of the books such as `2026-03-29`. It has no zone: it is formatted as it is written. */
export type Day = string

const dayMs = 86_400_000
const formats = perLocale((locale) => {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  return {
    day: format({ month: 'short', day: 'numeric' }),
    wholeDay: format({ dateStyle: 'full' }),
    monthYear: format({ month: 'long', year: 'numeric' }),
    month: format({ month: 'short' }),
    weekday: format({ weekday: 'short' }),
  }
})

const at = (day: Day) => Date.parse(`${day}T00:00:00Z`)
const dayOf = (ms: number): Day => new Date(ms).toISOString().slice(0, 10)

/** The day so many days later, or earlier. */
export const addDays = (day: Day, days: number): Day => dayOf(at(day) + days * dayMs)

/** All days from one to another, both included. */
export function daysBetween(from: Day, to: Day): Day[] {
  const days: Day[] = []
  for (let ms = at(from); ms <= at(to); ms += dayMs) days.push(dayOf(ms))
  return days
}

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: Day): number => (new Date(at(day)).getUTCDay() + 6) % 7

/** First and last day of a month such as `2026-03`. */
export function monthRange(month: string): { from: Day; to: Day } {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return { from: `${month}-01`, to: dayOf(Date.UTC(year, number, 0)) }
}

/** The month so many months later, or earlier. */
export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return dayOf(Date.UTC(year, number - 1 + months, 1)).slice(0, 7)
}

/** Such as "Mar 29". */
export const formatDay = (day: Day): string => formats().day.format(at(day))

/** Such as "Sunday, March 29, 2026". */
export const formatWholeDay = (day: Day): string => formats().wholeDay.format(at(day))

/** Such as "March 2026", of a month such as `2026-03`. */
export const formatMonthYear = (month: string): string => formats().monthYear.format(at(`${month}-01`))

/** Such as "Mar". */
export const formatMonthShort = (month: string): string => formats().month.format(at(`${month}-01`))

/** The short name of a weekday, 0 for Monday. */
export const weekdayName = (weekday: number): string => formats().weekday.format(at('2024-01-01') + weekday * dayMs)
