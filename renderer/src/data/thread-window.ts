import type { Message } from '../../../electron/contract/routes/conversations.ts'
import { sameMessages } from './same-messages.ts'

/** The stretch of a branch that is loaded, root to leaf. */
export interface ThreadWindow {
  messages: Message[]
  /** Older messages come before the first one. */
  hasMore: boolean
  /** Newer messages come after the last one. */
  hasNewer: boolean
  /** How many messages the whole branch has. */
  total: number
  draft: string
}

/**
 * What was loaded with the newest page read again: what came before that page stays, if the two still meet. A stretch
 * further up stays as it is.
 */
export function joinNewest(known: ThreadWindow | undefined, newest: ThreadWindow): ThreadWindow {
  if (!known) return newest
  if (known.hasNewer) return { ...known, draft: newest.draft }
  const first = newest.messages[0]
  const at = first ? known.messages.findIndex(({ id }) => id === first.id) : -1
  if (at < 1) return newest
  return { ...newest, hasMore: known.hasMore, messages: [...known.messages.slice(0, at), ...newest.messages] }
}

/** What is loaded, with messages read again exchanged for what they are now. Which messages there are does not change. */
export function refreshed(known: ThreadWindow, again: readonly Message[]): ThreadWindow {
  const now = new Map(again.map((message) => [message.id, message]))
  const messages = sameMessages(
    known.messages,
    known.messages.map((message) => now.get(message.id) ?? message),
  )
  return messages.every((message, at) => message === known.messages[at]) ? known : { ...known, messages }
}
