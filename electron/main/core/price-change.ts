import type { Price } from '../../contract/price.ts'
import type { PriceChange } from '../../contract/routes/prices.ts'

type Rates = Pick<Price, 'inputNanoUsdPerMTok' | 'outputNanoUsdPerMTok' | 'cachedNanoUsdPerMTok'>

/** What changed between two prices, side by side: such as "input rose 7.1×". Empty when no rate did, or there was none before. */
export function priceChanges(before: Rates | null, after: Rates): PriceChange[] {
  if (!before) return []
  return [
    change('input', before.inputNanoUsdPerMTok, after.inputNanoUsdPerMTok),
    change('output', before.outputNanoUsdPerMTok, after.outputNanoUsdPerMTok),
    change('cached', before.cachedNanoUsdPerMTok, after.cachedNanoUsdPerMTok),
  ].filter((each) => each !== null)
}

function change(side: PriceChange['side'], from: number | null, to: number | null): PriceChange | null {
  if (from === null || to === null || from === to) return null
  const direction = to > from ? 'rose' : 'fell'
  const ratio = from === 0 || to === 0 ? Infinity : Math.max(from, to) / Math.min(from, to)
  const percent = Math.abs(to - from) / (from === 0 ? to : from)
  const amount =
    ratio >= 2 && Number.isFinite(ratio) ? `${round(ratio, 1)}×` : `${Math.max(1, Math.round(percent * 100))} %`
  const factor = from === 0 ? 0 : round(to / from, 2)
  return { side, direction, fromNanoUsdPerMTok: from, toNanoUsdPerMTok: to, factor, amount }
}

const round = (value: number, places: number) => Math.round(value * 10 ** places) / 10 ** places
