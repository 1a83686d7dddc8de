import { useEffect, useState } from 'react'
import type { LedgerRow } from '../../../../electron/contract/routes/spend.ts'
import { reconcile } from '../../data/spend.ts'
import { useLedger } from '../../data/spend-books.ts'
import { everything } from '../../data/spend-place.ts'
import { useAct } from '../../data/use-act.ts'
import { formatMoment } from '../../text/dates.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatBound } from '../../text/money.ts'
import { spenderName, whyOpen } from '../../text/request-words.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { AccountComparison } from './account-comparison.tsx'
import { PageBody, Panel } from './panel.tsx'
import { Untraced } from './untraced.tsx'

const openOnes = { ...everything, states: ['held' as const, 'unknown' as const] }

function OpenRow({ row, onAccount }: { row: LedgerRow; onAccount: (row: LedgerRow) => void }) {
  const words = t.spend
  return (
    <li className="border-b border-line py-2.5 last:border-b-0">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <button
          type="button"
          dir="auto"
          onClick={() => onAccount(row)}
          className="min-w-0 truncate rounded-sm font-medium hover:underline"
        >
          {spenderName(row)}
        </button>
        <span className="text-xs text-muted">{words.since(formatMoment(row.startedAt))}</span>
        <span className="flex-1" />
        <span className="text-warn tabular-nums">
          {row.reservedNanoUsd === null ? words.notBounded : words.details.heldUpTo(formatBound(row.reservedNanoUsd))}
        </span>
      </p>
      <p className="mt-0.5 max-w-prose text-muted">{whyOpen(row)}</p>
    </li>
  )
}

function LookAgain() {
  const act = useAct()
  const [outcome, setOutcome] = useState('')
  return (
    <>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button
          look="primary"
          disabled={act.isBusy}
          onClick={() => {
            setOutcome('')
            void act.run(async () => {
              const { settled, unknown } = await reconcile()
              setOutcome(t.spend.looked(settled, unknown))
            })
          }}
        >
          {t.spend.lookAgain}
        </Button>
        <p role="status" className="text-muted">
          {act.isBusy ? t.spend.looking : outcome}
        </p>
      </div>
      {act.failure ? (
        <div className="mt-3">
          <FailureNotice {...describeFailure(act.failure)} />
        </div>
      ) : null}
    </>
  )
}

/** What is not yet billed: each with why and since when, what may be written off, and the comparison with the account. */
export function OpenRequests({
  isReadOnly,
  monthStart,
  onAccount,
}: {
  isReadOnly: boolean
  /** First moment of this month, in ms since 1970. */
  monthStart: number
  onAccount: (row: LedgerRow) => void
}) {
  const words = t.spend
  const found = useLedger(openOnes)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? []
  const isLooking = hasNextPage && rows.length < 100
  useEffect(() => {
    if (isLooking && !isFetchingNextPage) void fetchNextPage()
  }, [isLooking, isFetchingNextPage, fetchNextPage])
  return (
    <PageBody>
      <Panel title={words.openTitle}>
        <p className="max-w-prose text-muted">{words.openHint}</p>
        {found.data && rows.length === 0 && !hasNextPage ? (
          <p className="mt-3 font-medium">{words.openNone}</p>
        ) : (
          <ul className="mt-2" aria-label={words.openTitle}>
            {rows.map((row) => (
              <OpenRow key={row.attemptId} row={row} onAccount={onAccount} />
            ))}
          </ul>
        )}
        {hasNextPage && !isLooking ? (
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {words.more}
          </Button>
        ) : null}
        {isReadOnly ? null : <LookAgain />}
      </Panel>
      {isReadOnly ? null : <Untraced />}
      {isReadOnly ? null : <AccountComparison monthStart={monthStart} />}
    </PageBody>
  )
}
