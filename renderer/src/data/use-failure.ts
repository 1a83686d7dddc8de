import { useState } from 'react'
import type { Failure } from '../../../electron/contract/errors.ts'

/** Something that gives its failure instead of throwing it; one at a time. */
export interface Attempt {
  isBusy: boolean
  failure: Failure | null
  /** Resolves to whether it worked. */
  run(work: () => Promise<Failure | null>): Promise<boolean>
}

/** Runs one thing at a time and keeps its failure for showing. */
export function useFailure(): Attempt {
  const [state, setState] = useState<{ isBusy: boolean; failure: Failure | null }>({ isBusy: false, failure: null })
  return {
    ...state,
    async run(work) {
      if (state.isBusy) return false
      setState({ isBusy: true, failure: null })
      const failure = await work()
      setState({ isBusy: false, failure })
      return failure === null
    },
  }
}
