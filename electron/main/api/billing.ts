import { FailureError, fail } from '../../contract/errors.ts'
import type { Credits, NanoUsd } from '../../contract/money.ts'
import { creditsToNanoUsd, isCredits } from '../core/money.ts'
import { readBill, usdToNanoUsd } from './bill.ts'
import { getJson } from './get-json.ts'
import type { GetDeps } from './get-json.ts'
import { asObject, name, own, tokens } from './wire.ts'
import type { JsonObject } from './wire.ts'

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
  /** Milliseconds since 1970; the start of the window asked for where the row's own time cannot be read. */
  createdMs: number
  /** A status the provider does not document counts as succeeded, and its credits as not known. */
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

/**
 * What is left on the account, in nano-USD: the current endpoint, and the older one (in credits) where the first is missing
 * or unreadable. Throws a `FailureError`.
 */
export async function readBalance(deps: GetDeps, key: string): Promise<Balance> {
  try {
    const answer = await getJson(deps, { path: '/v2/billing', purpose: 'billing', key })
    const nanoUsd = answer.isUnchanged ? null : dollars(answer.body)
    if (nanoUsd !== null) return { nanoUsd, source: 'v2' }
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  const legacy = await getJson(deps, { path: '/v1/billing/balance', purpose: 'billing', key })
  const credits = legacy.isUnchanged ? null : own(legacy.body, 'balance')
  if (typeof credits !== 'number' || !isCredits(Math.abs(credits))) throw unreadable('the balance is not a number')
  return { nanoUsd: credits < 0 ? -creditsToNanoUsd(-credits) : creditsToNanoUsd(credits), source: 'legacy' }
}

/**
 * One page of the provider's log, newest first, at most 100 rows, of a window of at most 92 days. Source: `GET /v2/logs`.
 * Throws a `FailureError`.
 */
export async function readLogs(deps: GetDeps, key: string, query: LogQuery): Promise<LogPage> {
  const search = new URLSearchParams({
    start: new Date(query.startMs).toISOString(),
    end: new Date(query.endMs).toISOString(),
    limit: '100',
    offset: String(query.offset),
  })
  const answer = await getJson(deps, { path: `/v2/logs?${search}`, purpose: 'logs', key })
  const data = answer.isUnchanged ? undefined : own(answer.body, 'data')
  if (answer.isUnchanged || !Array.isArray(data)) throw unreadable('the log has no rows')
  const rows = data.map(asObject).filter((row) => row !== null)
  const hasMore = own(asObject(own(answer.body, 'pagination')), 'has_more') === true && data.length > 0
  return { rows: rows.map((row) => readRow(row, query)), hasMore, nextOffset: query.offset + data.length }
}

function readRow(row: JsonObject, query: LogQuery): LogRow {
  const status = own(row, 'status')
  const cost = asObject(own(row, 'cost'))
  const used = asObject(own(row, 'tokens'))
  const createdMs = Date.parse(name(own(row, 'created')) ?? '')
  const isKnown = status === 'succeeded' || status === 'failed'
  return {
    clientRequestId: name(own(row, 'client_request_id')),
    inferenceId: name(own(row, 'inference_id')),
    requestId: name(own(row, 'request_id')),
    createdMs: Number.isNaN(createdMs) ? query.startMs : createdMs,
    status: status === 'failed' ? 'failed' : 'succeeded',
    credits: isKnown ? readBill(own(cost, 'credits'), own(cost, 'usd')) : null,
    inputTokens: tokens(own(used, 'input')),
    outputTokens: tokens(own(used, 'output')),
    model: name(own(row, 'model')),
  }
}

function dollars(body: JsonObject): NanoUsd | null {
  const currency = own(body, 'currency') ?? 'USD'
  return currency === 'USD' ? usdToNanoUsd(own(body, 'current_balance')) : null
}

/** Whether the endpoint itself is at fault, rather than the key or the network. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof FailureError)) return false
  const { code, status = 0 } = error.failure
  return status === 404 || status === 405 || status === 410 || status >= 500 || code === 'reply.unreadable'
}

function unreadable(detail: string): FailureError {
  return fail('reply.unreadable', { detail })
}
