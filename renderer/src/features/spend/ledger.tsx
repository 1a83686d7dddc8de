import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { VList, type VListHandle } from 'virtua'
import type { LedgerRow } from '../../../../electron/contract/routes/spend.ts'
import { useLedger } from '../../data/spend-books.ts'
import type { LedgerFilter } from '../../data/spend-place.ts'
import { failureOf } from '../../data/use-act.ts'
import { formatMoment } from '../../text/dates.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { FailureNotice } from '../../ui/notice.tsx'
import { LedgerFilters } from './ledger-filters.tsx'
import { LedgerLine, lineColumns, shownFrom } from './ledger-line.tsx'

/** How near the end of what is loaded the next page is asked for, in rows. */
const aheadRows = 40
/** A guess, until a row has been drawn. */
const rowPx = 37

const heads = (): [string, string][] => [
  [t.spend.columns.when, ''],
  [t.spend.columns.chat, ''],
  [t.spend.columns.purpose, shownFrom.purpose],
  [t.spend.columns.state, shownFrom.state],
  [t.spend.columns.tokens, `text-right ${shownFrom.tokens}`],
  [t.spend.columns.credits, `text-right ${shownFrom.credits}`],
  [t.spend.columns.cost, 'text-right'],
]

/** The books: every request that was ever made, newest first, by day, chat, state and purpose. */
export function Ledger({
  filter,
  onFilter,
  onAccount,
}: {
  filter: LedgerFilter
  onFilter: (filter: LedgerFilter) => void
  onAccount: (row: LedgerRow) => void
}) {
  const words = t.spend
  const listRef = useRef<VListHandle>(null)
  const [focused, setFocused] = useState(0)
  const found = useLedger(filter)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? []
  // A page may look through many rows and have none that match: then the next one is asked for at once.
  const isLooking = hasNextPage && rows.length < aheadRows
  useEffect(() => {
    if (isLooking && !isFetchingNextPage) void fetchNextPage()
  }, [isLooking, isFetchingNextPage, fetchNextPage])

  const more = (offset: number) => {
    const list = listRef.current
    if (!list || !hasNextPage || isFetchingNextPage) return
    const last = list.findItemIndex(offset + list.viewportSize)
    if (last >= rows.length - aheadRows) void fetchNextPage()
  }
  const walk = (to: number) => {
    if (to < 0 || to >= rows.length) return
    // At once: the row that gets the keyboard is drawn wherever it is, and the next key already belongs to it.
    flushSync(() => setFocused(to))
    listRef.current?.scrollToIndex(to, { align: 'nearest' })
    document.querySelector<HTMLElement>(`[data-ledger="${to}"]`)?.focus({ preventScroll: true })
  }
  const wait = found.isPlaceholderData || found.isPending
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="mx-auto w-full max-w-[76rem] px-6 pt-4 pb-2 max-[760px]:px-3">
        <LedgerFilters filter={filter} onChange={onFilter} />
        <p role="status" className="mt-2 text-xs text-muted tabular-nums">
          {found.data ? words.rowsShown(rows.length, hasNextPage) : ''}
          {isLooking ? ` · ${words.lookingFurther}` : ''}
        </p>
      </div>
      {found.error ? (
        <div className="p-6">
          <FailureNotice {...describeFailure(failureOf(found.error))} />
        </div>
      ) : null}
      {found.data && rows.length === 0 && !hasNextPage ? <p className="m-auto p-6 text-muted">{words.noRows}</p> : null}
      {rows.length > 0 ? (
        <div
          role="table"
          aria-label={words.ledgerTable}
          aria-rowcount={hasNextPage ? -1 : rows.length + 1}
          aria-busy={wait}
          className="@container flex min-h-0 flex-1 flex-col text-sm tabular-nums"
        >
          <div role="rowgroup" className="border-t border-line [scrollbar-gutter:stable] overflow-y-auto">
            <div role="row" aria-rowindex={1} className={`${lineColumns} py-1.5 text-xs font-medium text-muted`}>
              {heads().map(([name, look]) => (
                <span key={name} role="columnheader" className={look}>
                  {name}
                </span>
              ))}
            </div>
          </div>
          <div
            role="rowgroup"
            className="min-h-0 flex-1"
            onKeyDown={(event) => {
              const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
              if (step === 0) return
              event.preventDefault()
              walk(focused + step)
            }}
          >
            <VList
              ref={listRef}
              data={rows}
              itemSize={rowPx}
              keepMounted={focused < rows.length ? [focused] : []}
              onScroll={more}
              className="h-full [scrollbar-gutter:stable]"
              role="presentation"
            >
              {(row: LedgerRow, index: number) => (
                <LedgerLine
                  key={row.attemptId}
                  row={row}
                  index={index}
                  isReachable={index === Math.min(focused, rows.length - 1)}
                  name={words.openAccount(formatMoment(row.startedAt))}
                  onFocus={() => setFocused(index)}
                  onOpen={() => onAccount(row)}
                />
              )}
            </VList>
          </div>
        </div>
      ) : null}
    </div>
  )
}
