import { z } from 'zod'
import { conversationId, messageId, type AttemptId, type ConversationId, type MessageId, type TurnId } from '../ids.ts'
import type { Cost, CostSource, Credits, NanoUsd } from '../money.ts'
import type { Usage } from '../price.ts'
import { returns, route } from '../route.ts'

export interface SpendSummary {
  /** `null` when no conversation was asked for. */
  conversation: Cost | null
  month: Cost
  /** First moment of the month meant, in ms since 1970. */
  monthStart: number
}

export const attemptStates = ['held', 'settled', 'unknown', 'not-charged', 'written-off'] as const
export type AttemptState = (typeof attemptStates)[number]
export const attemptPurposes = ['reply', 'retry', 'continue', 'key-test', 'diagnose'] as const

/** One physical request as the books have it. Times in ms, `At` since 1970. */
export interface LedgerRow {
  seq: number
  /** Also the request's `X-Client-Request-Id`. */
  attemptId: AttemptId
  purpose: (typeof attemptPurposes)[number]
  turnId: TurnId
  number: number
  conversationId: ConversationId
  messageId: MessageId
  /** `null`: deleted for good, or not of a conversation. */
  title: string | null
  startedAt: number
  /** The calendar day it was reserved in; it belongs to it for ever. */
  day: string
  state: AttemptState
  source: CostSource | 'not-charged' | 'written-off' | null
  /** `null`: not known, which is never zero. */
  nanoUsd: NanoUsd | null
  credits: Credits | null
  reservedNanoUsd: NanoUsd | null
  usage: Usage
  inferenceId: string | null
  requestId: string | null
  outcome: string | null
  firstByteMs: number | null
  firstTokenMs: number | null
  totalMs: number | null
  settledAt: number | null
  /** What held when it was reserved; nano-USD per 1,000,000 tokens. */
  price: { inputNanoUsdPerMTok: NanoUsd; outputNanoUsdPerMTok: NanoUsd; cachedNanoUsdPerMTok: NanoUsd | null } | null
}

export interface LedgerPage {
  /** Newest first. May be fewer than asked for, even none, while `cursor` says that there is more to look through. */
  rows: LedgerRow[]
  cursor: string | null
}

/** One line of the books, as it was appended. */
export interface LedgerEntry {
  kind: 'reserve' | 'settle' | 'release' | 'correct'
  source: string
  nanoUsd: NanoUsd | null
  credits: Credits | null
  usage: Usage
  outcome: string
  at: number
  hash: string
}

/** Why an attempt cost what it cost. */
export interface AttemptAccount {
  row: LedgerRow
  entries: LedgerEntry[]
  /** Which revisions were sent with which parameters, and what was left out. Ids, no text. */
  manifest: unknown
}

/** A piece of a text file; `cursor` asks for the next one, `null` ends it. At most 1 MiB. */
export interface TextPage {
  text: string
  cursor: string | null
  fileName: string
}

export interface DaySpend {
  day: string
  cost: Cost
}

export interface MonthSpend {
  month: string
  cost: Cost
}

export interface ConversationSpend {
  conversationId: ConversationId
  /** `null`: deleted for good; what it cost stays. */
  title: string | null
  isDeleted: boolean
  cost: Cost
}

/** Whether this month is on course. `expectedNanoUsd` goes on at the pace so far. */
export interface MonthCourse {
  month: string
  day: string
  dayOfMonth: number
  daysInMonth: number
  cost: Cost
  expectedNanoUsd: NanoUsd
  /** The budget of the month; `null`: none. */
  limitNanoUsd: NanoUsd | null
  isOnCourse: boolean
}

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const month = z.string().regex(/^\d{4}-\d{2}$/)
const cursor = z.string().max(200).nullable()
const range = z.strictObject({ from: day, to: day })

export const spendRoutes = {
  'spend.summary': route({
    input: z.strictObject({ conversationId: conversationId.nullable() }),
    output: returns<SpendSummary>(),
  }),
  /** Looks up what is unknown in the provider's log, now. Free calls only. Gives how many were settled. */
  'spend.reconcile': route({ input: z.strictObject({}), output: returns<{ settled: number; unknown: number }>() }),
  /** The books, newest first. A filter that is absent lets everything through; days are inclusive. */
  'spend.ledger': route({
    input: z.strictObject({
      from: day.optional(),
      to: day.optional(),
      conversationId: conversationId.optional(),
      messageId: messageId.optional(),
      states: z.array(z.enum(attemptStates)).optional(),
      purposes: z.array(z.enum(attemptPurposes)).optional(),
      cursor,
      limit: z.int().min(1).max(200),
    }),
    output: returns<LedgerPage>(),
  }),
  /** One attempt with its entries and what was sent. Fails with `message.not-found`. */
  'spend.attempt': route({ input: z.strictObject({ attemptId: z.uuid() }), output: returns<AttemptAccount>() }),
  /** The whole ledger as a file, piece by piece. `npm run verify-ledger FILE` checks its hash chain. */
  'spend.export': route({
    input: z.strictObject({ format: z.enum(['csv', 'json']), cursor }),
    output: returns<TextPage>(),
  }),
  /** One row for each day with spending, oldest first. At most 3,700 days. */
  'spend.days': route({ input: range, output: returns<DaySpend[]>() }),
  'spend.months': route({ input: z.strictObject({}), output: returns<MonthSpend[]>() }),
  /** Conversations by what they cost within the days, dearest first. */
  'spend.conversations': route({
    input: range.extend({ offset: z.int().min(0), limit: z.int().min(1).max(200) }),
    output: returns<ConversationSpend[]>(),
  }),
  'spend.course': route({ input: z.strictObject({}), output: returns<MonthCourse>() }),
  /** The statement of a month, for print (HTML without scripts) or as CSV; `withProvider` asks the account (free calls). */
  'spend.statement': route({
    input: z.strictObject({ month, format: z.enum(['html', 'csv']), withProvider: z.boolean() }),
    output: returns<TextPage>(),
  }),
}
