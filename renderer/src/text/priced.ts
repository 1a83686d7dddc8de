import type { NanoUsd } from '../../../electron/contract/money.ts'
import type { Usage } from '../../../electron/contract/price.ts'
import type { LedgerRow } from '../../../electron/contract/routes/spend.ts'
import { formatDecimals } from './money.ts'

/** One kind of tokens at its price. Amounts are exact, in millionths of a nano-dollar. */
export interface PricedLine {
  kind: 'input' | 'cached' | 'output'
  tokens: number
  nanoUsdPerMTok: NanoUsd
  amount: bigint
}

/** What tokens come to at a price: the lines, their sum, and the sum rounded up to whole credits, once. */
export interface Priced {
  lines: PricedLine[]
  sum: bigint
  credits: number
}

/** A credit of 500 nano-USD in millionths of a nano-dollar. */
const perCredit = 500_000_000n
const decimals = 15

const line = (kind: PricedLine['kind'], tokens: number, nanoUsdPerMTok: NanoUsd): PricedLine => ({
  kind,
  tokens,
  nanoUsdPerMTok,
  amount: BigInt(tokens) * BigInt(nanoUsdPerMTok),
})

/** The calculation behind a computed cost, for showing; `null` when a count or the price is missing. */
export function priceTokens(usage: Usage, price: LedgerRow['price']): Priced | null {
  const { promptTokens, completionTokens } = usage
  if (price === null || promptTokens === null || completionTokens === null) return null
  const cachedPrice = price.cachedNanoUsdPerMTok
  const cached = cachedPrice === null ? 0 : Math.min(usage.cachedTokens ?? 0, promptTokens)
  const lines = [
    line('input', promptTokens - cached, price.inputNanoUsdPerMTok),
    ...(cached > 0 ? [line('cached', cached, cachedPrice ?? 0)] : []),
    line('output', completionTokens, price.outputNanoUsdPerMTok),
  ]
  const sum = lines.reduce((total, { amount }) => total + amount, 0n)
  return { lines, sum, credits: Number((sum + perCredit - 1n) / perCredit) }
}

const fractionOf = (amount: bigint) =>
  amount
    .toString()
    .padStart(decimals + 1, '0')
    .slice(-decimals)

/** Exact amounts in millionths of a nano-dollar as dollars, all with as many decimals as the longest needs: `$0.000029956212`. */
export function formatFine(amounts: readonly bigint[]): string[] {
  const needed = Math.max(2, ...amounts.map((amount) => fractionOf(amount).replace(/0+$/, '').length))
  return formatDecimals(
    amounts.map((amount) => `${amount / 10n ** BigInt(decimals)}.${fractionOf(amount)}`),
    needed,
  )
}
