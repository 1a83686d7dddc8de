import { locale, t } from './strings.ts'

/** Bytes in units of 1,000, as systems show them. */
export function formatBytes(bytes: number): string {
  const { units } = t.data
  let amount = bytes
  let unit = 0
  while (amount >= 1_000 && unit < units.length - 1) {
    amount /= 1_000
    unit += 1
  }
  const digits = unit === 0 || amount >= 100 ? 0 : 1
  const shown = amount.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return `${shown} ${units[unit] ?? ''}`
}
