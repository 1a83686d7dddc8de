import { useEffect, useRef, useState } from 'react'
import type { ConversationId, MessageId } from '../../../../electron/contract/ids.ts'
import type { ThreadWindow } from '../../data/thread-window.ts'
import { loadAround } from '../../data/thread.ts'
import { t } from '../../text/strings.ts'
import { showToast } from '../../ui/toasts.tsx'
import type { Follower } from './follower.ts'

/** A message to bring into view; a new object each time it is asked for. */
export interface Target {
  messageId: MessageId
}

/** How long the row is marked. */
const markMs = 2_600

/** Brings a message into view, with what is around it; gives the row to mark. */
export function useTarget(
  conversationId: ConversationId,
  follower: Follower,
  thread: ThreadWindow | undefined,
  target: Target | null,
): MessageId | null {
  const [marked, setMarked] = useState<MessageId | null>(null)
  const reached = useRef<Target | null>(null)
  const asked = useRef<Target | null>(null)
  useEffect(() => {
    if (!target || !thread || reached.current === target) return
    const at = thread.messages.findIndex(({ id }) => id === target.messageId)
    if (at === -1) {
      if (asked.current === target) return
      asked.current = target
      loadAround(conversationId, target.messageId).catch(() => {
        reached.current = target
        showToast(t.reading.notHere)
      })
      return
    }
    reached.current = target
    // The list draws all its rows for a target; their places are known once it has.
    requestAnimationFrame(() => {
      setMarked(target.messageId)
      requestAnimationFrame(() => follower.reveal(at, 'top'))
    })
  }, [conversationId, follower, thread, target])
  useEffect(() => {
    if (marked === null) return
    const timer = setTimeout(() => setMarked(null), markMs)
    return () => clearTimeout(timer)
  }, [marked])
  return marked
}
