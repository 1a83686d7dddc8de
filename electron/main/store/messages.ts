import { fail, type Failure } from '../../contract/errors.ts'
import type { ConversationId, MessageId } from '../../contract/ids.ts'
import type { CostSource } from '../../contract/money.ts'
import type { Citation, Message, MessageCost, MessageStatus } from '../../contract/routes/conversations.ts'
import { readCitations } from './citations.ts'
import { sql, type Database } from './database.ts'
import { attachmentsOf, type SentAttachment } from './sent-attachments.ts'
import { noUsage, type AttemptCost } from './ledger.ts'

/** A message as `messageColumns` names it. */
export interface MessageRow {
  id: MessageId
  conversationId: ConversationId
  parentId: MessageId | null
  role: 'user' | 'assistant'
  status: MessageStatus
  isContinuation: 0 | 1
  isOff: 0 | 1
  finishReason: string | null
  failure: string | null
  thinkingMs: number | null
  createdAt: number
  endedAt: number | null
  index: number
  revisionCount: number
  revisionId: string | null
}

/** What `toMessage` needs of `message m` beside its shown revision `r`. */
export const messageColumns = `m.id, m.conversation_id AS conversationId, m.parent_id AS parentId, m.role, m.status,
  m.is_continuation AS isContinuation, EXISTS (SELECT 1 FROM context_off o WHERE o.message_id = m.id) AS isOff,
  m.finish_reason AS finishReason, m.failure, m.thinking_ms AS thinkingMs, m.created_at AS createdAt,
  m.ended_at AS endedAt, m.depth AS "index", r.id AS revisionId,
  (SELECT count(*) FROM message_revision x WHERE x.message_id = m.id) AS revisionCount`

/** One message, deleted or not. Fails with `message.not-found`. */
export function getMessage(db: Database, input: { messageId: MessageId }): Message {
  const row = sql<[string], MessageRow>(
    db,
    `SELECT ${messageColumns} FROM message m
     LEFT JOIN message_revision r ON r.message_id = m.id AND r.number = m.revision WHERE m.id = ?`,
  ).get(input.messageId)
  if (!row) throw fail('message.not-found')
  return toMessage(db, row)
}

/** What is sent of a branch: ids of the revisions beside their texts, root to leaf. Thoughts are never sent back. */
export interface SentMessage {
  messageId: MessageId
  revisionId: string
  role: 'system' | 'user' | 'assistant'
  text: string
  /** The person has switched it off: it is not sent, unless it is the last one. */
  isOff: boolean
  /** In order, each with what of it is sent. */
  attachments: SentAttachment[]
}

/** The whole branch that ends at `leafId`, as it is sent. Messages without anything are left out, as the API refuses them. */
export function readPrompt(db: Database, input: { leafId: MessageId }): SentMessage[] {
  type Row = Omit<SentMessage, 'isOff' | 'attachments'> & { isOff: 0 | 1; hasAttachments: 0 | 1 }
  return sql<[string], Row>(
    db,
    `WITH RECURSIVE branch (id, depth) AS (
       SELECT ?, 0
       UNION ALL
       SELECT m.parent_id, b.depth + 1 FROM message m JOIN branch b ON m.id = b.id WHERE m.parent_id IS NOT NULL
     )
     SELECT m.id AS messageId, r.id AS revisionId, m.role,
       EXISTS (SELECT 1 FROM context_off o WHERE o.message_id = m.id) AS isOff,
       EXISTS (SELECT 1 FROM message_part p WHERE p.revision_id = r.id AND p.kind = 'attachment') AS hasAttachments,
       coalesce((SELECT group_concat(p.text, '') FROM (
         SELECT text FROM message_part WHERE revision_id = r.id AND kind = 'text' ORDER BY position) p), '') AS text
     FROM branch b JOIN message m ON m.id = b.id
     JOIN message_revision r ON r.message_id = m.id AND r.number = m.revision
     ORDER BY b.depth DESC`,
  )
    .all(input.leafId)
    .map(({ isOff, hasAttachments, ...row }) => ({
      ...row,
      isOff: isOff === 1,
      attachments: hasAttachments === 1 ? attachmentsOf(db, row.messageId, row.revisionId) : [],
    }))
    .filter(({ text, attachments }) => text !== '' || attachments.some(({ mode }) => mode.kind !== 'off'))
}

/** The message of a row, with its texts, its cost and the versions beside it that are not deleted. */
export function toMessage(db: Database, row: MessageRow): Message {
  const { revisionId, failure, isContinuation, isOff, ...rest } = row
  return {
    ...rest,
    ...readTexts(db, row.id, revisionId, row.status),
    isContinuation: isContinuation === 1,
    isOff: isOff === 1,
    failure: failure === null ? null : (JSON.parse(failure) as Failure),
    cost: row.role === 'assistant' ? messageCost(db, row.id) : null,
    siblings: sql<[string, string | null, string], { id: MessageId }>(
      db,
      `SELECT id FROM message WHERE conversation_id = ? AND parent_id IS ? AND role = ? AND hidden_by IS NULL ORDER BY seq`,
    )
      .all(row.conversationId, row.parentId, row.role)
      .map(({ id }) => id),
  }
}

/** The texts of a revision, or what has been received so far of a reply that has none yet. */
function readTexts(db: Database, id: MessageId, revisionId: string | null, status: MessageStatus) {
  const texts = { text: '', reasoning: '', refusal: null as string | null, citations: [] as Citation[], isLost: false }
  if (revisionId === null) {
    texts.text = receivedText(db, id, 'content')
    texts.reasoning = receivedText(db, id, 'reasoning')
    texts.isLost = isEnded.has(status)
    return texts
  }
  const parts = sql<[string], { kind: string; text: string }>(
    db,
    'SELECT kind, text FROM message_part WHERE revision_id = ? ORDER BY position',
  ).all(revisionId)
  for (const { kind, text } of parts) {
    if (kind === 'text') texts.text += text
    else if (kind === 'reasoning') texts.reasoning += text
    else if (kind === 'refusal') texts.refusal = (texts.refusal ?? '') + text
    else if (kind === 'annotations') texts.citations = readCitations(text, texts.text.length)
  }
  texts.isLost = !parts.some(({ kind }) => kind === 'text')
  return texts
}

/** The text received for a running reply, in order. */
export function receivedText(db: Database, messageId: MessageId, kind: 'content' | 'reasoning'): string {
  return sql<[string, string], { text: string }>(
    db,
    'SELECT text FROM message_delta WHERE message_id = ? AND kind = ? ORDER BY start',
  )
    .all(messageId, kind)
    .map(({ text }) => text)
    .join('')
}

/** A message that has ended has a revision, and each revision a text, empty or not, unless damage took it. */
const isEnded = new Set<MessageStatus>(['complete', 'stopped', 'failed', 'interrupted'])

const trust: CostSource[] = ['billed', 'header', 'computed', 'unknown']

/** What a reply has cost over all its attempts; `null` when nothing was sent for it. */
function messageCost(db: Database, messageId: MessageId): MessageCost | null {
  const attemptCount =
    sql<[string], { count: number }>(db, 'SELECT count(*) AS count FROM attempt WHERE message_id = ?').get(messageId)
      ?.count ?? 0
  if (attemptCount === 0) return null
  const costs = sql<[string], AttemptCost>(db, 'SELECT * FROM attempt_cost WHERE message_id = ? ORDER BY seq').all(
    messageId,
  )
  const last = costs.at(-1)
  const base = { attemptCount, firstTokenMs: last?.first_token_ms ?? null, totalMs: last?.total_ms ?? null }
  if (!last)
    return { ...base, state: 'demo', source: null, nanoUsd: null, credits: null, reservedNanoUsd: null, usage: noUsage }
  const open = costs.filter((each) => each.kind === null || each.source === 'unknown')
  const charged = costs.filter((each) => each.nano_usd !== null && each.kind !== 'release')
  const sources = charged.map((each) => (each.source === 'written-off' ? 'computed' : each.source) as CostSource)
  const state = costs.some((each) => each.kind === null)
    ? 'held'
    : open.length > 0
      ? 'unknown'
      : charged.length > 0
        ? 'settled'
        : 'not-charged'
  return {
    ...base,
    state,
    source:
      state === 'unknown' ? 'unknown' : (sources.toSorted((a, b) => trust.indexOf(b) - trust.indexOf(a))[0] ?? null),
    nanoUsd: state === 'settled' ? charged.reduce((sum, each) => sum + (each.nano_usd ?? 0), 0) : null,
    credits: state === 'settled' ? sumOrNull(charged.map((each) => each.credits)) : null,
    reservedNanoUsd: open.length > 0 ? sumOrNull(open.map((each) => each.reserved_nano_usd)) : null,
    usage: {
      promptTokens: last.prompt_tokens,
      completionTokens: last.completion_tokens,
      reasoningTokens: last.reasoning_tokens,
      cachedTokens: last.cached_tokens,
    },
  }
}

function sumOrNull(values: (number | null)[]): number | null {
  return values.reduce<number | null>((sum, each) => (sum === null || each === null ? null : sum + each), 0)
}
