import type { MessageId } from '../../contract/ids.ts'

/** A message that could be left out. */
export interface Candidate {
  messageId: MessageId
  tokens: number
}

/**
 * The smallest set of messages to leave out so that at least `excessTokens` go: the oldest ones, or the dearest, which are
 * the fewest. In the order given; `null` when even all of them are not enough.
 */
export function proposeFit(
  candidates: readonly Candidate[],
  excessTokens: number,
  by: 'oldest' | 'dearest',
): Candidate[] | null {
  if (excessTokens <= 0) return []
  const order = by === 'oldest' ? [...candidates] : candidates.toSorted((a, b) => b.tokens - a.tokens)
  let gone = 0
  for (const [place, { tokens }] of order.entries()) {
    gone += tokens
    if (gone < excessTokens) continue
    const chosen = new Set(order.slice(0, place + 1))
    // One that is not needed any more, given those after it, stays.
    for (const each of [...chosen].toSorted((a, b) => a.tokens - b.tokens)) {
      if (gone - each.tokens < excessTokens) continue
      chosen.delete(each)
      gone -= each.tokens
    }
    return candidates.filter((each) => chosen.has(each))
  }
  return null
}
