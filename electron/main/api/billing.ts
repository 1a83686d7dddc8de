import type { Credits, NanoUsd } from '../../contract/money.ts'

/** What is left on the account. */
export interface Balance {
  nanoUsd: NanoUsd
  /** `v2`: dollars of the current endpoint; `legacy`: credits of the older one. */
  source: 'v2' | 'legacy'
}

/** One request as the provider's log has it. */
export interface LogRow {
  /** The attempt's id, when the provider kept it. */
  clientRequestId: string | null
  inferenceId: string | null
  requestId: string | null
  /** Milliseconds since 1970. */
  createdMs: number
  status: 'succeeded' | 'failed'
  /** Whole credits billed; `null`: the row names no sane amount. */
  credits: Credits | null
  inputTokens: number | null
  outputTokens: number | null
  model: string | null
}

export interface LogPage {
  rows: LogRow[]
  hasMore: boolean
  /** Where the next page begins. */
  nextOffset: number
}

export interface LogQuery {
  startMs: number
  endMs: number
  offset: number
}
