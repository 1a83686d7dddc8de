import type { LedgerEntry } from '../../../../electron/contract/routes/spend.ts'
import { formatMoment } from '../../text/dates.ts'
import { formatExact } from '../../text/money.ts'
import { outcomeText } from '../../text/request-words.ts'
import { t } from '../../text/strings.ts'
import { CopyButton } from '../../ui/copy.tsx'

/** The lines of the books for one request, as they were appended, each with its hash. */
export function Entries({ entries }: { entries: readonly LedgerEntry[] }) {
  const words = t.spend
  return (
    <ol className="divide-y divide-line rounded-lg border border-line">
      {entries.map((entry) => (
        <li key={entry.hash} className="px-3 py-2">
          <p className="flex flex-wrap items-baseline justify-between gap-x-4 tabular-nums">
            <span>
              <span className="font-medium">{words.entryKinds[entry.kind]}</span>
              {': '}
              {entry.nanoUsd === null
                ? entry.kind === 'reserve'
                  ? words.notBounded
                  : words.entrySources['unknown']
                : `${formatExact(entry.nanoUsd)}, ${words.entrySources[entry.source] ?? entry.source}`}
            </span>
            <span className="text-xs text-muted">{formatMoment(entry.at)}</span>
          </p>
          <p className="text-xs text-muted">{outcomeText(entry.outcome)}</p>
          <p className="flex items-center gap-1 text-xs text-muted">
            {words.hash}
            <code className="min-w-0 truncate font-mono select-text">{entry.hash}</code>
            <CopyButton text={entry.hash} label={t.thread.copy} copiedLabel={t.thread.copied} className="size-6" />
          </p>
        </li>
      ))}
    </ol>
  )
}
