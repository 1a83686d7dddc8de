import type { Message } from '../../../electron/contract/routes/conversations.ts'

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
