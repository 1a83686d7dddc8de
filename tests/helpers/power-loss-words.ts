/** How many pieces a reply of the workload is received in. */
export const pieceCount = 14

/** The pieces of a reply of the workload, from nothing but its id. */
export function replyPieces(replyId: string): string[] {
  return Array.from(
    { length: pieceCount },
    (_, piece) => `<${piece}:${replyId.slice(0, 8)}:${'né'.repeat(piece * 23)}>`,
  )
}

/** What the person wrote for a reply of the workload: now and then so long that it takes pages of its own. */
export function questionFor(replyId: string): string {
  const isLong = replyId.charCodeAt(0) % 4 === 0
  return `to ${replyId} ${'words of a person '.repeat(isLong ? 1_500 : 3)}`
}
