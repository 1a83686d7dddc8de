import { z } from 'zod'
import { attemptId, type AttemptId } from '../ids.ts'
import type { NanoUsd } from '../money.ts'
import { returns, route } from '../route.ts'

/** What the account lost since the first reading of the period, split by who spent it. Nano-USD; a top-up is negative. */
export type Residual =
  /** Attempts are running or unknown: a residual would be wrong. */
  | { kind: 'open'; openCount: number }
  /** This was the first reading: from now on there is something to compare with. */
  | { kind: 'first'; balanceNanoUsd: NanoUsd; at: number }
  | {
      kind: 'known'
      since: number
      at: number
      balanceNanoUsd: NanoUsd
      /** How far the balance fell. */
      fellNanoUsd: NanoUsd
      thisAppNanoUsd: NanoUsd
      /** Rows of the provider's log that are not Parley's. */
      elsewhereNanoUsd: NanoUsd
      /** The rest: not in the log yet, of another key, or a top-up (then negative). */
      notReportedNanoUsd: NanoUsd
      /** The log had more rows than were read: `elsewhere` is a lower bound. */
      isPartial: boolean
      /** The free calls that were made for this. */
      calls: string[]
    }

/** An unknown attempt without a trace in the provider's log 72 hours after it began. */
export interface UntracedAttempt {
  attemptId: AttemptId
  startedAt: number
  lastLookAt: number
  reservedNanoUsd: NanoUsd | null
}

export const residualRoutes = {
  /** Compares the balance with the books since `since` (ms since 1970). Free calls only. Fails like any request. */
  'spend.residual': route({ input: z.strictObject({ since: z.int().min(0) }), output: returns<Residual>() }),
  'spend.untraced': route({ input: z.strictObject({}), output: returns<UntracedAttempt[]>() }),
  /** Books an untraced attempt as costing nothing. Fails with `turn.not-possible` for any other. */
  'spend.writeOff': route({ input: z.strictObject({ attemptId }), output: returns<null>() }),
}
