import { constants } from 'node:os'
import { complain } from './say.ts'

/** Ends the process in order: what was started last is stopped first. */
export interface Stopper {
  add(step: () => Promise<void> | undefined): void
  /** Runs every step once, whatever each of them does, then exits with the first code asked for. */
  stop(code: number): void
}

/** No step may hold the end up for longer than this. */
const longestMs = 12_000

/** A stopper for this process. */
export function createStopper(): Stopper {
  const steps: Array<() => Promise<void> | undefined> = []
  let isStopping = false

  const stopAll = async (code: number): Promise<void> => {
    setTimeout(() => process.exit(code), longestMs).unref()
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        await step()
      } catch (error) {
        // The other steps matter too: above all, that the store is closed.
        complain(`While ending: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    process.exit(code)
  }

  return {
    add: (step) => void steps.push(step),
    stop: (code) => {
      if (isStopping) return
      isStopping = true
      void stopAll(code)
    },
  }
}

/** Ctrl-C, a polite kill, a closed terminal, or the death of the script that started us all end Parley in order. */
export function endOnSignals(stopper: Stopper): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stopper.stop(128 + constants.signals[signal]))
  }
  process.on('disconnect', () => stopper.stop(128 + constants.signals.SIGTERM))
}
