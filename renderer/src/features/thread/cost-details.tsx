import type { MessageId } from '../../../../electron/contract/ids.ts'
import type { LedgerRow } from '../../../../electron/contract/routes/spend.ts'
import { useMessageRequests } from '../../data/spend-books.ts'
import { spendAddress } from '../../data/spend-place.ts'
import { failureOf } from '../../data/use-act.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatBound, formatCount, formatExact } from '../../text/money.ts'
import { durationText, outcomeText, tokensPerSecond, whyOpen } from '../../text/request-words.ts'
import { t } from '../../text/strings.ts'

/** What a request cost, exact; what is not known is said to be so. */
function costOf(row: LedgerRow): string {
  if (row.nanoUsd !== null) return `${row.source === 'computed' ? '≈ ' : ''}${formatExact(row.nanoUsd)}`
  return row.reservedNanoUsd === null ? t.spend.notBounded : t.spend.details.heldUpTo(formatBound(row.reservedNanoUsd))
}

const tokens = (amount: number | null) => (amount === null ? t.spend.details.none : formatCount(amount))

function linesOf(row: LedgerRow): [string, string | null][] {
  const words = t.spend.details
  const { usage, price, credits, source } = row
  const speed = tokensPerSecond(row)
  return [
    [words.cost, `${costOf(row)}${credits === null ? '' : ` (${t.spend.credits(credits)})`}`],
    [words.source, source === null ? t.spend.stateNames[row.state] : t.spend.sources[source]],
    [words.in, tokens(usage.promptTokens)],
    [words.cached, usage.cachedTokens ? formatCount(usage.cachedTokens) : null],
    [words.out, tokens(usage.completionTokens)],
    [words.thoughts, usage.reasoningTokens ? formatCount(usage.reasoningTokens) : null],
    [
      words.price,
      price === null
        ? t.spend.noPrice
        : words.priceOf(formatExact(price.inputNanoUsdPerMTok), formatExact(price.outputNanoUsdPerMTok)),
    ],
    [t.spend.firstToken, durationText(row.firstTokenMs)],
    [t.spend.allAfter, durationText(row.totalMs)],
    [t.spend.speed, speed === null ? null : t.spend.perSecond(speed)],
  ]
}

function Lines({ row }: { row: LedgerRow }) {
  return (
    <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 tabular-nums">
      {linesOf(row).map(([name, value]) =>
        value === null ? null : (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** Everything about the cost of one reply, by the books: its last request in full, those before it in a line each. */
export function CostDetails({ messageId }: { messageId: MessageId }) {
  const words = t.spend.details
  const found = useMessageRequests(messageId)
  if (found.error) return <p role="alert">{describeFailure(failureOf(found.error)).sentence}</p>
  if (!found.data) return <p className="text-muted">{t.spend.loading}</p>
  const rows = found.data
  const last = rows.at(-1)
  if (!last) return <p className="text-muted">{t.money.nothingYet}</p>
  const why = rows.map(whyOpen).find((each) => each !== null)
  return (
    <>
      <Lines row={last} />
      {why ? <p className="mt-2 rounded-md bg-warn-fill px-2.5 py-2 text-warn">{why}</p> : null}
      {rows.length > 1 ? (
        <>
          <h3 className="mt-3 mb-1 text-xs font-medium text-muted">{words.attempts}</h3>
          <ol className="tabular-nums">
            {rows.map((row) => (
              <li key={row.attemptId} className="flex flex-wrap justify-between gap-x-3 border-t border-line py-1">
                <span>
                  {words.attempt(row.number)}:{' '}
                  {row.outcome === null ? t.spend.stateNames[row.state] : outcomeText(row.outcome)}
                </span>
                <span className="text-muted">{row.state === 'not-charged' ? t.money.notCharged : costOf(row)}</span>
              </li>
            ))}
          </ol>
        </>
      ) : null}
      <p className="mt-3">
        <a
          href={spendAddress({ tab: 'ledger', filter: { messageId } })}
          className="rounded-sm font-medium text-accent hover:underline"
        >
          {words.ledger}
        </a>
      </p>
    </>
  )
}
