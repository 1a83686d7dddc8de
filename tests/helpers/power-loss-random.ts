/** Numbers that a seed decides. */
export interface Random {
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number
  /** Overwrites bytes with noise. */
  fill(bytes: Uint8Array): void
}

/** The generator "mulberry32". */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  return {
    below: (limit) => next() % Math.max(1, limit),
    fill(bytes) {
      for (let at = 0; at < bytes.length; at++) bytes[at] = next() & 0xff
    },
  }
}
