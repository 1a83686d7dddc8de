import { useSyncExternalStore } from 'react'
import type { ConversationId, MessageId } from '../../../electron/contract/ids.ts'

/** The last thing that happened to a reply, for the status that assistive technology reads. */
export interface Announcement {
  what: 'started' | 'ended'
  conversationId: ConversationId
  messageId: MessageId
}

let latest: Announcement | null = null
const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Tells that a reply began or ended. */
export function announce(what: Announcement['what'], conversationId: ConversationId, messageId: MessageId) {
  latest = { what, conversationId, messageId }
  for (const listener of listeners) listener()
}

/** The last announcement of any conversation. */
export const useAnnouncement = (): Announcement | null => useSyncExternalStore(subscribe, () => latest)
