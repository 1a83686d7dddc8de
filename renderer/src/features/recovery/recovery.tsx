import { useState, type ReactNode } from 'react'
import type { Backup, StoreState } from '../../../../electron/contract/routes/store.ts'
import { askEverythingAgain, openReadOnly, restoreBackup, salvage } from '../../data/store.ts'
import { useAct } from '../../data/use-act.ts'
import { formatMoment } from '../../text/dates.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatBytes } from '../../text/sizes.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { Details } from '../../ui/details.tsx'
import { FailureNotice, Note } from '../../ui/notice.tsx'
import { Outcome, type Recovered } from './outcome.tsx'
import { Screen } from './screen.tsx'

function Offer({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <section className="border-t border-line py-4">
      <h2 className="font-medium">{title}</h2>
      <p className="mt-0.5 max-w-prose text-muted">{hint}</p>
      <div className="mt-2.5">{children}</div>
    </section>
  )
}

function Backups({
  backups,
  isBusy,
  onRestore,
}: {
  backups: readonly Backup[]
  isBusy: boolean
  onRestore: (name: string) => void
}) {
  if (backups.length === 0) return <p className="text-muted">{t.recovery.noBackups}</p>
  return (
    <ul className="max-h-56 divide-y divide-line overflow-y-auto rounded-lg border border-line">
      {backups.map((backup) => {
        const when = formatMoment(backup.createdAt)
        return (
          <li key={backup.name} className="flex items-center justify-between gap-4 py-2 pr-2 pl-3.5">
            <span>
              {when}
              <span className="block text-xs text-muted tabular-nums">
                {t.data.backupContents(backup.conversationCount, backup.messageCount)} · {formatBytes(backup.sizeBytes)}{' '}
                · {t.data.reasons[backup.reason]}
              </span>
            </span>
            <Button disabled={isBusy} aria-label={t.recovery.restoreOne(when)} onClick={() => onRestore(backup.name)}>
              {t.recovery.restoreButton}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}

const restored = async (name: string): Promise<Recovered> => ({ kind: 'restored', ...(await restoreBackup(name)) })

const salvaged = async (): Promise<Recovered> => ({ kind: 'salvaged', counts: await salvage() })

/** A store that cannot be opened as usual: what is wrong, and the three ways on. None of them removes anything. */
export function Recovery({
  store,
  onHold,
}: {
  store: Extract<StoreState, { kind: 'damaged' }>
  /** While true, this screen stays although the store has become usable, so that its outcome can be read. */
  onHold: (isHeld: boolean) => void
}) {
  const [outcome, setOutcome] = useState<Recovered | null>(null)
  const act = useAct()

  const recover = async (work: () => Promise<Recovered>) => {
    onHold(true)
    const isDone = await act.run(async () => setOutcome(await work()))
    if (!isDone) onHold(false)
  }

  if (outcome)
    return (
      <Outcome
        outcome={outcome}
        onGoOn={() => {
          void askEverythingAgain().then(() => onHold(false))
        }}
      />
    )
  return (
    <Screen title={t.recovery.title}>
      <p className="text-base">{t.recovery.damage[store.damage]}</p>
      <p className="mt-2 text-muted">{t.recovery.promise}</p>
      <div className="mt-3 mb-6">
        <Details label={t.failureExtras.details} text={store.detail} />
      </div>
      <div className="flex flex-col gap-3 pb-4 empty:hidden">
        {act.isBusy ? <Note>{t.recovery.working}</Note> : null}
        {act.failure ? <FailureNotice {...describeFailure(act.failure)} /> : null}
      </div>
      <Offer title={t.recovery.restore} hint={t.recovery.restoreHint}>
        <Backups backups={store.backups} isBusy={act.isBusy} onRestore={(name) => void recover(() => restored(name))} />
      </Offer>
      <Offer title={t.recovery.salvage} hint={t.recovery.salvageHint}>
        <Button disabled={act.isBusy} onClick={() => void recover(salvaged)}>
          {t.recovery.salvage}
        </Button>
      </Offer>
      <Offer title={t.recovery.readOnly} hint={t.recovery.readOnlyHint}>
        <Button
          disabled={act.isBusy}
          onClick={() =>
            void act.run(async () => {
              await openReadOnly()
              await askEverythingAgain()
            })
          }
        >
          {t.recovery.readOnly}
        </Button>
      </Offer>
    </Screen>
  )
}
