import { useState } from 'react'
import { usePriceHistory } from '../../data/prices.ts'
import { formatMoment } from '../../text/dates.ts'
import { formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Group } from '../../ui/field.tsx'
import { changesText } from './changes-text.ts'

const shownAtFirst = 6
const head = 'pr-4 pb-1 font-medium'
const cell = 'py-1.5 pr-4'

/** Every price so far, newest first, with what each of them changed. */
export function PriceHistory() {
  const history = usePriceHistory().data ?? []
  const [isWhole, setIsWhole] = useState(false)
  const words = t.prices
  const shown = isWhole ? history : history.slice(0, shownAtFirst)
  return (
    <Group title={words.history}>
      {history.length === 0 ? (
        <p className="text-muted">{words.noHistory}</p>
      ) : (
        <table className="w-full text-left">
          <thead className="text-xs text-muted">
            <tr>
              <th className={head}>{words.when}</th>
              <th className={`${head} text-right`}>{words.input}</th>
              <th className={`${head} text-right`}>{words.output}</th>
              <th className={head}>{words.source}</th>
              <th className={head}>{words.change}</th>
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {shown.map((price) => (
              <tr key={price.id} className="border-t border-line align-top">
                <td className={`${cell} text-muted`}>{formatMoment(price.seenAt)}</td>
                <td className={`${cell} text-right`}>{formatUsd(price.inputNanoUsdPerMTok)}</td>
                <td className={`${cell} text-right`}>{formatUsd(price.outputNanoUsdPerMTok)}</td>
                <td className={cell}>
                  {words.sources[price.source]} {price.isInForce ? <Badge>{words.inForce}</Badge> : null}
                </td>
                <td className={cell}>{changesText(price.changes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown.length < history.length ? (
        <Button look="quiet" className="mt-2 -ml-3" onClick={() => setIsWhole(true)}>
          {t.budgets.showAll(history.length)}
        </Button>
      ) : null}
    </Group>
  )
}
