import type { KeyboardEvent } from 'react'

/** Where a key leads among days in a row; `week` is how far up and down lead. `null`: nowhere. */
export function dayStep(
  key: string,
  at: number,
  count: number,
  week: { across: number; along: number },
): number | null {
  const steps: Record<string, number> = {
    ArrowLeft: -week.across,
    ArrowRight: week.across,
    ArrowUp: -week.along,
    ArrowDown: week.along,
  }
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = steps[key]
  if (step === undefined || step === 0) return null
  return Math.min(count - 1, Math.max(0, at + step))
}

/** The keys of a chart whose days are walked through one by one and opened. */
export function onDayKey(
  event: KeyboardEvent,
  walk: { at: number; count: number; across: number; along: number; onMove: (to: number) => void; onOpen: () => void },
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault()
    walk.onOpen()
    return
  }
  const to = dayStep(event.key, walk.at, walk.count, walk)
  if (to === null) return
  event.preventDefault()
  walk.onMove(to)
}
