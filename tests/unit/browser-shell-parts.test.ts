import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { environmentForPrograms } from '../../electron/shells/browser/environment.ts'
import { parseFlags } from '../../electron/shells/browser/flags.ts'
import { watchForWake } from '../../electron/shells/browser/power.ts'
import { whenWindowsStayAway } from '../../electron/shells/browser/presence.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A machine whose two clocks the test moves. */
const machine = (platform: string) => {
  const clock = { boot: 100_000, monotonic: 100_000 }
  let resumed = 0
  const stop = watchForWake(() => (resumed += 1), platform, {
    sinceBootMs: () => clock.boot,
    monotonicMs: () => clock.monotonic,
  })
  const pass = (ms: number) => {
    for (let left = ms; left > 0; left -= 500) {
      clock.boot += 500
      clock.monotonic += 500
      vi.advanceTimersByTime(500)
    }
  }
  return { clock, pass, stop, resumed: () => resumed }
}

describe('waking', () => {
  test('is noticed within half a second, once per sleep', () => {
    const { clock, pass, resumed } = machine('linux')
    pass(60_000)
    expect(resumed()).toBe(0)
    clock.boot += 8 * 3_600_000
    pass(500)
    expect(resumed()).toBe(1)
    pass(60_000)
    clock.boot += 6_000
    pass(500)
    expect(resumed()).toBe(2)
  })

  test('a busy or stopped process did not sleep', () => {
    const { clock, pass, resumed } = machine('darwin')
    clock.boot += 60_000
    clock.monotonic += 60_000
    pass(1_000)
    expect(resumed()).toBe(0)
  })

  test('on Windows, where both clocks count sleep, a late tick is taken for it', () => {
    const { clock, pass, resumed } = machine('win32')
    pass(5_000)
    clock.boot += 60_000
    clock.monotonic += 60_000
    pass(1_000)
    expect(resumed()).toBe(1)
  })

  test('is not watched for any more after stopping', () => {
    const { clock, pass, stop, resumed } = machine('linux')
    stop()
    clock.boot += 60_000
    pass(1_000)
    expect(resumed()).toBe(0)
  })
})

const watch = () => {
  const state = { windows: 0, ended: 0 }
  whenWindowsStayAway(
    () => state.windows,
    () => (state.ended += 1),
  )
  return state
}

describe('windows whose closing nothing tells us', () => {
  test('a reload is no end, 20 seconds away are', () => {
    const state = watch()
    state.windows = 1
    vi.advanceTimersByTime(3_600_000)
    state.windows = 0
    vi.advanceTimersByTime(2_000)
    state.windows = 1
    vi.advanceTimersByTime(60_000)
    expect(state.ended).toBe(0)
    state.windows = 0
    vi.advanceTimersByTime(19_000)
    expect(state.ended).toBe(0)
    vi.advanceTimersByTime(60_000)
    expect(state.ended).toBe(1)
  })

  test('one that never came ends too', () => {
    const state = watch()
    vi.advanceTimersByTime(120_000)
    expect(state.ended).toBe(1)
  })
})

test('programs that are not Parley get an allow-list of the environment', () => {
  const given = {
    PATH: '/bin',
    DISPLAY: ':0',
    XDG_RUNTIME_DIR: '/run/user/1',
    LC_ALL: 'C',
    SystemRoot: 'C:\\Windows',
    AIMLAPI_API_KEY: 'canary',
    OTHER_API_KEY: 'canary',
    NODE_OPTIONS: '--require x',
    LD_PRELOAD: 'x',
    https_proxy: 'http://user:password@proxy',
    PARLEY_API_URL: 'x',
    HOME: undefined,
  }
  expect(environmentForPrograms(given)).toEqual({
    PATH: '/bin',
    DISPLAY: ':0',
    XDG_RUNTIME_DIR: '/run/user/1',
    LC_ALL: 'C',
    SystemRoot: 'C:\\Windows',
  })
})

describe('flags', () => {
  test('without any', () => {
    expect(parseFlags([])).toEqual({ isOpening: true, isDemo: false, profile: null, port: 0 })
  })
  test('all of them', () => {
    const flags = parseFlags(['--no-open', '--demo', '--profile', '/p', '--port', '8080'])
    expect(flags).toEqual({ isOpening: false, isDemo: true, profile: '/p', port: 8080 })
  })
  test.each([['--x'], ['x'], ['--port=-1'], ['--port=70000'], ['--profile='], ['--demo=1']])(
    '%s is refused',
    (flag) => {
      expect(() => parseFlags([flag])).toThrow()
    },
  )
})
