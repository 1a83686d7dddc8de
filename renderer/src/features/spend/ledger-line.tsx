import type { LedgerRow } from '../../../../electron/contract/routes/spend.ts'
import { formatMoment } from '../../text/dates.ts'
import { formatBound, formatCount, formatExact, formatUsd } from '../../text/money.ts'
import { spenderName } from '../../text/request-words.ts'
import { t } from '../../text/strings.ts'

/** The columns of the ledger: its head and every line lie on the same grid. */
export const lineColumns =
  'mx-auto grid w-full max-w-[76rem] items-center gap-x-4 border-b border-line px-6 max-[760px]:px-3 grid-cols-[minmax(0,1fr)_minmax(0,1fr)_6.5rem] @min-[34rem]:grid-cols-[10.5rem_minmax(0,1fr)_6.5rem_6.5rem] @min-[48rem]:grid-cols-[10.5rem_minmax(0,1fr)_6.5rem_7.5rem_6.5rem] @min-[58rem]:grid-cols-[10.5rem_minmax(0,1fr)_7.5rem_6.5rem_7.5rem_6.5rem] @min-[66rem]:grid-cols-[10.5rem_minmax(0,1fr)_9rem_7rem_8rem_5rem_7rem]'

/** What there is room for. */
export const shownFrom = {
  state: '@max-[34rem]:hidden',
  tokens: '@max-[48rem]:hidden',
  purpose: '@max-[58rem]:hidden',
  credits: '@max-[66rem]:hidden',
}

const stateLooks: Record<LedgerRow['state'], string> = {
  held: 'text-accent',
  settled: 'text-muted',
  unknown: 'text-warn',
  'not-charged': 'text-muted',
  'written-off': 'text-muted',
}

const tokensOf = (amount: number | null) => (amount === null ? '–' : formatCount(amount))

/** What a request cost, in a few characters, that never let an unknown look free. */
function costText(row: LedgerRow): string {
  if (row.nanoUsd === null) return row.reservedNanoUsd === null ? '?' : t.spend.upTo(formatBound(row.reservedNanoUsd))
  return `${row.source === 'computed' ? '≈ ' : ''}${formatUsd(row.nanoUsd, { digits: 4 })}`
}

/** One request in the ledger. */
export function LedgerLine({
  row,
  index,
  isReachable,
  name,
  onFocus,
  onOpen,
}: {
  row: LedgerRow
  index: number
  /** Whether Tab leads to it; the arrows lead on. */
  isReachable: boolean
  name: string
  onFocus: () => void
  onOpen: () => void
}) {
  const words = t.spend
  const { usage } = row
  const exact = row.nanoUsd === null ? undefined : words.exact(formatExact(row.nanoUsd))
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      onClick={onOpen}
      className={`${lineColumns} py-2 hover:bg-fill has-focus-visible:bg-fill`}
    >
      <span role="cell" className="min-w-0">
        <button
          type="button"
          data-ledger={index}
          tabIndex={isReachable ? 0 : -1}
          aria-label={name}
          onFocus={onFocus}
          onClick={(event) => {
            event.stopPropagation()
            onOpen()
          }}
          className="block max-w-full truncate rounded-sm text-left @max-[34rem]:whitespace-normal"
        >
          {formatMoment(row.startedAt)}
        </button>
      </span>
      <span role="cell" dir="auto" className={`truncate ${row.title === null ? 'text-muted italic' : ''}`}>
        {spenderName(row)}
      </span>
      <span role="cell" className={`truncate text-muted ${shownFrom.purpose}`}>
        {words.purposeNames[row.purpose]}
        {row.number > 1 ? `, ${words.attemptNumber(row.number)}` : ''}
      </span>
      <span role="cell" className={`truncate ${shownFrom.state} ${stateLooks[row.state]}`}>
        {words.stateNames[row.state]}
      </span>
      <span role="cell" className={`text-right text-muted ${shownFrom.tokens}`}>
        {usage.promptTokens === null && usage.completionTokens === null
          ? '–'
          : `${tokensOf(usage.promptTokens)} / ${tokensOf(usage.completionTokens)}`}
      </span>
      <span role="cell" className={`text-right text-muted ${shownFrom.credits}`}>
        {row.credits === null ? '–' : formatCount(row.credits)}
      </span>
      <span
        role="cell"
        title={exact}
        aria-description={exact}
        className={`text-right ${row.nanoUsd === null ? 'text-warn' : ''}`}
      >
        {costText(row)}
      </span>
    </div>
  )
}
