/** The known name that a misspelt one most likely means, or `null` when none is near. */
export function nearestName(given: string, known: readonly string[]): string | null {
  const plain = simplify(given)
  if (plain === '' || plain.length > 60) return null
  const ranked = known
    .map((name) => ({ name, distance: distance(plain, simplify(name)) }))
    .toSorted((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= Math.max(1, Math.floor(plain.length / 3)) ? best.name : null
}

/** `maxTokens`, `max-tokens` and `max_tokens` are one name. */
function simplify(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** How many letters must be changed, added or left out. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
