import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWatchdog } from '../../../electron/main/api/watchdog.ts'
import type { Alarm, Watchdog } from '../../../electron/main/api/watchdog.ts'

const limits = { firstEventMs: 120_000, warnMs: 30_000, idleMs: 90_000, totalMs: 1_800_000, drainMs: 1_000 }
let watchdog: Watchdog
let alarms: [number, Alarm][]
let startMs: number

function start(hasFirstLimit = true): void {
  alarms = []
  startMs = Date.now()
  watchdog = createWatchdog({
    limits,
    now: () => Date.now(),
    hasFirstLimit,
    onDue: () => {
      const alarm = watchdog.look()
      if (alarm) alarms.push([Date.now() - startMs, alarm])
    },
  })
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  watchdog.stop()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

describe('a watchdog', () => {
  it('waits 120 s for the first event and warns every 30 s', () => {
    start()
    vi.advanceTimersByTime(300_000)
    expect(alarms).toEqual([
      [30_000, { type: 'waiting', idleMs: 30_000 }],
      [60_000, { type: 'waiting', idleMs: 60_000 }],
      [90_000, { type: 'waiting', idleMs: 90_000 }],
      [120_000, { type: 'expired', limit: 'first-event' }],
    ])
  })

  it('ends after 90 s of silence, counted from the last event', () => {
    start()
    for (let at = 0; at < 10; at++) {
      vi.advanceTimersByTime(20_000)
      watchdog.sawData()
    }
    vi.advanceTimersByTime(89_000)
    expect(alarms.map(([, alarm]) => alarm.type)).toEqual(['waiting', 'waiting'])
    vi.advanceTimersByTime(1_000)
    expect(alarms.at(-1)).toEqual([290_000, { type: 'expired', limit: 'idle' }])
  })

  it('ends after 30 minutes, however lively', () => {
    start(false)
    for (let at = 0; at < 2_000 && alarms.length === 0; at++) {
      vi.advanceTimersByTime(1_000)
      watchdog.sawData()
    }
    expect(alarms).toEqual([[1_800_000, { type: 'expired', limit: 'total' }]])
  })

  it('after the end waits only for the silence it is given, and never five times as long', () => {
    start()
    watchdog.sawData()
    watchdog.settle(1_000)
    vi.advanceTimersByTime(2_000)
    expect(alarms).toEqual([[1_000, { type: 'expired', limit: 'over' }]])
    watchdog.stop()
    start()
    watchdog.settle(1_000)
    for (let at = 0; at < 20 && alarms.length === 0; at++) {
      vi.advanceTimersByTime(500)
      watchdog.sawData()
    }
    expect(alarms).toEqual([[5_000, { type: 'expired', limit: 'over' }]])
  })

  it('takes an alarm back when an event came in the meantime', () => {
    start()
    watchdog.sawData()
    vi.setSystemTime(startMs + 95_000)
    watchdog.sawData()
    expect(watchdog.look()).toBeNull()
  })
})
