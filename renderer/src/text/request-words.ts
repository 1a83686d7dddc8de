import type { LedgerRow } from '../../../electron/contract/routes/spend.ts'
import { formatSeconds } from './dates.ts'
import { locale, t } from './strings.ts'
import { shownTitle } from './title.ts'

/** How a request ended, in words; what nobody has words for is shown as it is. */
export function outcomeText(outcome: string): string {
  const failures: Record<string, { title: string } | undefined> = t.failures
  return t.spend.outcomes[outcome] ?? failures[outcome]?.title ?? outcome
}

/** Why the cost of a request is not known; `null` where it is. */
export function whyOpen(row: Pick<LedgerRow, 'state' | 'outcome' | 'reservedNanoUsd'>): string | null {
  const words = t.spend.why
  if (row.state === 'held') return row.reservedNanoUsd === null ? `${words.running} ${words.unbound}` : words.running
  if (row.state !== 'unknown') return null
  const why =
    row.outcome === 'aborted'
      ? words.aborted
      : row.outcome === 'interrupted'
        ? words.interrupted
        : row.outcome === 'stop' || row.outcome === 'length'
          ? words.noBill
          : words.broken
  return row.reservedNanoUsd === null ? `${why} ${words.unbound}` : why
}

/** Whom a sum is of: a conversation by its title; one deleted for good and what is of none have names too. */
export function spenderName(of: { conversationId: string; title: string | null }): string {
  if (of.conversationId === 'diagnose') return t.spend.diagnoses
  return of.title === null ? t.spend.untitled : shownTitle(of.title)
}

/** How long something took: "240 ms", "4.2 s"; `null` where nobody measured it. */
export function durationText(ms: number | null): string | null {
  if (ms === null) return null
  return ms < 1_000 ? t.spend.milliseconds(Math.round(ms)) : t.spend.seconds(formatSeconds(ms))
}

/** A stretch shorter than this says nothing about speed. */
const leastMs = 100

/** Tokens a second once the words flow, with one decimal; `null` where it cannot be told. */
export function tokensPerSecond(row: {
  usage: { completionTokens: number | null }
  firstTokenMs: number | null
  totalMs: number | null
}): string | null {
  const { firstTokenMs, totalMs } = row
  const tokens = row.usage.completionTokens
  if (tokens === null || tokens < 2 || firstTokenMs === null || totalMs === null || totalMs - firstTokenMs < leastMs)
    return null
  return ((tokens * 1_000) / (totalMs - firstTokenMs)).toLocaleString(locale, { maximumFractionDigits: 1 })
}
