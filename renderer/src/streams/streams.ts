import { useSyncExternalStore } from 'react'
import type { ConversationId, MessageId } from '../../../electron/contract/ids.ts'
import { call } from '../ipc/call.ts'
import { createStreamStore, type LiveReply } from './stream-store.ts'

/** How often a hidden window, which gets no frames, takes in what arrived. */
const hiddenMs = 250

/** The running replies of this window. */
export const streams = createStreamStore({
  onFrame(draw) {
    if (document.visibilityState === 'hidden') setTimeout(draw, hiddenMs)
    else requestAnimationFrame(draw)
  },
  async askRunning() {
    const result = await call('turns.running', {})
    return result.ok ? result.value : null
  },
})

const never = () => () => undefined

/** The running reply of a message; only its row renders again. `null`: one that does not run hears nothing of streams. */
export const useLiveReply = (messageId: MessageId | null): LiveReply | undefined =>
  useSyncExternalStore(messageId === null ? never : streams.subscribe, () =>
    messageId === null ? undefined : streams.get(messageId),
  )

/** What the composer knows of the running reply: not its text, so that it does not render with every frame. */
export interface RunningTurn {
  messageId: MessageId
  upToNanoUsd: number | null
}

/** The reply that a conversation waits for. */
export function useRunningTurn(conversationId: ConversationId): RunningTurn | null {
  const messageId = useSyncExternalStore(
    streams.subscribe,
    () => streams.ofConversation(conversationId)?.messageId ?? null,
  )
  const upToNanoUsd = useSyncExternalStore(
    streams.subscribe,
    () => streams.ofConversation(conversationId)?.upToNanoUsd ?? null,
  )
  return messageId === null ? null : { messageId, upToNanoUsd }
}
