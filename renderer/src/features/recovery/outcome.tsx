import type { Salvage } from '../../../../electron/contract/routes/store.ts'
import { formatCount } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { Screen } from './screen.tsx'

/** What a recovery did. */
export type Recovered = { kind: 'restored'; movedTo: string } | { kind: 'salvaged'; counts: Salvage }

function Counts({ counts }: { counts: Salvage }) {
  const rows = [
    [t.recovery.salvageConversations, counts.conversations],
    [t.recovery.salvageMessages, counts.messages],
    [t.recovery.salvageLedger, counts.ledgerEntries],
  ] as const
  return (
    <table className="mb-4 tabular-nums">
      <thead className="text-xs text-muted">
        <tr>
          <td />
          <th className="pb-1 pl-8 text-right font-medium">{t.recovery.salvageRead}</th>
          <th className="pb-1 pl-8 text-right font-medium">{t.recovery.salvageLost}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, { read, lost }]) => (
          <tr key={name} className="border-t border-line">
            <th className="py-1.5 text-left font-normal">{name}</th>
            <td className="py-1.5 pl-8 text-right">{formatCount(read)}</td>
            <td className={`py-1.5 pl-8 text-right ${lost > 0 ? 'text-danger' : 'text-muted'}`}>{formatCount(lost)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Says what a recovery did before the conversations are shown. */
export function Outcome({ outcome, onGoOn }: { outcome: Recovered; onGoOn: () => void }) {
  return (
    <Screen title={outcome.kind === 'salvaged' ? t.recovery.salvaged : t.recovery.restoredTitle}>
      {outcome.kind === 'salvaged' ? <Counts counts={outcome.counts} /> : null}
      <p>
        {outcome.kind === 'salvaged'
          ? t.recovery.movedTo(outcome.counts.movedTo)
          : t.recovery.restored(outcome.movedTo)}
      </p>
      <Button look="primary" className="mt-6" onClick={onGoOn}>
        {t.recovery.goOn}
      </Button>
    </Screen>
  )
}
