import { z } from 'zod'
import { conversationId } from '../ids.ts'
import type { Cost } from '../money.ts'
import { returns, route } from '../route.ts'

export interface SpendSummary {
  /** `null` when no conversation was asked for. */
  conversation: Cost | null
  month: Cost
  /** First moment of the month meant, in ms since 1970. */
  monthStart: number
}

export const spendRoutes = {
  'spend.summary': route({
    input: z.strictObject({ conversationId: conversationId.nullable() }),
    output: returns<SpendSummary>(),
  }),
  /** Looks up what is unknown in the provider's log, now. Free calls only. Gives how many were settled. */
  'spend.reconcile': route({ input: z.strictObject({}), output: returns<{ settled: number; unknown: number }>() }),
}
