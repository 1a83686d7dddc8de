import type { LedgerRow } from '../../../../electron/contract/routes/spend.ts'
import { formatCount, formatExact } from '../../text/money.ts'
import { formatFine, priceTokens } from '../../text/priced.ts'
import { t } from '../../text/strings.ts'

/** Tokens by kind times the price of that moment, the one rounding, and how that compares with the bill. */
export function Calculation({ row }: { row: LedgerRow }) {
  const words = t.spend
  const { usage, price } = row
  const priced = priceTokens(usage, price)
  if (price === null) return <p className="text-muted">{words.noPrice}</p>
  if (priced === null) return <p className="text-muted">{words.noTokens}</p>
  const isBilled = row.source === 'billed' || row.source === 'header'
  const isPricedAlike = (usage.cachedTokens ?? 0) > 0 && price.cachedNanoUsdPerMTok === null
  const amounts = formatFine([...priced.lines.map(({ amount }) => amount), priced.sum])
  const cell = 'py-1.5 pl-4 text-right'
  return (
    <>
      <table className="w-full tabular-nums">
        <caption className="sr-only">{words.calculation}</caption>
        <thead>
          <tr className="border-b border-line-strong text-xs text-muted">
            <td />
            {[words.tokens, words.pricePer, words.amount].map((name) => (
              <th key={name} scope="col" className="py-1 pl-4 text-right font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {priced.lines.map(({ kind, tokens, nanoUsdPerMTok }, at) => (
            <tr key={kind} className="border-b border-line">
              <th scope="row" className="py-1.5 text-left font-normal">
                {words.kinds[kind]}
              </th>
              <td className={cell}>{formatCount(tokens)}</td>
              <td className={cell}>{formatExact(nanoUsdPerMTok)}</td>
              <td className={cell}>{amounts[at]}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3} className="py-1.5 text-left font-medium">
              {words.sum}
            </th>
            <td className={`${cell} font-medium`}>{amounts.at(-1)}</td>
          </tr>
        </tfoot>
      </table>
      <p className="mt-1 text-muted">
        {words.rounding(words.credits(priced.credits))}{' '}
        {isBilled && row.credits !== null
          ? row.credits === priced.credits
            ? words.agrees
            : words.differs(words.credits(row.credits))
          : ''}
      </p>
      {usage.reasoningTokens ? (
        <p className="text-muted">{words.ofOutput(formatCount(usage.reasoningTokens))}</p>
      ) : null}
      {isPricedAlike ? <p className="text-muted">{words.ofInput(formatCount(usage.cachedTokens ?? 0))}</p> : null}
    </>
  )
}
