import type { ParleyEvent } from '../../../electron/contract/events.ts'
import type { ConversationId, MessageId } from '../../../electron/contract/ids.ts'
import type { TurnSnapshot } from '../../../electron/contract/routes/turns.ts'
import { join } from './live-text.ts'

/** A running reply as this window has it. A new object whenever something changed. */
export type LiveReply = Readonly<TurnSnapshot>

type Delta = Extract<ParleyEvent, { name: 'turn.delta' }>
type Progress = Extract<ParleyEvent, { name: 'turn.progressed' }>

/** What the store needs: a frame to draw in, and main to ask. */
export interface StreamDeps {
  /** Runs `draw` once, before the next frame. */
  onFrame(draw: () => void): void
  /** `turns.running`; `null` when main could not be asked. */
  askRunning(): Promise<TurnSnapshot[] | null>
}

/** Running replies by message id: fed by events, read by `useSyncExternalStore`, told to readers once per frame. */
export interface StreamStore {
  apply(event: ParleyEvent): void
  /** Asks main for every running reply and replaces what is held. */
  resync(): Promise<void>
  get(messageId: MessageId): LiveReply | undefined
  /** The running reply of a conversation that the person waits for; one that only settles its price is not. */
  ofConversation(conversationId: ConversationId): LiveReply | undefined
  /** The stored message has arrived: the live one is not needed any more. */
  forget(messageId: MessageId): void
  subscribe(listener: () => void): () => void
}

const fresh = (conversationId: ConversationId, messageId: MessageId): LiveReply => ({
  conversationId,
  messageId,
  phase: 'sending',
  text: '',
  reasoning: '',
  thinkingMs: null,
  attempt: 1,
  retryAt: null,
  quietSince: null,
  upToNanoUsd: null,
})

/** Makes an empty store. */
export function createStreamStore({ onFrame, askRunning }: StreamDeps): StreamStore {
  const arriving = new Map<MessageId, LiveReply>()
  const ended = new Set<MessageId>()
  let shown: ReadonlyMap<MessageId, LiveReply> = new Map()
  let isDrawing = false
  let asking: Promise<void> | null = null
  let held: Delta[] = []
  /** Came while main was being asked: its answer may be older. */
  let progressed: Progress[] = []
  const listeners = new Set<() => void>()

  function draw() {
    if (isDrawing) return
    isDrawing = true
    onFrame(() => {
      isDrawing = false
      shown = new Map(arriving)
      for (const listener of listeners) listener()
    })
  }

  function applyDelta(delta: Delta) {
    if (ended.has(delta.messageId)) return
    const reply = arriving.get(delta.messageId) ?? fresh(delta.conversationId, delta.messageId)
    if (reply.phase === 'settling') return
    const field = delta.kind === 'content' ? 'text' : 'reasoning'
    const joined = join(reply[field], delta)
    if (joined.kind === 'gap') {
      held.push(delta)
      void resync()
      return
    }
    if (joined.kind === 'known') return
    const { thinkingMs } = delta
    arriving.set(delta.messageId, { ...reply, phase: 'streaming', quietSince: null, thinkingMs, [field]: joined.text })
    draw()
  }

  function applyProgress({ conversationId, messageId, phase, attempt, retryAt, quietSince }: Progress) {
    if (ended.has(messageId)) return
    const reply = arriving.get(messageId) ?? fresh(conversationId, messageId)
    arriving.set(messageId, { ...reply, phase, attempt, retryAt, quietSince })
    draw()
  }

  async function askOnce() {
    const running = await askRunning()
    const waiting = held
    held = []
    const meanwhile = progressed
    progressed = []
    if (!running) return
    const alive = new Set(running.map((reply) => reply.messageId))
    for (const messageId of arriving.keys())
      if (!alive.has(messageId) && !ended.has(messageId)) arriving.delete(messageId)
    for (const reply of running) if (!ended.has(reply.messageId)) arriving.set(reply.messageId, reply)
    draw()
    for (const progress of meanwhile) if (alive.has(progress.messageId)) applyProgress(progress)
    for (const delta of waiting) if (alive.has(delta.messageId)) applyDelta(delta)
  }

  function resync(): Promise<void> {
    asking ??= askOnce().finally(() => {
      asking = null
    })
    return asking
  }

  return {
    apply(event) {
      if (event.name === 'turn.delta') {
        if (asking) held.push(event)
        else applyDelta(event)
      } else if (event.name === 'turn.started') {
        ended.delete(event.messageId)
        if (!arriving.has(event.messageId)) arriving.set(event.messageId, fresh(event.conversationId, event.messageId))
        draw()
        // The event does not carry the bound of the price; the snapshot does.
        void resync()
      } else if (event.name === 'turn.progressed') {
        if (asking) progressed.push(event)
        applyProgress(event)
      } else if (event.name === 'turn.ended') {
        ended.add(event.messageId)
      } else if (event.name === 'events.lost') {
        void resync()
      }
    },
    resync,
    get: (messageId) => shown.get(messageId),
    ofConversation(conversationId) {
      for (const reply of shown.values())
        if (reply.conversationId === conversationId && reply.phase !== 'settling') return reply
      return undefined
    },
    forget(messageId) {
      if (arriving.delete(messageId)) draw()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
