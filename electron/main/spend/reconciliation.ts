import { FailureError } from '../../contract/errors.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import type { Credits } from '../../contract/money.ts'
import type { ApiClient } from '../api/client.ts'
import type { LogRow } from '../api/billing.ts'
import { creditsToNanoUsd } from '../core/money.ts'
import type { Logger } from '../log/logger.ts'
import type { Store } from '../store/host.ts'
import type { OpenAttempt } from '../store/spend.ts'

/** How far the clocks of this machine and the provider may differ, and how far back its log reaches. Milliseconds. */
const skewMs = 10 * 60 * 1000
const logReachMs = 92 * 24 * 60 * 60 * 1000 - skewMs
const pageLimit = 50

/** When an unknown cost is looked up again, counted from when it became unknown: the log is some seconds behind. */
const delaysMs = [2_000, 8_000, 30_000, 120_000, 600_000]

export interface ReconciliationDeps {
  store: Pick<Store, 'read' | 'write'>
  /** The client of the origin in use; `null` while there is no key, as the log needs one. */
  client: () => { logs: ApiClient['logs']; origin: string } | null
  publish: (event: ParleyEvent) => void
  now: () => number
  log: Pick<Logger, 'info' | 'warn'>
}

/** Finds out what cut and unanswered requests cost, from the provider's own log, by their request ids. Free calls only. */
export interface Reconciliation {
  /** Looks up everything unknown now. Fails like any request; nothing is changed then. */
  run(): Promise<{ settled: number; unknown: number }>
  /** Looks up soon, and again with growing pauses while something stays unknown. */
  schedule(): void
  stop(): void
}

/** Nothing runs before `run` or `schedule`. */
export function createReconciliation({ store, client, publish, now, log }: ReconciliationDeps): Reconciliation {
  let timer: NodeJS.Timeout | null = null
  let round = 0
  let running: Promise<{ settled: number; unknown: number }> | null = null

  const lookUp = async () => {
    const source = client()
    const open = (await store.read.unknownAttempts({ limit: 1_000 })).filter(({ origin }) => origin === source?.origin)
    if (!source || open.length === 0) return { settled: 0, unknown: open.length }
    const wanted = new Map(open.map((each) => [each.attemptId as string, each]))
    const oldest = Math.min(...open.map(({ startedAt }) => startedAt))
    const startMs = Math.max(oldest - skewMs, now() - logReachMs)
    const endMs = now() + skewMs
    let settled = 0
    let offset = 0
    let hasMore = true
    for (let page = 0; page < pageLimit && wanted.size > 0; page++) {
      const found = await source.logs({ startMs, endMs, offset })
      const { rows, nextOffset } = found
      hasMore = found.hasMore
      for (const row of rows) {
        const attempt = row.clientRequestId === null ? undefined : wanted.get(row.clientRequestId)
        if (!attempt) continue
        wanted.delete(attempt.attemptId)
        // A row without a sane amount settles nothing: the attempt stays unknown.
        if (row.credits !== null && (await correct(attempt, row, row.credits))) settled += 1
      }
      if (!hasMore || rows.length === 0) break
      offset = nextOffset
    }
    // Only a log that was read to its end can be said to have no trace.
    const untraced = [...wanted.values()].filter(({ startedAt }) => startedAt >= startMs)
    if (!hasMore && untraced.length > 0)
      await store.write.noteLookup({ attemptIds: untraced.map(({ attemptId }) => attemptId), at: now() })
    if (settled > 0) {
      log.info('reconciled', { settled, unknown: wanted.size })
      for (const id of new Set(open.map(({ conversationId }) => conversationId))) {
        publish({ name: 'conversation.changed', conversationId: id })
      }
      publish({ name: 'conversations.changed' })
      publish({ name: 'spend.changed' })
    }
    return { settled, unknown: open.length - settled }
  }

  const correct = (attempt: OpenAttempt, row: LogRow, credits: Credits) =>
    store.write.correctAttempt({
      attemptId: attempt.attemptId,
      kind: 'correct',
      source: row.status === 'failed' ? 'not-charged' : 'billed',
      nanoUsd: creditsToNanoUsd(credits),
      credits,
      usage: {
        promptTokens: row.inputTokens,
        completionTokens: row.outputTokens,
        reasoningTokens: null,
        cachedTokens: null,
      },
      inferenceId: row.inferenceId,
      requestId: row.requestId,
      outcome: `log: ${row.status}`,
      firstByteMs: null,
      firstTokenMs: null,
      totalMs: null,
      at: now(),
    })

  const run = () => (running ??= lookUp().finally(() => (running = null)))

  const wait = () => {
    const delay = delaysMs[round]
    if (delay === undefined) return
    round += 1
    timer = setTimeout(() => void attempt(), delay)
    timer.unref()
  }
  const attempt = async () => {
    try {
      const { unknown } = await run()
      if (unknown > 0) wait()
    } catch (error) {
      log.warn('the log did not answer', { code: error instanceof FailureError ? error.failure.code : 'internal' })
      wait()
    }
  }

  const stop = () => {
    if (timer) clearTimeout(timer)
    timer = null
  }
  return {
    run,
    schedule() {
      stop()
      round = 0
      wait()
    },
    stop,
  }
}
