import type { Cost, NanoUsd } from '../../../electron/contract/money.ts'
import type { MessageCost } from '../../../electron/contract/routes/conversations.ts'
import { perLocale } from './per-locale.ts'
import { locale, t } from './strings.ts'

const nanoDigits = 9

const usd = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const

const formats = perLocale((of) => ({
  usd: new Intl.NumberFormat(of, { ...usd, maximumFractionDigits: nanoDigits }),
  count: new Intl.NumberFormat(of),
}))

/**
 * Nano-USD as dollars: at least two decimals, and as many as the significant digits need, so that an amount that is
 * not zero never reads as zero. Rounds half up; `up` is for bounds, which must not be understated, `down` for what is left.
 */
export function formatUsd(
  nanoUsd: NanoUsd,
  { round = 'half-up', digits = 3 }: { round?: 'half-up' | 'up' | 'down'; digits?: number } = {},
): string {
  const sign = nanoUsd < 0 ? '−' : ''
  const amount = BigInt(Math.abs(Math.trunc(nanoUsd)))
  const significant = digits - amount.toString().length + nanoDigits
  const decimals = amount === 0n ? 2 : Math.min(nanoDigits, Math.max(2, significant))
  const unit = 10n ** BigInt(nanoDigits - decimals)
  const rounded = (amount + { up: unit - 1n, 'half-up': unit / 2n, down: 0n }[round]) / unit
  const shown = rounded.toString().padStart(decimals + 1, '0')
  // A decimal in text stays exact: it never becomes a floating-point number.
  const exact = `${shown.slice(0, -decimals)}.${shown.slice(-decimals)}` as `${number}`
  return `${sign}${formats().usd.format(exact)}`
}

/** A bound: never less than it is. */
export const formatBound = (nanoUsd: NanoUsd): string => formatUsd(nanoUsd, { round: 'up' })

/** What is left: never more than it is. */
export const formatLeft = (nanoUsd: NanoUsd): string => formatUsd(Math.max(0, nanoUsd), { round: 'down' })

/** Every digit that there is. */
export const formatExact = (nanoUsd: NanoUsd): string => formatUsd(nanoUsd, { digits: 30 })

/** Decimals in text as dollars, each with exactly so many of them. They stay exact: none becomes a floating-point number. */
export function formatDecimals(texts: readonly string[], decimals: number): string[] {
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  const format = new Intl.NumberFormat(locale, { ...usd, ...options })
  return texts.map((text) => format.format(text as `${number}`).replace('-', '−'))
}

/** Every digit that there is, all with as many decimals as the longest needs: for a column. */
export function formatExactly(amounts: readonly NanoUsd[]): string[] {
  const parts = amounts.map((nanoUsd) => {
    const digits = Math.abs(nanoUsd)
      .toString()
      .padStart(nanoDigits + 1, '0')
    return { sign: nanoUsd < 0 ? '-' : '', whole: digits.slice(0, -nanoDigits), fraction: digits.slice(-nanoDigits) }
  })
  const needed = Math.max(2, ...parts.map(({ fraction }) => fraction.replace(/0+$/, '').length))
  return formatDecimals(
    parts.map(({ sign, whole, fraction }) => `${sign}${whole}.${fraction}`),
    needed,
  )
}

/** A count of tokens or characters. */
export const formatCount = (amount: number): string => formats().count.format(amount)

/** What one message has cost, in words that never let an estimate look billed or an unknown look free. */
export function messageCostText(cost: MessageCost): string {
  const words = t.money
  if (cost.state === 'demo') return words.demo
  if (cost.state === 'not-charged') return words.notCharged
  if (cost.state === 'held')
    return cost.reservedNanoUsd === null ? words.heldUnbound : words.held(formatBound(cost.reservedNanoUsd))
  if (cost.state === 'unknown' || cost.nanoUsd === null)
    return cost.reservedNanoUsd === null ? words.unknownUnbound : words.unknown(formatBound(cost.reservedNanoUsd))
  if (cost.source === 'computed') return words.computed(formatUsd(cost.nanoUsd))
  if (cost.source === 'unknown' || cost.source === null) return words.unknownUnbound
  return words.billed(formatUsd(cost.nanoUsd))
}

/** The parts of a sum: what is settled, how much of it was computed, and what is not known yet. */
export function costParts(cost: Cost): string[] {
  const words = t.money
  const isAllComputed = cost.computedNanoUsd > 0 && cost.computedNanoUsd === cost.nanoUsd
  const parts: string[] = []
  if (isAllComputed) parts.push(words.computed(formatUsd(cost.nanoUsd)))
  else if (cost.nanoUsd !== 0) parts.push(formatUsd(cost.nanoUsd))
  if (!isAllComputed && cost.computedNanoUsd > 0) parts.push(words.partComputed(formatUsd(cost.computedNanoUsd)))
  const bound = cost.reservedNanoUsd > 0 ? formatBound(cost.reservedNanoUsd) : null
  if (cost.unknownCount > 0) parts.push(words.someUnknown(cost.unknownCount, bound))
  else if (bound !== null) parts.push(words.running(bound))
  return parts.length === 0 ? [words.nothingYet] : parts
}

/** A sum in a few characters, for lists: `null` when there is nothing to say. */
export function shortCost(cost: Cost): string | null {
  const isApproximate = cost.computedNanoUsd > 0
  const isOpen = cost.unknownCount > 0
  if (cost.nanoUsd === 0) return isOpen ? t.money.unknownShort : null
  return `${isApproximate ? '≈ ' : ''}${formatUsd(cost.nanoUsd, { digits: 2 })}${isOpen ? ' + ?' : ''}`
}
