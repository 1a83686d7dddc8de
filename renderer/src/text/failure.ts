import type { Failure, MoneyFate } from '../../../electron/contract/errors.ts'
import type { MessageCost } from '../../../electron/contract/routes/conversations.ts'
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

/** Puts a failure into words; that of a reply beside what the reply has cost. */
export function describeFailure(failure: Failure, cost: MessageCost | null = null): FailureText {
  const words = t.failures[failure.code]
  const extras: string[] = []
  if (failure.field !== undefined)
    extras.push(
      t.failureExtras.field(t.failureExtras.fields[failure.field] ?? failure.field, failure.range, failure.value),
    )
  if (failure.retryAfterMs !== undefined)
    extras.push(t.failureExtras.waitSeconds(Math.ceil(failure.retryAfterMs / 1_000)))
  const sentence = [words.sentence, ...extras, t.textFates[failure.text], t.moneyFates[moneyFate(failure, cost)]]
  const status = failure.status === undefined ? '' : t.failureExtras.status(failure.status)
  // Some providers say nothing but the status once more.
  const said = failure.detail === status ? '' : (failure.detail ?? '')
  const detail = [status, said].filter(Boolean).join(': ')
  return {
    title: words.title,
    sentence: sentence.filter(Boolean).join(' '),
    detail: detail === '' ? null : detail,
    detailLabel: t.failureExtras.details,
  }
}
