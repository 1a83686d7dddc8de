import { FailureError } from '../../contract/errors.ts'
import type { AttemptId, ConversationId, MessageId, TurnId } from '../../contract/ids.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import type { Usage } from '../../contract/price.ts'
import type { TurnPhase, TurnSnapshot } from '../../contract/routes/turns.ts'
import type { Chat, ChatOutcome } from '../api/events.ts'
import { createJoint } from '../core/continuation.ts'
import { computeCost } from '../core/money.ts'
import { outputBound, upperBound } from '../core/upper-bound.ts'
import type { AttemptPurpose, NewEntry } from '../store/ledger.ts'
import type { KeptPrice } from '../store/prices.ts'
import type { EndedReply } from '../store/turn-end.ts'
import type { Store } from '../store/host.ts'
import type { Prompt } from './prompt.ts'
import type { Recording } from './recorder.ts'
import { endedReply, settlingEntry, type AbortReason } from './settlement.ts'

/** At most this many requests for one turn: the first and two visible retries. */
const attemptLimit = 3

export interface RunDeps {
  store: Pick<Store, 'write'>
  chat: Chat
  publish: (event: ParleyEvent) => void
  /** Milliseconds since 1970. */
  now: () => number
  newId: () => AttemptId
  /** The provider counted the prompt of an attempt, which is in the books now. */
  onCounted: (usage: Usage) => void
  /** Milliseconds to wait before attempt `number`, given what the provider asked for. */
  backoffMs: (number: number, retryAfterMs: number | undefined) => number
}

export interface RunInput {
  turnId: TurnId
  conversationId: ConversationId
  messageId: MessageId
  connectionId: string
  isDemo: boolean
  purpose: AttemptPurpose
  prompt: Prompt
  price: KeptPrice | null
  /** The person lets this turn go beyond its budgets. */
  mayExceedBudget: boolean
  /** For a continuation: the partial reply whose last words it may repeat. */
  partial: string | null
  recording: Recording
}

/** A running turn. It belongs to main: windows come and go. */
export interface Run {
  readonly turnId: TurnId
  readonly conversationId: ConversationId
  readonly messageId: MessageId
  /** The reply has ended for the person; only its price is still awaited. */
  readonly isSettling: boolean
  snapshot(): TurnSnapshot
  /** Closes the socket now. */
  abort(reason: AbortReason): void
  /** Ends the reply for the person and lets the request end by itself. */
  settle(): Promise<void>
  /** Resolves when the reply and its attempt have ended, in the store. Never rejects for an expected fault. */
  done: Promise<void>
}

/** Starts a turn whose messages are committed. Each attempt and its reservation are committed before its socket opens. */
export function startRun(deps: RunDeps, input: RunInput): Run {
  const { store, chat, publish, now } = deps
  const { conversationId, messageId, prompt, price, recording } = input
  const controller = new AbortController()
  const joint = input.partial === null ? null : createJoint(input.partial)
  let phase: TurnPhase = 'reserved'
  let attempt = 0
  let retryAt: number | null = null
  let quietSince: number | null = null
  let abortReason: AbortReason | null = null
  let isSettling = false
  let tokensSeen = 0

  const progress = (next: TurnPhase) => {
    phase = next
    publish({ name: 'turn.progressed', conversationId, messageId, phase, attempt, retryAt, quietSince })
  }

  const follow = async (attemptId: AttemptId): Promise<ChatOutcome> => {
    for await (const event of chat(prompt.request, { attemptId, signal: controller.signal })) {
      if (event.type === 'ended') {
        const rest = joint?.end() ?? ''
        if (rest !== '') recording.add(attemptId, '', rest, '')
        return event.outcome
      }
      if (event.type === 'opened') progress('waiting')
      else if (event.type === 'waiting') {
        quietSince = now() - event.idleMs
        progress(phase)
      } else if (event.type === 'chunk') {
        if (quietSince !== null || (phase !== 'streaming' && event.content + event.reasoning !== '')) {
          quietSince = null
          progress(isSettling ? 'settling' : 'streaming')
        }
        if (event.content + event.reasoning !== '') tokensSeen += 1
        recording.add(attemptId, event.raw, joint ? joint.push(event.content) : event.content, event.reasoning)
      }
    }
    throw new Error('a request ended without an outcome')
  }

  const end = (reply: EndedReply | null, attemptId: AttemptId | null, entry: NewEntry | null) =>
    store.write.endTurn({ reply, attemptId, entry: input.isDemo ? null : entry, at: now() })

  /** Says no where a budget does: nothing was sent. */
  const reserve = async (attemptId: AttemptId): Promise<boolean> => {
    try {
      await store.write.reserveAttempt({
        attempt: {
          id: attemptId,
          connectionId: input.connectionId,
          purpose: input.purpose,
          turnId: input.turnId,
          number: attempt,
          conversationId,
          messageId,
          priceId: price?.id ?? null,
          manifest: input.mayExceedBudget ? { ...prompt.manifest, mayExceedBudget: true } : prompt.manifest,
          startedAt: now(),
        },
        isDemo: input.isDemo,
        reservedNanoUsd: upperBound(prompt.size, price),
        mayExceed: input.mayExceedBudget,
      })
      return true
    } catch (error) {
      if (!(error instanceof FailureError) || !error.failure.code.startsWith('budget.')) throw error
      const { failure } = error
      await end(
        { messageId, status: 'failed', finishReason: null, failure, refusal: null, annotations: [] },
        null,
        null,
      )
      return false
    }
  }

  const live = async () => {
    for (;;) {
      attempt += 1
      retryAt = null
      const attemptId = deps.newId()
      if (!(await reserve(attemptId))) return
      progress('sending')
      // What it can cost is known from here on: windows that asked before have not got it.
      publish({ name: 'conversation.changed', conversationId })
      publish({ name: 'spend.changed' })
      const outcome = await follow(attemptId)
      const entry = settlingEntry({ attemptId, outcome, price, at: now() })
      const mayRetry = outcome.mayRetry && attempt < attemptLimit && !controller.signal.aborted && !isSettling
      // A commit that failed was reported through `abort`: what was shown before it is in the store.
      await recording.flush()
      if (!mayRetry) {
        const hasText = recording.text !== '' || recording.reasoning !== ''
        const reply = isSettling
          ? null
          : endedReply({ reply: { messageId }, outcome, abortReason, entry: input.isDemo ? null : entry, hasText })
        await end(reply, attemptId, entry)
        if (outcome.usage && !input.isDemo) deps.onCounted(outcome.usage)
        return
      }
      await end(null, attemptId, entry)
      const waitMs = deps.backoffMs(attempt, outcome.failure?.retryAfterMs)
      retryAt = now() + waitMs
      progress('retrying')
      await pause(waitMs, controller.signal)
      if (controller.signal.aborted) {
        const stopped = { ...outcome, failure: abortReason === 'stop' ? null : outcome.failure }
        await end(
          endedReply({ reply: { messageId }, outcome: stopped, abortReason, entry, hasText: false }),
          null,
          null,
        )
        return
      }
    }
  }

  const done = live().finally(() => recording.close())
  return {
    turnId: input.turnId,
    conversationId,
    messageId,
    get isSettling() {
      return isSettling
    },
    snapshot: () => ({
      conversationId,
      messageId,
      phase,
      text: recording.text,
      reasoning: recording.reasoning,
      thinkingMs: recording.thinkingMs,
      attempt,
      retryAt,
      quietSince,
      upToNanoUsd: price && restBound(prompt, price, tokensSeen),
    }),
    abort(reason) {
      abortReason ??= reason
      controller.abort()
    },
    async settle() {
      if (isSettling || controller.signal.aborted) return
      isSettling = true
      await recording.flush()
      recording.hide()
      await end(
        { messageId, status: 'stopped', finishReason: null, failure: null, refusal: null, annotations: [] },
        null,
        null,
      )
      progress('settling')
    },
    done,
  }
}

/** The most that the rest of a reply can cost, after `tokensSeen` tokens of it, in nano-USD. */
function restBound(prompt: Prompt, price: KeptPrice, tokensSeen: number): number | null {
  const completionTokens = Math.max(0, outputBound(prompt.size.maxTokens, price) - tokensSeen)
  return computeCost({ promptTokens: 0, completionTokens, reasoningTokens: null, cachedTokens: null }, price)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, ms)
    signal.addEventListener('abort', finish)
  })
}
