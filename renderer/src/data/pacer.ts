/** Does something again whenever it is poked, but never twice at once and never more often than `gapMs`. */
export interface Pacer {
  /** What was poked for while it was being done is done once more, with what is newest then. */
  poke(): void
  stop(): void
}

/** Makes a pacer. `wait` calls back later and returns how to call it off. */
export function createPacer(deps: {
  work: () => Promise<unknown>
  gapMs: number
  wait: (then: () => void, ms: number) => () => void
}): Pacer {
  let isBusy = false
  let isWanted = false
  let isStopped = false
  let callOff: (() => void) | null = null

  const pause = () => new Promise<void>((done) => (callOff = deps.wait(done, deps.gapMs)))
  const go = async (): Promise<void> => {
    isBusy = true
    isWanted = false
    await Promise.allSettled([deps.work(), pause()])
    isBusy = false
    if (isWanted && !isStopped) await go()
  }
  return {
    poke() {
      isWanted = true
      if (!isBusy && !isStopped) void go()
    },
    stop() {
      isStopped = true
      callOff?.()
    },
  }
}
