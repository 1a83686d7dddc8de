import type { Failure, Result } from '../../../electron/contract/errors.ts'
import type { ParleyEvent } from '../../../electron/contract/events.ts'

/** A way to main: the same in every shell. */
export interface Transport {
  /** Never rejects. */
  call(name: string, input: unknown): Promise<Result<unknown>>
  /** Calls back once events flow, then for each of them. Returns how to end it. */
  onEvent(listener: (event: ParleyEvent) => void): () => void
  /** Resolves when events flow, so that nothing asked for afterwards can be outdated unnoticed. */
  whenOpen: Promise<void>
}

/** The one failure that is made here: main could not be asked, so nobody knows what it did. */
export const unreachable: Failure = { code: 'app.unreachable', text: 'kept', money: 'none' }
