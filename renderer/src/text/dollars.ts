import type { NanoUsd } from '../../../electron/contract/money.ts'
import { perLocale } from './per-locale.ts'

const nanoDigits = 9

/** Why something written is no amount. `ambiguous`: "1,000" may be a thousand or one. */
export type AmountRefusal = 'not-a-number' | 'negative' | 'too-many-decimals' | 'too-large' | 'ambiguous'

/** What was written into a field for dollars. */
export type WrittenAmount =
  | { kind: 'empty' }
  | { kind: 'amount'; nanoUsd: NanoUsd }
  | { kind: 'refused'; why: AmountRefusal }

const decimalSign = perLocale(
  (locale) => new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.',
)

const refused = (why: AmountRefusal): WrittenAmount => ({ kind: 'refused', why })

/** Where whole dollars end: the place of the decimal sign, -1 where there is none, `null` where that cannot be told. */
function placeOfDecimal(digits: string, sign: string): number | null {
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  if (last === -1) return -1
  const mark = digits[last] ?? ''
  const other = mark === '.' ? ',' : '.'
  const isAlone = digits.indexOf(mark) === last
  if (digits.includes(other)) return isAlone ? last : -1
  if (!isAlone) return -1
  const isLikeThousand = /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)
  return mark !== sign && isLikeThousand ? null : last
}

/**
 * Reads dollars as people write them, exactly and without floating point: "0.05", "0,05", "$5", "1 000", "1,234.50".
 * What could be two amounts is refused rather than guessed; `sign` is the decimal sign of the language in use.
 */
export function parseUsd(text: string, mostNanoUsd: NanoUsd, sign = decimalSign()): WrittenAmount {
  const bare = text.trim().replace(/^([-−]?)\s*\$\s*/, '$1')
  const written = bare.replace(/\s*\$$/, '')
  if (written === '') return { kind: 'empty' }
  if (/^[-−]\s*[\d.,]/.test(written)) return refused('negative')
  if (!/^[\d.,\s'’]+$/.test(written) || !/\d/.test(written)) return refused('not-a-number')
  const at = placeOfDecimal(written, sign)
  if (at === null) return refused('ambiguous')
  const whole = at === -1 ? written : written.slice(0, at)
  const fraction = at === -1 ? '' : written.slice(at + 1).replace(/0+$/, '')
  if (!/^(\d*|\d{1,3}(?:([.,\s'’])\d{3})(?:\2\d{3})*)$/.test(whole) || !/^\d*$/.test(fraction))
    return refused('not-a-number')
  if (fraction.length > nanoDigits) return refused('too-many-decimals')
  const amount = BigInt(whole.replaceAll(/\D/g, '') + fraction.padEnd(nanoDigits, '0'))
  return amount > BigInt(mostNanoUsd) ? refused('too-large') : { kind: 'amount', nanoUsd: Number(amount) }
}

/** An amount as it would be typed: exact, without a dollar sign. `parseUsd` reads it back. */
export function typedUsd(nanoUsd: NanoUsd): string {
  const digits = nanoUsd.toString().padStart(nanoDigits + 1, '0')
  const fraction = digits.slice(-nanoDigits).replace(/0+$/, '')
  const whole = digits.slice(0, -nanoDigits)
  return fraction === '' ? whole : `${whole}${decimalSign()}${fraction.padEnd(2, '0')}`
}
