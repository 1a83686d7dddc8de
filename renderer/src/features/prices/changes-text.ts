import type { PriceChange } from '../../../../electron/contract/routes/prices.ts'
import { locale, t } from '../../text/strings.ts'

/** How a price moved, such as "input rose 7.1×, output rose 3.7×"; empty where no rate did. */
export const changesText = (changes: readonly PriceChange[]): string =>
  changes.map(({ side, direction, amount }) => t.prices.changed[side][direction](inLocale(amount))).join(', ')

/** "7.1×" as numbers are written in the language in use. */
const inLocale = (amount: string) =>
  amount.replace(/^[\d.]+/, (number) => Number(number).toLocaleString(locale, { maximumFractionDigits: 1 }))
