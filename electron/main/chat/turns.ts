import { fail } from '../../contract/errors.ts'
import type { AttachmentId, ConversationId, MessageId, TurnId } from '../../contract/ids.ts'
import type { Message } from '../../contract/routes/conversations.ts'
import type { StartedTurn, TurnSnapshot } from '../../contract/routes/turns.ts'
import type { Logger } from '../log/logger.ts'
import { beginContinue, beginResend, beginRetry, beginSend, foresee, type Beginning } from './beginnings.ts'
import { createBrokenTurns, failureOf } from './broken-turns.ts'
import { createRecorder } from './recorder.ts'
import type { Run } from './run.ts'
import type { AbortReason } from './settlement.ts'
import { startTurn, type StartTurnDeps } from './start-turn.ts'

export interface TurnsDeps extends StartTurnDeps {
  /** Called when an attempt ended with an unknown cost. */
  onUnknownCost: () => void
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

/** Starts, finds and ends turns. One reply at a time per conversation; several conversations at once. */
export function createTurns(deps: TurnsDeps): Turns {
  const { store, publish, now, log } = deps
  const runs = new Map<MessageId, Run>()
  const starting = new Map<TurnId, Promise<StartedTurn>>()
  const busy = new Map<ConversationId, TurnId>()

  const recorder = createRecorder({
    append: (input) => store.write.appendReceived(input),
    publish,
    now,
    onFailed: (recording, error) => {
      log.error('received text could not be stored', { messageId: recording.messageId, error })
      runs.get(recording.messageId)?.abort(failureOf(error))
    },
  })

  const broken = createBrokenTurns({ store, publish, onWrittenLate: deps.onUnknownCost, now, log })
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
    const { turnId, conversationId } = beginning
    const owner = busy.get(conversationId)
    if (owner !== undefined && owner !== turnId) throw fail('turn.running', { text: 'kept', money: 'none' })
    busy.set(conversationId, turnId)
    let isRunning = false
    const onRun = (run: Run) => {
      isRunning = true
      runs.set(run.messageId, run)
      publish({ name: 'turn.started', conversationId, messageId: run.messageId })
      publish({ name: 'conversations.changed' })
      void watch(run)
    }
    try {
      return await startTurn(deps, { record: recorder.open, broken, onRun }, beginning, mayExceedBudget)
    } finally {
      if (!isRunning) release(turnId, conversationId)
    }
  }

  const release = (turnId: TurnId, conversationId: ConversationId) => {
    if (busy.get(conversationId) === turnId) busy.delete(conversationId)
  }

  const watch = async (run: Run) => {
    const { conversationId, messageId, turnId } = run
    try {
      await run.done
    } catch (error) {
      await broken.end(conversationId, messageId, error)
    }
    runs.delete(messageId)
    release(turnId, conversationId)
    sayEnded(conversationId, messageId)
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
      release(run.turnId, run.conversationId)
      sayEnded(run.conversationId, messageId)
    },
    running: () => visibleRuns().map((run) => run.snapshot()),
    isRunning: (conversationId) => busy.has(conversationId),
    async abortAll(reason) {
      if (reason === 'quit') broken.giveUp()
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

/** Lets the watcher of a run that just ended do its part. */
const watchTick = () => new Promise<void>((resolve) => setImmediate(resolve))
