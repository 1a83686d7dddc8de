import type { MessageId } from '../../../../electron/contract/ids.ts'

/** So many replies are remembered. */
const maxTimes = 500

const times = new Map<MessageId, { from: number; ms: number | null }>()
const listeners = new Set<() => void>()

/** How long replies thought that this window saw think. Of others it is not known. */
export const thinkingTimes = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  /** Milliseconds; `null`: not known, or still going on. */
  get: (messageId: MessageId): number | null => times.get(messageId)?.ms ?? null,
  /** Thinking is seen, or seen to be over. */
  note(messageId: MessageId, isThinking: boolean): void {
    const held = times.get(messageId)
    if (isThinking) {
      if (held) return
      times.set(messageId, { from: performance.now(), ms: null })
      const [oldest] = times.keys()
      if (times.size > maxTimes && oldest !== undefined) times.delete(oldest)
    } else if (held && held.ms === null) {
      held.ms = performance.now() - held.from
      for (const listener of listeners) listener()
    }
  },
}
