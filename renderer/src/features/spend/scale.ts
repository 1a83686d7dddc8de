import type { Cost, NanoUsd } from '../../../../electron/contract/money.ts'

/** The top of a scale: the first round amount that holds another, and whose half is whole nano-USD too; never zero. */
export function scaleTop(most: NanoUsd): NanoUsd {
  let unit = 20
  for (;;) {
    for (const factor of [1, 1.5, 2, 3, 4, 5, 6, 8]) if (unit * factor >= most) return unit * factor
    unit *= 10
  }
}

/** How high the parts of a bar are, from the bottom up, in pixels. What is there is never too small to see. */
export function barParts(
  cost: Cost,
  top: NanoUsd,
  heightPx: number,
): { billed: number; computed: number; held: number } {
  const px = (nanoUsd: NanoUsd) => (nanoUsd <= 0 ? 0 : Math.max(2, (nanoUsd / top) * heightPx))
  return {
    billed: px(cost.nanoUsd - cost.computedNanoUsd),
    computed: px(cost.computedNanoUsd),
    held: px(cost.reservedNanoUsd),
  }
}

/** How dark each of some amounts is, 0 (nothing) to 4, by quarters of those that are not zero. */
export function heatLevels(amounts: readonly NanoUsd[]): (amount: NanoUsd) => 0 | 1 | 2 | 3 | 4 {
  const sorted = amounts.filter((amount) => amount > 0).toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const [low, middle, high] = [at(0.25), at(0.5), at(0.75)]
  return (amount) => {
    if (amount <= 0) return 0
    if (amount > high || sorted.length === 1) return 4
    if (amount > middle) return 3
    return amount > low ? 2 : 1
  }
}
