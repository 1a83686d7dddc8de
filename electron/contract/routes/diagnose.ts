import { z } from 'zod'
import type { NanoUsd } from '../money.ts'
import { returns, route } from '../route.ts'

/** One question of a diagnosis. Each paid one is one request, in the books like any other. */
export interface DiagnoseStep {
  id: string
  question: string
  /** 0: free. `null`: no price is known, so nothing bounds it. */
  upToNanoUsd: NanoUsd | null
}

export interface DiagnosePlan {
  steps: DiagnoseStep[]
  /** The most that all of them can cost; `null`: no price is known. */
  upToNanoUsd: NanoUsd | null
}

export interface DiagnoseReport {
  /** Plain text, without key, address of a proxy, balance or ids. */
  text: string
  spentNanoUsd: NanoUsd
  unknownCount: number
}

export const diagnoseRoutes = {
  /** What would be asked and what it costs at most. Looks the price up (a free call) and sends nothing else. */
  'diagnose.plan': route({ input: z.strictObject({}), output: returns<DiagnosePlan>() }),
  /** Asks all of it, if `agreedNanoUsd` covers what the plan costs at most now; else fails with `confirm.declined`. */
  'diagnose.run': route({
    input: z.strictObject({ agreedNanoUsd: z.int().min(0) }),
    output: returns<DiagnoseReport>(),
  }),
}
