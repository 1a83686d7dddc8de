import type { Credits, NanoUsd } from '../../contract/money.ts'
import { isCredits } from '../core/money.ts'
import { readDecimal, scaled } from './decimal.ts'

/** 1,000 USD: no single request can cost more, so a larger bill is a fault of the wire and is not believed. */
const mostCredits = 2_000_000_000

/** Accuracy, in parts of a credit, within which dollars count as a whole number of credits. */
const tolerance = 1_000_000n

/** Whole credits of one request as the provider sent them; `null` for anything that cannot be a bill. */
export function readCredits(value: unknown): Credits | null {
  return isCredits(value) && value <= mostCredits ? value : null
}

/** Dollars as whole credits (2,000,000 to the dollar), by decimal arithmetic; `null` unless they are a whole number of them. */
export function usdToCredits(value: unknown): Credits | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  return decimalToCredits(String(value))
}

/**
 * The bill in an object with `credits` and `usd` under the given names. Credits win; dollars are used only where there
 * are no sane credits (older replies name only one of them).
 */
export function readBill(credits: unknown, usd: unknown): Credits | null {
  return readCredits(credits) ?? usdToCredits(usd)
}

/** The bill in the response headers, which are text: `x-aimlapi-credits-used`, else `x-aimlapi-usd-spent`. */
export function readHeaderBill(credits: string | null, usd: string | null): Credits | null {
  const whole = credits !== null && /^\d{1,15}$/.test(credits.trim()) ? readCredits(Number(credits)) : null
  return whole ?? (usd === null ? null : decimalToCredits(usd.trim()))
}

/** Dollars of an account, which may be negative, as nano-USD, rounded down; `null` for anything but a sane number. */
export function usdToNanoUsd(value: unknown): NanoUsd | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  const read = readDecimal(String(value))
  if (!read) return null
  const { top, bottom } = scaled(read, 9)
  const floor = top / bottom - (top < 0n && top % bottom !== 0n ? 1n : 0n)
  const nano = Number(floor)
  return Number.isSafeInteger(nano) ? nano : null
}

function decimalToCredits(text: string): Credits | null {
  const read = readDecimal(text)
  if (!read || read.digits < 0n) return null
  // Dollars × 1,000,000; a credit is half of one of those.
  const { top, bottom } = scaled(read, 6)
  const credits = (4n * top + bottom) / (2n * bottom)
  const off = 2n * top - credits * bottom
  const distance = off < 0n ? -off : off
  return distance * tolerance > bottom ? null : readCredits(Number(credits))
}
