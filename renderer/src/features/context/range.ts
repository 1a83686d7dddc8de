/** The places from one to another, both included, lowest first. */
export function placesBetween(from: number, to: number): number[] {
  const [low, high] = from < to ? [from, to] : [to, from]
  return Array.from({ length: high - low + 1 }, (_, step) => low + step)
}

/** Where a key leads in a list of `length`; `null`: it does not move. */
export function placeAfterKey(key: string, at: number, length: number, page: number): number | null {
  const last = length - 1
  const places: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  }
  const to = places[key]
  return to === undefined ? null : Math.min(last, Math.max(0, to))
}
