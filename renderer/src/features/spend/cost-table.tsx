import type { ReactNode } from 'react'
import type { Cost } from '../../../../electron/contract/money.ts'
import { formatBound, formatCount, formatExactly } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { isUnknown } from './cost-words.ts'

/** A thing with what it has cost. */
export interface CostRow {
  key: string
  name: ReactNode
  cost: Cost
}

const dash = <span aria-hidden="true">–</span>

/** Sums, exact, as a plain table. */
export function CostTable({ caption, first, rows }: { caption: string; first: string; rows: readonly CostRow[] }) {
  const words = t.spend.columns
  const settled = formatExactly(rows.map(({ cost }) => cost.nanoUsd))
  const computed = formatExactly(rows.map(({ cost }) => cost.computedNanoUsd))
  return (
    <table className="w-full text-sm tabular-nums">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line-strong text-left text-xs text-muted">
          <th scope="col" className="py-1.5 pr-4 font-medium">
            {first}
          </th>
          {[words.settled, words.computed, words.unknown, words.held].map((name) => (
            <th key={name} scope="col" className="py-1.5 pl-4 text-right font-medium">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, cost }, at) => (
          <tr key={key} className="border-b border-line break-inside-avoid">
            <th scope="row" className="min-w-44 py-1.5 pr-4 text-left font-normal">
              {name}
            </th>
            <td className="py-1.5 pl-4 text-right">{isUnknown(cost) ? dash : settled[at]}</td>
            <td className="py-1.5 pl-4 text-right">{cost.computedNanoUsd === 0 ? dash : computed[at]}</td>
            <td className="py-1.5 pl-4 text-right">
              {cost.unknownCount === 0 ? dash : formatCount(cost.unknownCount)}
            </td>
            <td className="py-1.5 pl-4 text-right">
              {cost.reservedNanoUsd === 0 ? dash : t.spend.upTo(formatBound(cost.reservedNanoUsd))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
