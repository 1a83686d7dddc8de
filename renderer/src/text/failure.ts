import type { Failure, MoneyFate } from '../../../electron/contract/errors.ts'
import type { MessageCost } from '../../../electron/contract/routes/conversations.ts'
import { formatCount } from './money.ts'
import { formatBytes } from './sizes.ts'
import { t } from './strings.ts'

/** A failure as a person reads it. */
export interface FailureText {
  title: string
  /** What happened, and what happened to the text and the money. */
  sentence: string
  /** What the provider or the system said; `null` when it said nothing. */
  detail: string | null
  /** What the detail is found under. */
  detailLabel: string
}

/** What became of the money: as the ledger has it by now, where there is a cost; the failure knew only its own moment. */
function moneyFate(failure: Failure, cost: MessageCost | null): MoneyFate {
  if (cost?.state === 'settled') return cost.nanoUsd === 0 ? 'not-charged' : 'charged'
  if (cost?.state === 'not-charged' || cost?.state === 'unknown') return cost.state
  return failure.money
}

/** Which file was refused, by which limit, and what to do. */
function refusalSentence({ refusal }: Failure): string | null {
  if (!refusal) return null
  if (!('given' in refusal)) return t.documents.refusal(refusal)
  const format = refusal.reason === 'bytes' ? formatBytes : formatCount
  return t.documents.refusal({ ...refusal, given: format(refusal.given), limit: format(refusal.limit) })
}

/** Puts a failure into words; that of a reply beside what the reply has cost. */
export function describeFailure(failure: Failure, cost: MessageCost | null = null): FailureText {
  const words = t.failures[failure.code]
  const extras: string[] = []
  const { field, range, value } = failure
  // What main found wrong with an input is in its own words, not another program's: it is said, not hidden.
  const reason = failure.code === 'input.invalid' ? failure.detail : undefined
  if (field !== undefined && field !== '') {
    const name = t.failureExtras.fields[field] ?? t.parameters.fields[field]?.[0] ?? field
    extras.push(
      reason === undefined ? t.failureExtras.field(name, range, value) : t.failureExtras.fieldReason(name, reason),
    )
  }
  if (failure.size)
    extras.push(t.documents.tooLarge(formatBytes(failure.size.givenBytes), formatBytes(failure.size.limitBytes)))
  if (failure.overflow)
    extras.push(
      t.documents.overflow(formatCount(failure.overflow.promptTokens), formatCount(failure.overflow.contextTokens)),
    )
  if (failure.retryAfterMs !== undefined)
    extras.push(t.failureExtras.waitSeconds(Math.ceil(failure.retryAfterMs / 1_000)))
  const sentence = [
    refusalSentence(failure) ?? words.sentence,
    ...extras,
    t.textFates[failure.text],
    t.moneyFates[moneyFate(failure, cost)],
  ]
  const status = failure.status === undefined ? '' : t.failureExtras.status(failure.status)
  // Some providers say nothing but the status once more.
  const said = failure.detail === status || reason !== undefined ? '' : (failure.detail ?? '')
  const detail = [status, said].filter(Boolean).join(': ')
  return {
    title: words.title,
    sentence: sentence.filter(Boolean).join(' '),
    detail: detail === '' ? null : detail,
    detailLabel: t.failureExtras.details,
  }
}
