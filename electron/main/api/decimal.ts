const decimal = /^(-?)(\d{1,40})(?:\.(\d{1,60}))?(?:e([+-]?\d{1,3}))?$/i

/** A decimal number kept exact: `digits × 10^-scale`. */
export interface Decimal {
  digits: bigint
  scale: number
}

/**
 * A decimal literal as an exact number; `null` for anything else. A JSON number goes through `String(number)`, which
 * gives back the digits that were sent (up to 15 of them).
 */
export function readDecimal(text: string): Decimal | null {
  const match = decimal.exec(text)
  if (!match) return null
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const digits = BigInt(`${sign}${whole}${fraction}`)
  return { digits, scale: fraction.length - Number(exponent) }
}

/** `value × 10^power` as a fraction of two integers, the second one positive. */
export function scaled(value: Decimal, power: number): { top: bigint; bottom: bigint } {
  const shift = power - value.scale
  return shift >= 0
    ? { top: value.digits * 10n ** BigInt(shift), bottom: 1n }
    : { top: value.digits, bottom: 10n ** BigInt(-shift) }
}
