import type { ChatLimits } from './events.ts'

/** What the watchdog found. `over`: the time given after the end has passed. */
export type Alarm =
  | { type: 'waiting'; idleMs: number }
  | { type: 'expired'; limit: 'first-event' | 'idle' | 'total' | 'over' }

/** Watches one request's time. */
export interface Watchdog {
  /** A data event came (comments do not count). */
  sawData: () => void
  /** From now on only this much silence is waited for, and never more than five times as long. Can only be shortened. */
  settle: (silenceMs: number) => void
  /** Asked after `onDue`: what is due now, if anything still is. An `expired` ends the watch. */
  look: () => Alarm | null
  stop: () => void
}

export interface WatchdogDeps {
  limits: ChatLimits
  now: () => number
  /** False: the first event may take as long as the whole request (a reply that is not streamed). */
  hasFirstLimit: boolean
  /** Something may be due: `look` when everything that came before has been dealt with. */
  onDue: () => void
}

/** Starts watching, with one timer at a time. */
export function createWatchdog(deps: WatchdogDeps): Watchdog {
  const { limits, now } = deps
  const startMs = now()
  let seenMs = startMs
  let hasSeen = false
  let warnings = 0
  let settling: { silenceMs: number; untilMs: number } | null = null
  let timer: NodeJS.Timeout | undefined

  /** How long each limit still has, with what it says when it is reached. */
  function next(): { inMs: number; alarm: Alarm } {
    const idleMs = now() - seenMs
    const left = (limit: 'first-event' | 'idle' | 'total' | 'over', inMs: number) => ({
      inMs,
      alarm: { type: 'expired', limit } as Alarm,
    })
    if (settling) return left('over', Math.min(settling.silenceMs - idleMs, settling.untilMs - now()))
    const total = left('total', startMs + limits.totalMs - now())
    const warn = { inMs: limits.warnMs * (warnings + 1) - idleMs, alarm: { type: 'waiting', idleMs } as Alarm }
    const silence = hasSeen
      ? left('idle', limits.idleMs - idleMs)
      : left('first-event', (deps.hasFirstLimit ? limits.firstEventMs : limits.totalMs) - idleMs)
    return [silence, total, warn].reduce((first, each) => (each.inMs < first.inMs ? each : first))
  }

  function look(): Alarm | null {
    const due = next()
    if (due.inMs > 0) {
      arm(due.inMs)
      return null
    }
    if (due.alarm.type === 'waiting') {
      warnings += 1
      arm(next().inMs)
    }
    return due.alarm
  }

  function arm(inMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(deps.onDue, Math.max(1, Math.ceil(inMs)))
  }

  arm(next().inMs)
  return {
    sawData() {
      seenMs = now()
      if (!hasSeen) {
        hasSeen = true
        arm(next().inMs)
      }
      warnings = 0
    },
    settle(silenceMs) {
      if (settling && settling.silenceMs <= silenceMs) return
      seenMs = now()
      settling = { silenceMs, untilMs: settling?.untilMs ?? now() + 5 * silenceMs }
      arm(silenceMs)
    },
    look,
    stop: () => clearTimeout(timer),
  }
}
