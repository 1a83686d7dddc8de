import { useState } from 'react'
import type { Failure } from '../../../electron/contract/errors.ts'
import { CallError } from '../ipc/call.ts'

/** Something a person asked for: whether it is under way, and how it failed last. */
export interface Act {
  isBusy: boolean
  failure: Failure | null
  /** Does it; while it is under way, does nothing. Resolves to whether it worked. */
  run(work: () => Promise<unknown>): Promise<boolean>
  reset(): void
}

/** What a thrown error says to a person. */
export const failureOf = (error: unknown): Failure =>
  error instanceof CallError ? error.failure : { code: 'internal', text: 'none', money: 'none' }

/** Runs one act at a time and keeps its failure for showing. */
export function useAct(): Act {
  const [state, setState] = useState<{ isBusy: boolean; failure: Failure | null }>({ isBusy: false, failure: null })
  return {
    ...state,
    async run(work) {
      if (state.isBusy) return false
      setState({ isBusy: true, failure: null })
      try {
        await work()
        setState({ isBusy: false, failure: null })
        return true
      } catch (error) {
        setState({ isBusy: false, failure: failureOf(error) })
        return false
      }
    },
    reset: () => setState((now) => (now.failure ? { ...now, failure: null } : now)),
  }
}
