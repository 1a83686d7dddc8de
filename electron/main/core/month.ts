import type { Month } from './budget.ts'

/** First moment of a calendar month such as `2026-03` on the clock of this machine, in ms since 1970, to be shown as its name. */
export function monthStart(month: Month): number {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(year, number - 1, 1).getTime()
}
