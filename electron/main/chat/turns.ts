import { FailureError, fail, type Failure } from '../../contract/errors.ts'
import type { ParleyEvent } from '../../contract/events.ts'
import type { AttachmentId, AttemptId, ConversationId, MessageId, TurnId } from '../../contract/ids.ts'
import type { Message } from '../../contract/routes/conversations.ts'
import type { Usage } from '../../contract/price.ts'
import type { StartedTurn, TurnSnapshot } from '../../contract/routes/turns.ts'
import type { Chat } from '../api/events.ts'
import type { Logger } from '../log/logger.ts'
import type { TurnGround } from '../store/conversations.ts'
import type { Store } from '../store/host.ts'
import type { CountedPrompt } from '../store/context.ts'
import type { KeptPrice } from '../store/prices.ts'
import { beginContinue, beginResend, beginRetry, beginSend, foresee, type Beginning } from './beginnings.ts'
import { demandFit, type FitDeps, type SentBytes } from './fit.ts'
import { buildPrompt } from './prompt.ts'
import { createRecorder } from './recorder.ts'
import { startRun, type Run } from './run.ts'
import type { AbortReason } from './settlement.ts'

export interface TurnsDeps {
  store: Pick<Store, 'read' | 'write'>
  /** How the conversation's connection is asked. Fails with `key.missing` when it needs a key and there is none. */
  chatFor: (ground: TurnGround) => Chat | Promise<Chat>
  /** The connection that attempts of this conversation are booked under now; the settings may have changed since it began. */
  connectionIdFor: (ground: TurnGround) => Promise<string>
  /** The price to reserve with, waiting a moment for the catalogue if none is known; `null`: unpriced. */
  priceFor: (ground: TurnGround) => Promise<KeptPrice | null>
  bytes: SentBytes
  /** How a prompt is certainly too long for the model; `null`: it may fit. */
  overflow: FitDeps['overflow']
  publish: (event: ParleyEvent) => void
  /** The provider counted the prompt of an attempt. */
  onCounted: (counted: CountedPrompt) => void
  /** Called when an attempt ended with an unknown cost. */
  onUnknownCost: () => void
  now: () => number
  newId: <Id extends string>() => Id
  backoffMs: (number: number, retryAfterMs: number | undefined) => number
  /** The visible line of *Continue*, around the last words of the partial reply. */
  continueSentence: (lastWords: string) => string
  log: Pick<Logger, 'info' | 'warn' | 'error'>
}

/** Every running turn. Windows watch; they do not own. */
export interface Turns {
  /** Like the others, fails with `budget.exceeded` or `budget.unpriced` before anything is stored or sent. */
  send(
    input: TurnChoice & { conversationId: ConversationId; text: string; attachmentIds?: AttachmentId[] | undefined },
  ): Promise<StartedTurn>
  resend(input: TurnChoice & { messageId: MessageId; text: string }): Promise<StartedTurn>
  retry(input: TurnChoice & { messageId: MessageId }): Promise<StartedTurn>
  continue(input: TurnChoice & { messageId: MessageId }): Promise<StartedTurn>
  /** What an act on a message would send, for an estimate. */
  foresee(
    input: { act: 'resend' | 'retry' | 'continue'; messageId: MessageId },
    draftText: string,
  ): Promise<ReturnType<typeof foresee>>
  stop(input: { messageId: MessageId }): void
  settle(input: { messageId: MessageId }): Promise<void>
  /** Replies that are still being written, with all their text so far. */
  running(): TurnSnapshot[]
  isRunning(conversationId: ConversationId): boolean
  /** Cuts everything, as sleep, quitting or a full disk demand, and resolves when all of it is stored. */
  abortAll(reason: AbortReason): Promise<void>
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>
}

/** What a person decides with each turn. */
interface TurnChoice {
  turnId: TurnId
  /** Let this turn go beyond its budgets. */
  overBudget?: true | undefined
}

/** Time between attempts to write an end that could not be written. Milliseconds. */
const writeAgainMs = 2_000

/** Starts, finds and ends turns. One reply at a time per conversation; several conversations at once. */
export function createTurns(deps: TurnsDeps): Turns {
  const { store, publish, now, log } = deps
  const runs = new Map<MessageId, Run>()
  const starting = new Map<TurnId, Promise<StartedTurn>>()
  const busy = new Map<ConversationId, TurnId>()
  const later = new Set<NodeJS.Timeout>()

  const recorder = createRecorder({
    append: (input) => store.write.appendReceived(input),
    publish,
    now,
    onFailed: (recording, error) => {
      log.error('received text could not be stored', { messageId: recording.messageId, error })
      runs.get(recording.messageId)?.abort(failureOf(error))
    },
  })

  const fitDeps: FitDeps = { read: store.read, bytes: deps.bytes, overflow: deps.overflow }
  const visibleRuns = () => [...runs.values()].filter((run) => !run.isSettling)

  const begin = (choice: TurnChoice, prepare: () => Promise<Beginning>): Promise<StartedTurn> => {
    const { turnId } = choice
    const known = starting.get(turnId)
    if (known) return known
    const started = prepare()
      .then((beginning) => start(beginning, choice.overBudget === true))
      .finally(() => starting.delete(turnId))
    starting.set(turnId, started)
    return started
  }

  const start = async (beginning: Beginning, mayExceedBudget: boolean): Promise<StartedTurn> => {
    const { turnId, conversationId, purpose, partial } = beginning
    const owner = busy.get(conversationId)
    if (owner !== undefined && owner !== turnId) throw fail('turn.running', { text: 'kept', money: 'none' })
    busy.set(conversationId, turnId)
    let run: Run | null = null
    try {
      const ground = await store.read.turnGround({ conversationId })
      const chat = await deps.chatFor(ground)
      const connectionId = await deps.connectionIdFor(ground)
      const price = ground.isDemo ? null : await deps.priceFor(ground)
      const parentId = beginning.parentId === 'shown' ? ground.leafId : beginning.parentId
      const { text } = beginning
      const { defaults, attachments } = await demandFit(fitDeps, {
        turnId,
        conversationId,
        parentId,
        text,
        attachments: beginning.attachments ?? null,
        ground,
        price,
        at: now(),
        mayExceedBudget,
      })
      const begun = await store.write.beginTurn({
        turnId,
        conversationId,
        parentId,
        text,
        attachments: attachments.map(({ attachmentId, mode }) => ({ attachmentId, mode })),
        isContinuation: partial !== null,
        keepsDraft: beginning.keepsDraft ?? false,
        userMessageId: deps.newId<MessageId>(),
        replyMessageId: deps.newId<MessageId>(),
        at: now(),
      })
      const { userMessageId, replyMessageId: messageId } = begun
      if (!begun.isNew) return { userMessageId, replyMessageId: messageId }
      if (attachments.length > 0) publish({ name: 'documents.changed', conversationId })
      try {
        const branch = await store.read.readPrompt({ leafId: userMessageId })
        const prompt = buildPrompt(branch, ground.parameters, defaults, deps.bytes.stream)
        const onCounted = ({ promptTokens, completionTokens }: Usage) =>
          deps.onCounted({
            conversationId,
            messageId,
            branch,
            parameters: ground.parameters,
            promptTokens,
            completionTokens,
          })
        const recording = recorder.open(conversationId, messageId)
        run = startRun(
          { store, chat, publish, now, newId: () => deps.newId<AttemptId>(), onCounted, backoffMs: deps.backoffMs },
          {
            turnId,
            conversationId,
            messageId,
            connectionId,
            isDemo: ground.isDemo,
            purpose,
            prompt,
            price,
            mayExceedBudget,
            partial,
            recording,
          },
        )
        runs.set(messageId, run)
        publish({ name: 'turn.started', conversationId, messageId })
        publish({ name: 'conversations.changed' })
        void watch(run)
      } catch (error) {
        await endBroken(conversationId, messageId, error)
      }
      return { userMessageId, replyMessageId: messageId }
    } finally {
      if (!run && busy.get(conversationId) === turnId) busy.delete(conversationId)
    }
  }

  const watch = async (run: Run) => {
    const { conversationId, messageId, turnId } = run
    try {
      await run.done
    } catch (error) {
      await endBroken(conversationId, messageId, error)
    }
    runs.delete(messageId)
    if (busy.get(conversationId) === turnId) busy.delete(conversationId)
    sayEnded(conversationId, messageId)
    deps.onUnknownCost()
  }

  /**
   * A turn that broke, such as on a full disk: its end is written as soon as it can be. Should Parley end before that, the
   * row stays unfinished in the store, and the next start makes it `interrupted` and settles its attempt.
   */
  const endBroken = async (conversationId: ConversationId, messageId: MessageId, error: unknown) => {
    const failure: Failure = {
      ...failureOf(error),
      text: 'partly-kept',
      money: error instanceof FailureError ? 'not-charged' : 'unknown',
    }
    log.error('a turn broke', { messageId, error })
    const end = () => store.write.endBrokenTurn({ messageId, failure, at: now() })
    try {
      await end()
    } catch (second) {
      log.error('the end of a broken turn is not stored yet', { messageId, error: second })
      writeLater(end, conversationId)
    }
    publish({ name: 'conversation.changed', conversationId })
  }

  const writeLater = (write: () => Promise<unknown>, conversationId: ConversationId) => {
    const timer = setTimeout(() => {
      later.delete(timer)
      write().then(
        () => sayChanged(conversationId),
        () => writeLater(write, conversationId),
      )
    }, writeAgainMs)
    timer.unref()
    later.add(timer)
  }

  const sayChanged = (conversationId: ConversationId) => {
    publish({ name: 'conversation.changed', conversationId })
    publish({ name: 'conversations.changed' })
    publish({ name: 'spend.changed' })
    deps.onUnknownCost()
  }

  const sayEnded = (conversationId: ConversationId, messageId: MessageId) => {
    publish({ name: 'turn.ended', conversationId, messageId })
    publish({ name: 'conversations.changed' })
    publish({ name: 'spend.changed' })
  }

  /** The message a turn is about, which must not be running. */
  const target = async ({ messageId }: { messageId: MessageId }): Promise<Message> => {
    const message = await store.read.getMessage({ messageId })
    if (isUnderWay(message)) throw fail('turn.not-possible')
    return message
  }

  const find = (messageId: MessageId): Run => {
    const run = runs.get(messageId)
    if (!run) throw fail('turn.not-running')
    return run
  }

  /** A reply that only settles has ended for the person, once its end is written. */
  const isUnderWay = ({ id, status }: Message) => {
    const run = runs.get(id)
    return run !== undefined && !(run.isSettling && status === 'stopped')
  }

  const partialBefore = async ({ isContinuation, parentId }: Message): Promise<string | null> => {
    if (!isContinuation || parentId === null) return null
    const request = await store.read.getMessage({ messageId: parentId })
    if (request.parentId === null) return null
    return (await store.read.getMessage({ messageId: request.parentId })).text
  }

  return {
    send: (input) => begin(input, async () => beginSend(input)),
    resend: (input) => begin(input, async () => beginResend(input, await target(input))),
    retry: (input) =>
      begin(input, async () => {
        const message = await target(input)
        return beginRetry(input, message, await partialBefore(message))
      }),
    continue: (input) => begin(input, async () => beginContinue(input, await target(input), deps.continueSentence)),
    foresee: async ({ act, messageId }, draftText) =>
      foresee(act, await store.read.getMessage({ messageId }), draftText, deps.continueSentence),
    stop: ({ messageId }) => find(messageId).abort('stop'),
    async settle({ messageId }) {
      const run = find(messageId)
      await run.settle()
      if (busy.get(run.conversationId) === run.turnId) busy.delete(run.conversationId)
      sayEnded(run.conversationId, messageId)
    },
    running: () => visibleRuns().map((run) => run.snapshot()),
    isRunning: (conversationId) => busy.has(conversationId),
    async abortAll(reason) {
      if (reason === 'quit') for (const timer of later) clearTimeout(timer)
      const all = [...runs.values()]
      for (const run of all) run.abort(reason)
      await Promise.allSettled(all.map((run) => run.done))
    },
    async idle() {
      await Promise.allSettled(starting.values())
      while (runs.size > 0) await Promise.allSettled([...runs.values()].map((run) => run.done.then(() => watchTick())))
    },
  }
}

const failureOf = (error: unknown): Failure =>
  error instanceof FailureError ? error.failure : { code: 'internal', text: 'kept', money: 'unknown' }

/** Lets the watcher of a run that just ended do its part. */
const watchTick = () => new Promise<void>((resolve) => setImmediate(resolve))
