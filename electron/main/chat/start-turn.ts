import type { ParleyEvent } from '../../contract/events.ts'
import type { AttemptId, ConversationId, MessageId } from '../../contract/ids.ts'
import type { Usage } from '../../contract/price.ts'
import type { StartedTurn } from '../../contract/routes/turns.ts'
import type { Chat } from '../api/events.ts'
import type { CountedPrompt } from '../store/context.ts'
import type { TurnGround } from '../store/conversations.ts'
import type { Store } from '../store/host.ts'
import type { KeptPrice } from '../store/prices.ts'
import type { Beginning } from './beginnings.ts'
import type { BrokenTurns } from './broken-turns.ts'
import { demandFit, type FitDeps, type SentBytes } from './fit.ts'
import { buildPrompt } from './prompt.ts'
import type { Recording } from './recorder.ts'
import { startRun, type Run } from './run.ts'

export interface StartTurnDeps {
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
  now: () => number
  newId: <Id extends string>() => Id
  backoffMs: (number: number, retryAfterMs: number | undefined) => number
}

/** Where a turn that starts belongs. */
interface Place {
  record: (conversationId: ConversationId, messageId: MessageId) => Recording
  broken: Pick<BrokenTurns, 'end'>
  /** Called as soon as its reply runs, before anybody hears of it. */
  onRun: (run: Run) => void
}

/**
 * Takes a turn from its beginning to a running reply: looks whether it fits, commits its messages, starts the first attempt.
 * Fails before anything is stored; what breaks after that ends the reply. A turn that had begun before is not begun again.
 */
export async function startTurn(
  deps: StartTurnDeps,
  { record, broken, onRun }: Place,
  beginning: Beginning,
  mayExceedBudget: boolean,
): Promise<StartedTurn> {
  const { store, publish, now, newId, backoffMs } = deps
  const { turnId, conversationId, purpose, partial, text } = beginning
  const ground = await store.read.turnGround({ conversationId })
  const { isDemo, parameters } = ground
  const chat = await deps.chatFor(ground)
  const connectionId = await deps.connectionIdFor(ground)
  const price = isDemo ? null : await deps.priceFor(ground)
  const parentId = beginning.parentId === 'shown' ? ground.leafId : beginning.parentId
  const { defaults, attachments } = await demandFit(
    { read: store.read, bytes: deps.bytes, overflow: deps.overflow },
    {
      turnId,
      conversationId,
      parentId,
      text,
      attachments: beginning.attachments ?? null,
      ground,
      price,
      at: now(),
      mayExceedBudget,
    },
  )
  const begun = await store.write.beginTurn({
    turnId,
    conversationId,
    parentId,
    text,
    attachments: attachments.map(({ attachmentId, mode }) => ({ attachmentId, mode })),
    isContinuation: partial !== null,
    keepsDraft: beginning.keepsDraft ?? false,
    userMessageId: newId<MessageId>(),
    replyMessageId: newId<MessageId>(),
    at: now(),
  })
  const { userMessageId, replyMessageId: messageId } = begun
  const started: StartedTurn = { userMessageId, replyMessageId: messageId }
  if (!begun.isNew) return started
  if (attachments.length > 0) publish({ name: 'documents.changed', conversationId })
  try {
    const branch = await store.read.readPrompt({ leafId: userMessageId })
    const prompt = buildPrompt(branch, parameters, defaults, deps.bytes.stream)
    const onCounted = ({ promptTokens, completionTokens }: Usage) =>
      deps.onCounted({ conversationId, messageId, branch, parameters, promptTokens, completionTokens })
    const recording = record(conversationId, messageId)
    const run = startRun(
      { store, chat, publish, now, newId: () => newId<AttemptId>(), onCounted, backoffMs },
      {
        turnId,
        conversationId,
        messageId,
        connectionId,
        isDemo,
        purpose,
        prompt,
        price,
        mayExceedBudget,
        partial,
        recording,
      },
    )
    onRun(run)
  } catch (error) {
    await broken.end(conversationId, messageId, error)
  }
  return started
}
