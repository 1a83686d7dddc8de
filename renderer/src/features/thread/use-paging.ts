import { useEffect, useRef, useState } from 'react'
import type { ConversationId } from '../../../../electron/contract/ids.ts'
import type { ThreadWindow } from '../../data/thread-window.ts'
import { loadNewer, loadOlder } from '../../data/thread.ts'
import type { Follower } from './follower.ts'

/** What is being loaded at either end, and whether it failed. */
export interface Paging {
  older: 'idle' | 'loading' | 'failed'
  newer: 'idle' | 'loading' | 'failed'
  /** Tries the older ones again. */
  again: () => void
}

/** Loads more as the view comes near an end of what is loaded. */
export function usePaging(
  conversationId: ConversationId,
  follower: Follower,
  thread: Pick<ThreadWindow, 'hasMore' | 'hasNewer'> | undefined,
): Paging {
  const [older, setOlder] = useState<Paging['older']>('idle')
  const [newer, setNewer] = useState<Paging['newer']>('idle')
  const busy = useRef(false)
  const hasMore = thread?.hasMore ?? false
  const hasNewer = thread?.hasNewer ?? false

  const load = async (edge: 'start' | 'end') => {
    if (busy.current) return
    busy.current = true
    const [work, say] = edge === 'start' ? [loadOlder, setOlder] : [loadNewer, setNewer]
    say('loading')
    const outcome = await work(conversationId).then(
      () => 'idle' as const,
      () => 'failed' as const,
    )
    say(outcome)
    busy.current = false
  }

  useEffect(() =>
    follower.onNearEdge((edge) => {
      if (edge === 'start' && hasMore && older === 'idle') void load('start')
      if (edge === 'end' && hasNewer && newer === 'idle') void load('end')
    }),
  )

  return { older, newer, again: () => void load('start') }
}
