import { useState } from 'react'
import type { Residual } from '../../../../electron/contract/routes/residual.ts'
import { compareWithAccount } from '../../data/spend-acts.ts'
import { useAct } from '../../data/use-act.ts'
import { formatMoment } from '../../text/dates.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatExact, formatExactly } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice, Note } from '../../ui/notice.tsx'
import { Panel } from './panel.tsx'

/** The comparison in a table: what the balance lost, and who spent it. */
function ResidualTable({ residual }: { residual: Extract<Residual, { kind: 'known' }> }) {
  const words = t.spend
  const { thisAppNanoUsd, elsewhereNanoUsd, notReportedNanoUsd, fellNanoUsd } = residual
  const [thisApp, elsewhere, notReported, fell] = formatExactly([
    thisAppNanoUsd,
    elsewhereNanoUsd,
    notReportedNanoUsd,
    fellNanoUsd,
  ])
  const rows = [
    [words.thisApp, thisApp, null],
    [words.elsewhere, elsewhere, residual.isPartial ? words.partial : null],
    [words.notReported, notReported, words.notReportedHint],
  ] as const
  return (
    <table className="w-full max-w-xl tabular-nums">
      <caption className="sr-only">{words.compareTitle}</caption>
      <tbody>
        {rows.map(([name, amount, hint]) => (
          <tr key={name} className="border-b border-line align-top">
            <th scope="row" className="py-1.5 pr-4 text-left font-normal">
              {name}
              {hint === null ? null : <span className="block text-xs text-muted">{hint}</span>}
            </th>
            <td className="py-1.5 text-right">{amount}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" className="py-1.5 pr-4 text-left font-medium">
            {words.fell(formatMoment(residual.since))}
          </th>
          <td className="py-1.5 text-right font-medium">{fell}</td>
        </tr>
      </tfoot>
    </table>
  )
}

function Calls({ calls }: { calls: readonly string[] }) {
  const paths = [...new Set(calls)]
  return (
    <p className="mt-3 text-xs text-muted">
      {t.spend.callsMade(calls.length)}{' '}
      {paths.map((path) => t.spend.callTimes(path, calls.filter((each) => each === path).length)).join('; ')}.
    </p>
  )
}

/** What a comparison came to, in words and in a table. */
export function ResidualReport({ residual }: { residual: Residual }) {
  const words = t.spend
  if (residual.kind === 'open') return <Note tone="warn">{words.compareOpen(residual.openCount)}</Note>
  if (residual.kind === 'first')
    return <Note>{words.compareFirst(formatExact(residual.balanceNanoUsd), formatMoment(residual.at))}</Note>
  const isExplained = residual.notReportedNanoUsd === 0 && !residual.isPartial
  return (
    <>
      {isExplained ? <p className="mb-2 font-medium text-accent">{words.allExplained}</p> : null}
      <ResidualTable residual={residual} />
      <p className="mt-2 text-muted">
        {words.balance}: <span className="tabular-nums">{formatExact(residual.balanceNanoUsd)}</span>
      </p>
      <Calls calls={residual.calls} />
    </>
  )
}

/** Compares the balance with the books, when asked. */
export function AccountComparison({ monthStart }: { monthStart: number }) {
  const words = t.spend
  const act = useAct()
  const [residual, setResidual] = useState<Residual | null>(null)
  return (
    <Panel title={words.compareTitle}>
      <p className="max-w-prose text-muted">{words.compareHint}</p>
      <div className="mt-3 flex items-center gap-3">
        <Button
          disabled={act.isBusy}
          onClick={() => void act.run(async () => setResidual(await compareWithAccount(monthStart)))}
        >
          {words.compare}
        </Button>
        <p role="status" className="text-muted">
          {act.isBusy ? words.looking : ''}
        </p>
      </div>
      {act.failure ? (
        <div className="mt-3">
          <FailureNotice {...describeFailure(act.failure)} />
        </div>
      ) : null}
      {residual && !act.failure ? (
        <div className="mt-4" aria-live="polite">
          <ResidualReport residual={residual} />
        </div>
      ) : null}
    </Panel>
  )
}
