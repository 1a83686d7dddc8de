import { fail } from '../../contract/errors.ts'
import type { AttemptId, ConversationId, MessageId, TurnId } from '../../contract/ids.ts'
import type { AttemptAccount, AttemptState, LedgerEntry, LedgerPage, LedgerRow } from '../../contract/routes/spend.ts'
import { sql, type Database } from './database.ts'
import { readManifest } from './manifest.ts'

/** Rows that one call looks through at most: a filter that matches nothing answers soon, with a cursor to go on. */
const scanLimit = 5_000

export interface LedgerQuery {
  from?: string | undefined
  to?: string | undefined
  conversationId?: ConversationId | undefined
  messageId?: MessageId | undefined
  states?: AttemptState[] | undefined
  purposes?: LedgerRow['purpose'][] | undefined
  /** Where the page before ended. */
  cursor: string | null
  limit: number
}

interface Row {
  seq: number
  attemptId: AttemptId
  purpose: LedgerRow['purpose']
  turnId: TurnId
  number: number
  conversationId: ConversationId
  messageId: MessageId
  title: string | null
  startedAt: number
  day: string
  kind: 'settle' | 'release' | 'correct' | null
  source: LedgerRow['source']
  nanoUsd: number | null
  credits: number | null
  reservedNanoUsd: number | null
  promptTokens: number | null
  completionTokens: number | null
  reasoningTokens: number | null
  cachedTokens: number | null
  inferenceId: string | null
  requestId: string | null
  outcome: string | null
  firstByteMs: number | null
  firstTokenMs: number | null
  totalMs: number | null
  settledAt: number | null
  inputPrice: number | null
  outputPrice: number | null
  cachedPrice: number | null
}

const select = `SELECT a.seq, a.id AS attemptId, a.purpose, a.turn_id AS turnId, a.number, a.conversation_id AS conversationId,
    a.message_id AS messageId, c.title, a.started_at AS startedAt, a.day, e.kind, e.source, e.nano_usd AS nanoUsd, e.credits,
    r.nano_usd AS reservedNanoUsd, e.prompt_tokens AS promptTokens, e.completion_tokens AS completionTokens,
    e.reasoning_tokens AS reasoningTokens, e.cached_tokens AS cachedTokens, e.inference_id AS inferenceId,
    e.request_id AS requestId, e.outcome, e.first_byte_ms AS firstByteMs, e.first_token_ms AS firstTokenMs,
    e.total_ms AS totalMs, e.at AS settledAt, p.input_nano_usd_per_mtok AS inputPrice,
    p.output_nano_usd_per_mtok AS outputPrice, p.cached_nano_usd_per_mtok AS cachedPrice
  FROM attempt a
  CROSS JOIN ledger_entry r ON r.attempt_id = a.id AND r.kind = 'reserve'
  LEFT JOIN ledger_entry e ON e.seq = (
    SELECT max(x.seq) FROM ledger_entry x WHERE x.attempt_id = a.id AND x.kind <> 'reserve')
  LEFT JOIN price p ON p.id = a.price_id
  LEFT JOIN conversation c ON c.id = a.conversation_id`

/** Days on which something is open. What runs without a price holds nothing that shows in a sum: it is of one of the last days. */
const openDays = `a.day IN (SELECT day FROM day_spend WHERE unknown_count > 0 OR reserved_nano_usd > 0
  UNION SELECT day FROM (SELECT day FROM day_spend ORDER BY day DESC LIMIT 2))`

const isOpen = (state: AttemptState) => state === 'held' || state === 'unknown'

/** A page of the books, newest first, in bounded time however many rows there are. */
export function ledgerPage(db: Database, query: LedgerQuery): LedgerPage {
  const [cursorDay = '9999-99-99', cursorSeq = '0'] = query.cursor?.split(' ') ?? []
  const where = ['(a.day, a.seq) < (?, ?)']
  const values: (string | number)[] = [cursorDay, Number(cursorSeq)]
  const demand = (text: string, value: string | undefined) => {
    if (value === undefined) return
    where.push(text)
    values.push(value)
  }
  demand('a.day >= ?', query.from)
  demand('a.day <= ?', query.to)
  demand('a.conversation_id = ?', query.conversationId)
  demand('a.message_id = ?', query.messageId)
  if (query.states && query.states.length > 0 && query.states.every(isOpen)) where.push(openDays)
  const rows: LedgerRow[] = []
  let scanned = 0
  let last: LedgerRow | null = null
  const text = `${select} WHERE ${where.join(' AND ')} ORDER BY a.day DESC, a.seq DESC`
  for (const found of sql<(string | number)[], Row>(db, text).iterate(...values)) {
    const row = toRow(found)
    last = row
    scanned += 1
    if (query.states && !query.states.includes(row.state)) {
      if (scanned < scanLimit) continue
    } else if (query.purposes && !query.purposes.includes(row.purpose)) {
      if (scanned < scanLimit) continue
    } else rows.push(row)
    if (rows.length === query.limit || scanned >= scanLimit) return { rows, cursor: `${last.day} ${last.seq}` }
  }
  return { rows, cursor: null }
}

/** One attempt with its entries. Fails with `message.not-found` for one that is not in the books. */
export function attemptAccount(db: Database, input: { attemptId: string }): AttemptAccount {
  const row = sql<[string], Row>(db, `${select} WHERE a.id = ?`).get(input.attemptId)
  if (!row) throw fail('message.not-found')
  const entries = sql<[string], Omit<LedgerEntry, 'usage'> & LedgerEntry['usage']>(
    db,
    `SELECT kind, source, nano_usd AS nanoUsd, credits, prompt_tokens AS promptTokens, completion_tokens AS completionTokens,
       reasoning_tokens AS reasoningTokens, cached_tokens AS cachedTokens, outcome, at, hash
     FROM ledger_entry WHERE attempt_id = ? ORDER BY seq`,
  ).all(input.attemptId)
  const manifest = sql<[string], { manifest: string; conversationId: string }>(
    db,
    'SELECT manifest, conversation_id AS conversationId FROM attempt WHERE id = ?',
  ).get(input.attemptId)
  return {
    row: toRow(row),
    entries: entries.map(({ promptTokens, completionTokens, reasoningTokens, cachedTokens, ...rest }) => ({
      ...rest,
      usage: { promptTokens, completionTokens, reasoningTokens, cachedTokens },
    })),
    manifest: manifest ? readManifest(db, manifest) : null,
  }
}

function toRow(found: Row): LedgerRow {
  const { kind, inputPrice, outputPrice, cachedPrice, ...rest } = found
  const { promptTokens, completionTokens, reasoningTokens, cachedTokens, ...row } = rest
  return {
    ...row,
    state: stateOf(kind, row.source),
    usage: { promptTokens, completionTokens, reasoningTokens, cachedTokens },
    price:
      inputPrice === null || outputPrice === null
        ? null
        : {
            inputNanoUsdPerMTok: inputPrice,
            outputNanoUsdPerMTok: outputPrice,
            cachedNanoUsdPerMTok: cachedPrice,
          },
  }
}

function stateOf(kind: Row['kind'], source: Row['source']): AttemptState {
  if (kind === null) return 'held'
  if (source === 'unknown' || source === 'not-charged' || source === 'written-off') return source
  return 'settled'
}
