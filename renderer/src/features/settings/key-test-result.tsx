import { CircleCheck } from 'lucide-react'
import type { KeyTest } from '../../../../electron/contract/routes/key.ts'
import { formatCount, formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'

/** What a test of a key found: the model, its price, its context and the balance. */
export function KeyTestResult({ found }: { found: KeyTest }) {
  const words = t.key.result
  const { price } = found
  const rows: [string, string][] = [
    [words.model, found.model],
    [words.input, price ? words.perMillion(formatUsd(price.inputNanoUsdPerMTok)) : words.unknown],
    [words.output, price ? words.perMillion(formatUsd(price.outputNanoUsdPerMTok)) : words.unknown],
    [words.context, price?.contextTokens ? words.tokens(formatCount(price.contextTokens)) : words.unknown],
    [words.balance, found.balanceNanoUsd === null ? words.unknown : formatUsd(found.balanceNanoUsd)],
  ]
  return (
    <div role="status" className="rounded-lg bg-accent-fill px-3.5 py-3">
      <p className="flex items-center gap-2 font-medium text-accent">
        <CircleCheck aria-hidden="true" className="size-4" strokeWidth={1.9} />
        {words.works}
      </p>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-6 gap-y-0.5">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
