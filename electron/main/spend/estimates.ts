import type { ParleyEvent } from '../../contract/events.ts'
import type { ConversationId, MessageId } from '../../contract/ids.ts'
import type { ContextView, Estimate, EstimatorRecord, FitProposal } from '../../contract/routes/context.ts'
import {
  addFeatures,
  estimateTokens,
  isEstimator,
  learn,
  newEstimator,
  textFeatures,
  type Estimator,
  type Features,
} from '../core/estimate.ts'
import { proposeFit } from '../core/fit-context.ts'
import { computeCost } from '../core/money.ts'
import { outputBound, upperBound, utf8Bytes } from '../core/upper-bound.ts'
import type { Logger } from '../log/logger.ts'
import type { Store } from '../store/host.ts'
import type { CountedPrompt } from '../store/context.ts'
import type { KeptPrice } from '../store/prices.ts'
import { historyFrom, readHistory, type History } from './history.ts'

const settingKey = 'estimator'
const recordLength = 200
/** What a reply is taken to be where there is no record: tokens. */
const usualReply = 400

type Entry = EstimatorRecord['recent'][number] & { reply: number | null }

/** Estimates of what the next turn takes, from the last bill of the conversation and what has been learnt so far. */
export interface Estimates {
  /** `parentId`: the end of the prompt before the draft; without it, the end of the shown branch. */
  estimate(conversationId: ConversationId, draftText: string, parentId?: MessageId | null): Promise<Estimate>
  view(conversationId: ConversationId): Promise<ContextView>
  fit(conversationId: ConversationId, draftText: string, by: 'oldest' | 'dearest'): Promise<FitProposal>
  record(): EstimatorRecord
  /** Learns from the real count of a request. Never rejects. */
  observe(counted: CountedPrompt): Promise<void>
  /** Forgets what it keeps of a conversation that an event says has changed. */
  on(event: ParleyEvent): void
}

export interface EstimatesDeps {
  store: Pick<Store, 'read' | 'write'>
  price: () => Promise<KeptPrice | null>
  now: () => number
  log: Pick<Logger, 'warn'>
}

/** Reads what was learnt before. History is kept per conversation, so that a keystroke costs only its draft. */
export async function openEstimates({ store, price, now, log }: EstimatesDeps): Promise<Estimates> {
  const stored = (await store.read.readSettings())[settingKey] as { estimator?: unknown; recent?: Entry[] } | undefined
  let estimator: Estimator = isEstimator(stored?.estimator) ? stored.estimator : newEstimator()
  let recent: Entry[] = isEstimator(stored?.estimator) && Array.isArray(stored.recent) ? stored.recent : []
  /** By conversation and the message the prompt ends with. */
  const histories = new Map<string, Promise<History>>()

  const historyOf = (conversationId: ConversationId, parentId?: MessageId | null) => {
    const place = `${conversationId} ${parentId === undefined ? 'shown' : parentId}`
    let history = histories.get(place)
    if (!history) {
      if (histories.size > 8) histories.delete(histories.keys().next().value ?? place)
      history = readHistory(store.read, conversationId, parentId)
      history.catch(() => histories.delete(place))
      histories.set(place, history)
    }
    return history
  }
  const forget = (conversationId: ConversationId) => {
    for (const place of histories.keys()) if (place.startsWith(conversationId)) histories.delete(place)
  }
  const promptOf = ({ knownTokens, rest }: History, draft: Features | null) => {
    const parts = draft ? [rest, draft] : [rest]
    const isWhole = knownTokens === 0
    return knownTokens + estimateTokens(estimator, addFeatures(parts, isWhole))
  }
  const errors = (isFirst: boolean) => recent.filter((each) => each.isFirst === isFirst).map(errorOf)

  return {
    async estimate(conversationId, draftText, parentId) {
      const [history, known, window] = await Promise.all([
        historyOf(conversationId, parentId),
        price(),
        store.read.spendWindow({ at: now() }),
      ])
      const uses = await store.read.budgetUses({ conversationId, turnId: null, day: window.day })
      const draft = draftText === '' ? null : textFeatures(draftText)
      const promptTokens = Math.round(promptOf(history, draft))
      const left = uses.map(({ limitNanoUsd, usedNanoUsd }) => Math.max(0, limitNanoUsd - usedNanoUsd))
      const reply = median(recent.map((each) => each.reply).filter((each) => each !== null)) ?? usualReply
      const size = {
        textBytes: history.bytes + utf8Bytes(draftText),
        messageCount: history.messageCount + 1,
        imageCount: 0,
        maxTokens: history.maxTokens,
      }
      const costOf = (completionTokens: number) =>
        known && computeCost({ promptTokens, completionTokens, reasoningTokens: null, cachedTokens: 0 }, known)
      const most = known ? outputBound(history.maxTokens, known) : 0
      const contextTokens = known?.contextTokens ?? null
      return {
        promptTokens,
        knownTokens: history.knownTokens,
        usualError: median(errors(history.knownTokens === 0)),
        lowNanoUsd: costOf(Math.min(most, 16)),
        likelyNanoUsd: costOf(Math.min(most, Math.round(reply))),
        highNanoUsd: upperBound(size, known),
        contextTokens,
        contextShare: contextTokens === null ? null : promptTokens / contextTokens,
        leftNanoUsd: left.length === 0 ? null : Math.min(...left),
      }
    },
    async view(conversationId) {
      const [history, known] = await Promise.all([historyOf(conversationId), price()])
      const tallies = new Map(
        (await store.read.sentTallies({ conversationId })).map((tally) => [tally.messageId, tally]),
      )
      const input = known?.inputNanoUsdPerMTok ?? null
      const messages = history.messages.map(({ found, messageId, role, beginning, isOff }) => {
        const tokens = Math.round(estimateTokens(estimator, found))
        const { sentCount, unpricedCount, rateSum } = tallies.get(messageId) ?? neverSent
        return {
          messageId,
          role,
          beginning,
          isOff,
          tokens,
          marginalNanoUsd: input === null ? null : Math.round((tokens * input) / 1_000_000),
          soFarNanoUsd: unpricedCount === 0 ? Math.round((tokens * rateSum) / 1_000_000) : null,
          sentCount,
        }
      })
      const promptTokens = Math.round(promptOf(history, null))
      return { messages, promptTokens, contextTokens: known?.contextTokens ?? null }
    },
    async fit(conversationId, draftText, by) {
      const [history, known] = await Promise.all([historyOf(conversationId), price()])
      const promptTokens = Math.round(promptOf(history, draftText === '' ? null : textFeatures(draftText)))
      const limitTokens =
        known?.contextTokens == null ? null : Math.max(0, known.contextTokens - outputBound(history.maxTokens, known))
      const candidates = history.messages
        .filter(({ isOff }) => !isOff)
        .map(({ messageId, found }) => ({ messageId, tokens: Math.round(estimateTokens(estimator, found)) }))
      const proposed = limitTokens === null ? [] : proposeFit(candidates, promptTokens - limitTokens, by)
      const messageIds = (proposed ?? []).map(({ messageId }) => messageId)
      const promptTokensAfter = promptTokens - (proposed ?? []).reduce((sum, { tokens }) => sum + tokens, 0)
      const kind = proposed === null ? 'impossible' : proposed.length === 0 ? 'fits' : 'proposal'
      return { kind, messageIds, promptTokens, promptTokensAfter, limitTokens }
    },
    record: () => ({
      seen: estimator.seen,
      medianErrorFirst: median(errors(true)),
      medianErrorLater: median(errors(false)),
      recent: recent.map(({ at, estimated, actual, isFirst }) => ({ at, estimated, actual, isFirst })),
      charsPerToken: charsPerToken(estimator),
    }),
    async observe({ conversationId, messageId, branch, parameters, promptTokens, completionTokens }) {
      forget(conversationId)
      if (promptTokens === null || promptTokens <= 0) return
      try {
        // As it was estimated before it was sent: from the attempts before this one.
        const attempts = await store.read.sentAttempts({ conversationId, limit: 20 })
        const before = attempts.filter((attempt) => attempt.messageId !== messageId)
        const { knownTokens, rest } = historyFrom(branch, parameters, before)
        const estimated = Math.round(knownTokens + estimateTokens(estimator, rest))
        const entry = {
          at: now(),
          estimated,
          actual: promptTokens,
          isFirst: knownTokens === 0,
          reply: completionTokens,
        }
        recent = [...recent, entry].slice(-recordLength)
        estimator = learn(estimator, rest, promptTokens - knownTokens)
        await store.write.writeSettings({ values: { [settingKey]: { estimator, recent } }, at: now() })
      } catch (error) {
        log.warn('the estimator could not learn', { error })
      }
    },
    on(event) {
      if ('conversationId' in event && event.name !== 'turn.delta' && event.name !== 'turn.progressed')
        forget(event.conversationId)
    },
  }
}

const neverSent = { sentCount: 0, unpricedCount: 0, rateSum: 0 }

const errorOf = ({ estimated, actual }: Entry) => Math.abs(estimated - actual) / actual

function charsPerToken({ weights }: Estimator): EstimatorRecord['charsPerToken'] {
  const [prose = 1, cyrillic = 1, cjk = 1, code = 1, other = 1] = weights.map(
    (weight) => Math.round(100 / weight) / 100,
  )
  return { prose, cyrillic, cjk, code, other }
}

function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}
