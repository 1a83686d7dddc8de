import type { Failure } from '../../../electron/contract/errors.ts'
import { t } from './strings.ts'

/** A failure as a person reads it. */
export interface FailureText {
  title: string
  /** What happened, and what happened to the text and the money. */
  sentence: string
  /** What the provider or the system said; `null` when it said nothing. */
  detail: string | null
}

/** Puts a failure into words. */
export function describeFailure(failure: Failure): FailureText {
  const words = t.failures[failure.code]
  const extras: string[] = []
  if (failure.field !== undefined) extras.push(t.failureExtras.field(failure.field, failure.range, failure.value))
  if (failure.retryAfterMs !== undefined)
    extras.push(t.failureExtras.waitSeconds(Math.ceil(failure.retryAfterMs / 1_000)))
  const sentence = [words.sentence, ...extras, t.textFates[failure.text], t.moneyFates[failure.money]]
  const detail = [failure.status === undefined ? '' : t.failureExtras.status(failure.status), failure.detail ?? '']
  const shownDetail = detail.filter(Boolean).join(': ')
  return {
    title: words.title,
    sentence: sentence.filter(Boolean).join(' '),
    detail: shownDetail === '' ? null : shownDetail,
  }
}
