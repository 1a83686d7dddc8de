import type { SearchHit } from '../../../electron/contract/routes/conversations.ts'

/**
 * Says each thing once: a conversation found by its title and by a message is listed in the title's place, and opens at
 * that message. What else was found keeps its order.
 */
export function mergeHits(hits: readonly SearchHit[]): SearchHit[] {
  const taken = new Set<SearchHit>()
  const merged = hits.map((hit) => {
    if (hit.messageId !== null) return hit
    const inside = hits.find(
      ({ conversationId, messageId }) => messageId !== null && conversationId === hit.conversationId,
    )
    if (!inside) return hit
    taken.add(inside)
    return { ...inside }
  })
  return merged.filter((hit) => !taken.has(hit))
}
