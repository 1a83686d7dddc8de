const units = ['bytes', 'KB', 'MB', 'GB', 'TB']

/** Bytes in units of 1,000, as systems show them. */
export function formatBytes(bytes: number): string {
  let amount = bytes
  let unit = 0
  while (amount >= 1_000 && unit < units.length - 1) {
    amount /= 1_000
    unit += 1
  }
  const digits = unit === 0 || amount >= 100 ? 0 : 1
  return `${amount.toFixed(digits)} ${units[unit] ?? ''}`
}
