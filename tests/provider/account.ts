// Part of an imitation of the provider, for tests. Shares no code with the application.
import type { BookRow } from './books.ts'
import type { House } from './house.ts'
import { creditsPerUsd, usdOf } from './money.ts'

/** An answer of the account's endpoints: a body, or the failure it is refused with. */
export type AccountAnswer = { body: unknown } | { status: 400 | 403 | 429; message: string }

const dayMs = 86_400_000

/** `GET /v2/billing`. */
export function billingAnswer(house: House): AccountAnswer {
  return { body: { current_balance: house.books.balance / creditsPerUsd, currency: 'USD' } }
}

/** `GET /v1/billing/balance`, the older form, in credits. */
export function balanceAnswer(house: House): AccountAnswer {
  return {
    body: {
      balance: house.books.balance,
      lowBalance: house.books.balance < 10_000,
      lowBalanceThreshold: 10_000,
      lastUpdated: new Date().toISOString(),
      autoDebitStatus: 'disabled',
      status: 'current',
      statusExplanation: 'The balance of an imitation, for tests.',
    },
  }
}

/** `GET /v2/logs`: the rows of the asking key whose reporting delay is over, newest first. */
export function logsAnswer(house: House, key: string, query: URLSearchParams): AccountAnswer {
  const now = Date.now()
  if (house.settings.isLogsLimited && isOverLimit(house, now)) {
    return { status: 429, message: 'More than 200 requests in 60 seconds.' }
  }
  const window = windowOf(query, now)
  if (typeof window === 'string') return { status: 400, message: window }
  const limit = wholeOf(query, 'limit', 50)
  const offset = wholeOf(query, 'offset', 0)
  if (limit === null || limit < 1 || limit > 100) return { status: 400, message: 'limit must be 1 to 100' }
  if (offset === null) return { status: 400, message: 'offset must be 0 or more' }
  const statuses = query.getAll('status')
  if (statuses.some((status) => status !== 'succeeded' && status !== 'failed')) {
    return { status: 400, message: 'status must be succeeded or failed' }
  }
  const prefix = query.get('key_prefix')
  if (prefix !== null && !key.startsWith(prefix)) return { status: 403, message: 'This needs a management key.' }
  const models = query.getAll('model')
  const rows = house.books.rows
    .filter((row) => row.key === key && row.settledAt !== null)
    .filter((row) => (row.settledAt ?? 0) + house.settings.reportDelayMs <= now)
    .filter((row) => row.createdAt >= window.start && row.createdAt <= window.end)
    .filter((row) => statuses.length === 0 || statuses.includes(row.state))
    .filter(
      (row) => models.length === 0 || models.includes(row.model) || models.includes(row.model.split('/')[1] ?? ''),
    )
    .toSorted((a, b) => b.createdAt - a.createdAt || b.number - a.number)
  const data = rows.slice(offset, offset + limit).map(logRow)
  const pagination = { limit, offset, total: rows.length, has_more: offset + data.length < rows.length }
  return { body: { data, pagination } }
}

function logRow(row: BookRow): object {
  return {
    created: new Date(row.createdAt).toISOString(),
    status: row.state,
    origin: 'api',
    model: row.model,
    cost: { usd: usdOf(row.credits), credits: row.credits },
    tokens: { input: row.inputTokens, output: row.outputTokens, total: row.inputTokens + row.outputTokens },
    request_id: row.requestId,
    inference_id: row.inferenceId,
    client_request_id: row.clientRequestId,
  }
}

function windowOf(query: URLSearchParams, now: number): { start: number; end: number } | string {
  const period = query.get('period')
  const from = query.get('start')
  const to = query.get('end')
  if (period !== null && (from !== null || to !== null)) return 'period and start or end exclude each other'
  if (period !== null) {
    const [, count, unit] = /^([1-9]\d{0,4})([hd])$/.exec(period) ?? []
    if (count === undefined) return 'period must be a number followed by h or d'
    const length = Number(count) * (unit === 'h' ? dayMs / 24 : dayMs)
    return length > 92 * dayMs ? 'the window must not exceed 92 days' : { start: now - length, end: now }
  }
  if (from === null || to === null) return 'either period, or start and end, must be given'
  const start = timeOf(from)
  const end = timeOf(to)
  if (Number.isNaN(start) || Number.isNaN(end)) return 'start and end must be ISO-8601'
  if (end < start) return 'end must not be earlier than start'
  return end - start > 92 * dayMs ? 'the window must not exceed 92 days' : { start, end }
}

/** ISO-8601 to epoch milliseconds; a time without an offset is UTC; NaN for anything else. */
function timeOf(text: string): number {
  const [, day, time, zone] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(text) ?? []
  return day === undefined ? Number.NaN : Date.parse(`${day}T${time ?? '00:00'}${zone ?? 'Z'}`)
}

function wholeOf(query: URLSearchParams, name: string, fallback: number): number | null {
  const text = query.get(name)
  if (text === null) return fallback
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

function isOverLimit(house: House, now: number): boolean {
  house.logsHits = house.logsHits.filter((hit) => hit > now - 60_000)
  house.logsHits.push(now)
  return house.logsHits.length > 200
}
