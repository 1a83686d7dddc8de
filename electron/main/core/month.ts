/** First moment of the calendar month of `at` in the time zone of the system, in ms since 1970. */
export function monthStart(at: number): number {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), 1).getTime()
}
