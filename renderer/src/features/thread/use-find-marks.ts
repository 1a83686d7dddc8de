import { useEffect, useEffectEvent, useState } from 'react'
import type { ConversationId } from '../../../../electron/contract/ids.ts'
import type { ThreadWindow } from '../../data/thread-window.ts'
import { loadAround } from '../../data/thread.ts'
import type { Follower } from './follower.ts'
import { clearHighlights, highlight, type Occurrence } from './highlight.ts'

/** How long the current occurrence is looked for while rows are drawn. */
const lookMs = 1_500

interface Sought {
  query: string
  current: Occurrence | null
}

/** Marks what is sought in the rows that are drawn, and goes to the current occurrence. Gives how to say what is sought. */
export function useFindMarks(
  conversationId: ConversationId,
  follower: Follower,
  thread: ThreadWindow | undefined,
  log: HTMLElement | null,
): (query: string, current: Occurrence | null) => void {
  const [sought, setSought] = useState<Sought | null>(null)
  const { query, current } = sought ?? { query: '', current: null }

  const indexOf = useEffectEvent((id: string) => thread?.messages.findIndex((message) => message.id === id) ?? -1)
  const isLoaded = current === null || (thread?.messages.some(({ id }) => id === current.messageId) ?? false)

  useEffect(() => {
    if (!isLoaded && current) void loadAround(conversationId, current.messageId).catch(() => null)
  }, [conversationId, isLoaded, current])

  useEffect(() => {
    if (!log || query === '') return
    let frame = 0
    let until = current && isLoaded ? performance.now() + lookMs : 0
    const draw = () => {
      frame = 0
      const box = highlight(log, query, current)
      if (!box || performance.now() > until) return
      until = 0
      follower.revealBox(box)
    }
    const soon = () => {
      frame ||= requestAnimationFrame(draw)
    }
    const changes = new MutationObserver(soon)
    changes.observe(log, { childList: true, subtree: true, characterData: true })
    const at = current ? indexOf(current.messageId) : -1
    if (at !== -1) follower.reveal(at, 'nearest')
    soon()
    return () => {
      changes.disconnect()
      cancelAnimationFrame(frame)
      clearHighlights()
    }
  }, [log, query, current, isLoaded, follower])

  return (nextQuery, next) => setSought(nextQuery === '' ? null : { query: nextQuery, current: next })
}
