// Part of an imitation of the provider, for tests. Shares no code with the application.
import type { BillingPolicy } from './behaviour.ts'
import { chargeCredits, type Price } from './money.ts'

/** The truth about one physical chat request, whatever the client saw of it. Times are epoch milliseconds. */
export interface BookRow {
  number: number
  createdAt: number
  settledAt: number | null
  state: 'open' | 'succeeded' | 'failed'
  endedBy: 'finish' | 'client' | 'provider' | 'failure' | null
  httpStatus: number | null
  key: string
  model: string
  requestId: string
  inferenceId: string
  clientRequestId: string | null
  inputTokens: number
  outputTokens: number
  credits: number
  clientSawMeta: boolean
  price: Price
}

/** How a request ended. `generated` are output tokens put on the wire so far, `planned` those of the whole answer. */
export type Outcome =
  | { ended: 'finish'; inputTokens: number; planned: number }
  | { ended: 'client' | 'provider'; inputTokens: number; generated: number; planned: number; policy: BillingPolicy }
  | { ended: 'failure' }

/** The imitation's books: one row per physical chat request, and the balance they are paid from (credits). */
export interface Books {
  readonly rows: readonly BookRow[]
  readonly requestCount: number
  balance: number
  open(row: Pick<BookRow, 'key' | 'requestId' | 'inferenceId' | 'clientRequestId' | 'price'>): BookRow
  settle(row: BookRow, outcome: Outcome): void
  total(): number
  byClientRequestId(id: string): BookRow[]
  clear(balance: number): void
}

/**
 * Opens books with a balance. A finished answer costs its prompt and its whole output. An interrupted one costs by its
 * policy; under `billGenerated` the prompt is charged even when nothing was generated, because the work had begun.
 * A failed one costs nothing. A row from before `clear` is not settled any more.
 */
export function createBooks(balance: number): Books {
  const rows: BookRow[] = []
  return {
    rows,
    balance,
    get requestCount() {
      return rows.length
    },
    open(begun) {
      const row: BookRow = {
        ...begun,
        number: rows.length + 1,
        createdAt: Date.now(),
        settledAt: null,
        state: 'open',
        endedBy: null,
        httpStatus: null,
        model: 'google/gemma-4-31b-it',
        inputTokens: 0,
        outputTokens: 0,
        credits: 0,
        clientSawMeta: false,
      }
      rows.push(row)
      return row
    },
    settle(row, outcome) {
      if (row.state !== 'open' || !rows.includes(row)) return
      const output = outputOf(outcome)
      row.settledAt = Date.now()
      row.endedBy = outcome.ended
      row.state = output === null ? 'failed' : 'succeeded'
      if (output === null || outcome.ended === 'failure') return
      row.inputTokens = outcome.inputTokens
      row.outputTokens = output
      row.credits = chargeCredits(row.price, outcome.inputTokens, output)
      this.balance -= row.credits
    },
    total: () => rows.reduce((sum, row) => sum + row.credits, 0),
    byClientRequestId: (id) => rows.filter((row) => row.clientRequestId === id),
    clear(fresh) {
      rows.length = 0
      this.balance = fresh
    },
  }
}

function outputOf(outcome: Outcome): number | null {
  if (outcome.ended === 'failure') return null
  if (outcome.ended === 'finish') return outcome.planned
  if (outcome.policy === 'billNothing') return null
  return outcome.policy === 'billFull' ? outcome.planned : outcome.generated
}
