import type { AttachmentMode, AttachmentPrice } from '../../contract/attachment.ts'
import type { ContextOverflow } from '../../contract/errors.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import type { AttachmentId, ConversationId, MessageId } from '../../contract/ids.ts'
import type { ContextView, Estimate, EstimatorRecord, FitProposal } from '../../contract/routes/context.ts'
import { addFeatures, estimateTokens, isEstimator, learn, newEstimator, type Estimator } from '../core/estimate.ts'
import { proposeFit } from '../core/fit-context.ts'
import { computeCost } from '../core/money.ts'
import { outputBound, upperBound } from '../core/upper-bound.ts'
import type { Logger } from '../log/logger.ts'
import type { Store } from '../store/host.ts'
import type { CountedPrompt } from '../store/context.ts'
import type { SentMessage } from '../store/messages.ts'
import type { KeptPrice } from '../store/prices.ts'
import {
  attachmentPrices,
  featuresOf,
  fixedOf,
  freshOf,
  measuresFrom,
  tokensOf,
  weighMessage,
  type MessageWeight,
} from './attachment-tokens.ts'
import { contextMessages } from './context-messages.ts'
import { createDraftWeights } from './draft-weights.ts'
import { addFileTokens, historyFrom, readHistory, type History } from './history.ts'
import { overflowOf, type OverflowTurn } from './overflow.ts'

const settingKey = 'estimator'
const recordLength = 200
/** What a reply is taken to be where there is no record: tokens. */
const usualReply = 400

type Entry = EstimatorRecord['recent'][number] & { reply: number | null }

/** An act on a message, as far as its prompt is concerned. */
export interface ForeseenAct {
  /** The end of the prompt before the text. */
  parentId: MessageId | null
  /** The message whose attachments are sent again with the text. */
  attachmentsOf: MessageId | null
}

/** Estimates of what the next turn takes, from the last bill of the conversation and what has been learnt so far. */
export interface Estimates {
  /** Of the draft with its attachments, at the end of the shown branch; or of an act on a message. */
  estimate(conversationId: ConversationId, draftText: string, act?: ForeseenAct): Promise<Estimate>
  view(conversationId: ConversationId): Promise<ContextView>
  /** What an attachment would take in each of these modes. Fails with `document.not-found`. */
  modes(input: { attachmentId: AttachmentId; modes: AttachmentMode[]; question: string }): Promise<AttachmentPrice[]>
  fit(conversationId: ConversationId, draftText: string, by: 'oldest' | 'dearest'): Promise<FitProposal>
  record(): EstimatorRecord
  /** How a prompt (what is switched off left out) is certainly longer than the model reads; `null`: it may fit. */
  overflow(branch: SentMessage[], turn: OverflowTurn): Promise<ContextOverflow | null>
  /** Learns from the real count of a request. Never rejects. */
  observe(counted: CountedPrompt): Promise<void>
  /** Forgets what it keeps of a conversation that an event says has changed. */
  on(event: ParleyEvent): void
}

export interface EstimatesDeps {
  store: Pick<Store, 'read' | 'write' | 'maintain'>
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
  const drafts = createDraftWeights(store.read)
  const forget = (conversationId: ConversationId) => {
    for (const place of histories.keys()) if (place.startsWith(conversationId)) histories.delete(place)
    drafts.forget(conversationId)
  }
  const promptOf = ({ knownTokens, rest, fixedTokens }: History, draft: MessageWeight | null) => {
    const parts = draft ? [rest, featuresOf(draft)] : [rest]
    const isWhole = knownTokens === 0
    const fixed = fixedTokens + (draft ? fixedOf(draft) : 0)
    return knownTokens + fixed + estimateTokens(estimator, addFeatures(parts, isWhole))
  }
  const keepMeasures = async (fresh: ReturnType<typeof freshOf>, differenceTokens: number) => {
    for (const measure of measuresFrom(fresh, differenceTokens))
      await store.write.keepMeasure({ ...measure, at: now() })
  }
  const errors = (isFirst: boolean) => recent.filter((each) => each.isFirst === isFirst).map(errorOf)

  return {
    async estimate(conversationId, draftText, act) {
      const [history, known, window, weight] = await Promise.all([
        historyOf(conversationId, act?.parentId),
        price(),
        store.read.spendWindow({ at: now() }),
        drafts.weigh(conversationId, draftText, act?.attachmentsOf),
      ])
      const uses = await store.read.budgetUses({ conversationId, turnId: null, day: window.day })
      const draft = draftText === '' && weight.attachments.length === 0 ? null : weight
      const promptTokens = Math.round(promptOf(history, draft))
      const left = uses.map(({ limitNanoUsd, usedNanoUsd }) => Math.max(0, limitNanoUsd - usedNanoUsd))
      const reply = median(recent.map((each) => each.reply).filter((each) => each !== null)) ?? usualReply
      const size = {
        textBytes: history.bytes + weight.bytes,
        messageCount: history.messageCount + 1,
        imageCount: history.imageCount + weight.imageCount,
        fileTokens: addFileTokens([{ ...weight, fileTokens: history.fileTokens }, weight]),
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
        lowNanoUsd: costOf(Math.min(most, 16, Math.round(reply))),
        likelyNanoUsd: costOf(Math.min(most, Math.round(reply))),
        highNanoUsd: upperBound(size, known),
        contextTokens,
        contextShare: contextTokens === null ? null : promptTokens / contextTokens,
        limitTokens: contextTokens === null ? null : Math.max(0, contextTokens - most),
        leftNanoUsd: left.length === 0 ? null : Math.min(...left),
        attachments: attachmentPrices(estimator, weight, known?.inputNanoUsdPerMTok ?? null),
      }
    },
    async view(conversationId) {
      const [history, known] = await Promise.all([historyOf(conversationId), price()])
      const tallies = await store.maintain.sentTallies({ conversationId })
      const messages = contextMessages(history, {
        estimator,
        tallies,
        inputNanoUsdPerMTok: known?.inputNanoUsdPerMTok ?? null,
      })
      const promptTokens = Math.round(promptOf(history, null))
      return { messages, promptTokens, contextTokens: known?.contextTokens ?? null }
    },
    async modes(input) {
      const [known, inModes] = await Promise.all([price(), store.read.inModes(input)])
      return attachmentPrices(estimator, weighMessage('', inModes), known?.inputNanoUsdPerMTok ?? null)
    },
    async fit(conversationId, draftText, by) {
      const [history, known, weight] = await Promise.all([
        historyOf(conversationId),
        price(),
        drafts.weigh(conversationId, draftText, undefined),
      ])
      const isEmpty = draftText === '' && weight.attachments.length === 0
      const promptTokens = Math.round(promptOf(history, isEmpty ? null : weight))
      const limitTokens =
        known?.contextTokens == null ? null : Math.max(0, known.contextTokens - outputBound(history.maxTokens, known))
      const candidates = history.messages
        .filter(({ isOff }) => !isOff)
        .map(({ messageId, weight: each }) => ({ messageId, tokens: Math.round(tokensOf(estimator, each)) }))
      const proposed = limitTokens === null ? [] : proposeFit(candidates, promptTokens - limitTokens, by)
      const messageIds = (proposed ?? []).map(({ messageId }) => messageId)
      const promptTokensAfter = promptTokens - (proposed ?? []).reduce((sum, { tokens }) => sum + tokens, 0)
      const kind = proposed === null ? 'impossible' : proposed.length === 0 ? 'fits' : 'proposal'
      return { kind, messageIds, promptTokens, promptTokensAfter, limitTokens }
    },
    async overflow(branch, { conversationId, ground, price: known }) {
      if (known?.contextTokens == null) return null
      const attempts = await store.read.sentAttempts({ conversationId, limit: 20 })
      const history = historyFrom(branch, ground.parameters, attempts)
      return overflowOf(history, {
        estimator,
        promptTokens: promptOf(history, null),
        contextTokens: known.contextTokens,
      })
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
        const history = historyFrom(branch, parameters, before)
        const { knownTokens, rest, fixedTokens, after } = history
        const fresh = freshOf(after)
        await keepMeasures(fresh, promptTokens - promptOf(withoutFresh(history, fresh), null))
        // What images and files took is measured, and says nothing about text.
        if (fresh.some(({ found }) => found === null)) return
        const estimated = Math.round(promptOf(history, null))
        const entry = {
          at: now(),
          estimated,
          actual: promptTokens,
          isFirst: knownTokens === 0,
          reply: completionTokens,
        }
        recent = [...recent, entry].slice(-recordLength)
        estimator = learn(estimator, rest, promptTokens - knownTokens - fixedTokens)
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

/** The same without what was never counted: what is left of a real count is theirs. */
function withoutFresh(history: History, fresh: ReturnType<typeof freshOf>): History {
  const rest = fresh.reduce(
    (sum, { found }) => (found ? sum.map((value, place) => value - (found[place] ?? 0)) : sum),
    history.rest,
  )
  const assumed = fresh.reduce((sum, { fixedTokens }) => sum + fixedTokens, 0)
  return { ...history, rest, fixedTokens: history.fixedTokens - assumed }
}

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
