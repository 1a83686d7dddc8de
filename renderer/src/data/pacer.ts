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
  let callOff: (() => void) | null = null

  const go = () => {
    isBusy = true
    isWanted = false
    const next = () => {
      isBusy = false
      if (isWanted) go()
    }
    void Promise.allSettled([deps.work(), new Promise<void>((done) => (callOff = deps.wait(done, deps.gapMs)))]).then(
      next,
    )
  }
  return {
    poke() {
      isWanted = true
      if (!isBusy) go()
    },
    stop() {
      isBusy = true
      isWanted = false
      callOff?.()
    },
  }
}
