import type { Failure, MoneyFate } from '../../contract/errors.ts'
import type { AttemptId } from '../../contract/ids.ts'
import type { Price } from '../../contract/price.ts'
import type { ChatOutcome } from '../api/events.ts'
import { computeCost, creditsToNanoUsd } from '../core/money.ts'
import { noUsage, type NewEntry } from '../store/ledger.ts'
import type { EndedReply } from '../store/turn-end.ts'

/** Why main itself ended a request: the person, the machine, Parley's end, or a store that took no more text. */
export type AbortReason = 'stop' | 'sleep' | 'quit' | Failure

/**
 * The entry that ends an attempt, by order of trust: billed by the provider, its headers, computed from usage and price,
 * unknown. Unknown is never zero, and what was refused or never left is released.
 */
export function settlingEntry(input: {
  attemptId: AttemptId
  outcome: ChatOutcome
  price: Price | null
  at: number
}): NewEntry {
  const { attemptId, outcome, price, at } = input
  const entry = {
    attemptId,
    credits: outcome.credits,
    usage: outcome.usage ?? noUsage,
    inferenceId: outcome.inferenceId,
    requestId: outcome.requestId,
    outcome: outcome.isAborted ? 'aborted' : (outcome.failure?.code ?? outcome.finishReason ?? 'ended'),
    firstByteMs: whole(outcome.firstByteMs),
    firstTokenMs: whole(outcome.firstTokenMs),
    totalMs: whole(outcome.totalMs),
    at,
  }
  if (outcome.credits !== null)
    return {
      ...entry,
      kind: 'settle',
      source: outcome.creditsSource ?? 'billed',
      nanoUsd: creditsToNanoUsd(outcome.credits),
    }
  if (!outcome.wasSent || (!outcome.isAborted && outcome.failure?.money === 'not-charged'))
    return { ...entry, kind: 'release', source: 'not-charged', nanoUsd: 0 }
  const isWhole = outcome.failure === null && !outcome.isAborted && outcome.finishReason !== null
  const computed = isWhole && price && outcome.usage ? computeCost(outcome.usage, price) : null
  if (computed !== null) return { ...entry, kind: 'settle', source: 'computed', nanoUsd: computed }
  return { ...entry, kind: 'settle', source: 'unknown', nanoUsd: null }
}

const whole = (ms: number | null) => (ms === null ? null : Math.round(ms))

/** How a reply ends for the person, from how its last request ended, and what happened to the money. */
export function endedReply(input: {
  reply: Pick<EndedReply, 'messageId'>
  outcome: ChatOutcome
  abortReason: AbortReason | null
  entry: NewEntry | null
  hasText: boolean
}): EndedReply {
  const { outcome, abortReason, entry, hasText } = input
  const base = {
    messageId: input.reply.messageId,
    finishReason: outcome.finishReason,
    refusal: outcome.refusal,
    annotations: outcome.annotations,
  }
  const money: MoneyFate =
    entry === null
      ? 'none'
      : entry.kind === 'release'
        ? 'not-charged'
        : entry.source === 'unknown'
          ? 'unknown'
          : 'charged'
  if (abortReason === 'stop') return { ...base, status: 'stopped', failure: null }
  const failure: Failure | null = abortReason
    ? { ...(typeof abortReason === 'string' ? { code: 'reply.interrupted' } : abortReason), text: 'kept', money }
    : outcome.failure && { ...outcome.failure, text: 'kept', money }
  if (failure === null) return { ...base, status: 'complete', failure }
  const wasCut = abortReason !== null || hasText
  return {
    ...base,
    status: wasCut ? 'interrupted' : 'failed',
    failure: hasText ? { ...failure, text: 'partly-kept' } : failure,
  }
}
