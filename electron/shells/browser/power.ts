import { uptime } from 'node:os'

export interface PowerClock {
  /** Milliseconds since the machine started, sleep included. */
  sinceBootMs(): number
  /** Milliseconds of a clock that stands still during sleep (on Windows it does not: see below). */
  monotonicMs(): number
}

const tickMs = 500
const gapMs = 5_000

/**
 * Plain Node hears nothing of sleep, but after waking two clocks disagree: the one that counts sleep is ahead of the one
 * that does not. Setting the time of day moves neither. On Windows both count sleep, so there a tick that comes more
 * than 5 seconds late is taken for it. Calls back with `resume` within half a second of waking. Returns how to stop.
 */
export function watchForWake(onResume: () => void, platform: string, clock: PowerClock = systemClock): () => void {
  const read = platform === 'win32' ? clock.monotonicMs : () => clock.sinceBootMs() - clock.monotonicMs()
  let before = read()
  const timer = setInterval(() => {
    const now = read()
    if (now - before > gapMs) onResume()
    before = now
  }, tickMs)
  timer.unref()
  return () => clearInterval(timer)
}

const systemClock: PowerClock = {
  sinceBootMs: () => uptime() * 1_000,
  monotonicMs: () => Number(process.hrtime.bigint() / 1_000_000n),
}
