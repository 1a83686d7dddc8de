import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Backup, SetAside } from '../../../../electron/contract/routes/store.ts'
import { reconcile } from '../../data/spend.ts'
import { backUp, eraseEverything, removeSetAside, useStoreInfo } from '../../data/store.ts'
import { useAct } from '../../data/use-act.ts'
import { formatMoment } from '../../text/dates.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatBytes } from '../../text/sizes.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy.tsx'
import { Group } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { FailureNotice, Note } from '../../ui/notice.tsx'

function BackupList({ backups }: { backups: readonly Backup[] }) {
  if (backups.length === 0) return <p className="text-muted">{t.data.noBackups}</p>
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {backups.map((backup) => (
        <li key={backup.name} className="flex flex-wrap items-baseline justify-between gap-x-4 px-3 py-2">
          <span>
            {formatMoment(backup.createdAt)} <span className="text-xs text-muted">{t.data.reasons[backup.reason]}</span>
          </span>
          <span className="text-xs text-muted tabular-nums">
            {t.data.backupContents(backup.conversationCount, backup.messageCount)} · {formatBytes(backup.sizeBytes)}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Prices() {
  const act = useAct()
  const [outcome, setOutcome] = useState<string | null>(null)
  return (
    <Group title={t.data.prices} hint={t.data.pricesHint}>
      <div className="flex items-center gap-3">
        <Button
          disabled={act.isBusy}
          onClick={() => {
            setOutcome(null)
            void act.run(async () => {
              const { settled, unknown } = await reconcile()
              setOutcome(t.data.reconciled(settled, unknown))
            })
          }}
        >
          {act.isBusy ? t.data.reconciling : t.data.reconcile}
        </Button>
        <p role="status" className="text-muted">
          {outcome}
        </p>
      </div>
      {act.failure ? (
        <div className="mt-2">
          <FailureNotice {...describeFailure(act.failure)} />
        </div>
      ) : null}
    </Group>
  )
}

function SetAsideList({ setAside }: { setAside: readonly SetAside[] }) {
  const act = useAct()
  if (setAside.length === 0) return null
  return (
    <Group title={t.data.setAside} hint={t.data.setAsideHint}>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {setAside.map(({ name, sizeBytes }) => (
          <li key={name} className="flex items-center justify-between gap-x-4 py-1 pr-1 pl-3">
            <span className="tabular-nums">{name}</span>
            <span className="flex-1 text-right text-xs text-muted tabular-nums">{formatBytes(sizeBytes)}</span>
            <IconButton
              icon={Trash2}
              label={t.data.removeSetAside(name)}
              onClick={() => void act.run(() => removeSetAside(name))}
            />
          </li>
        ))}
      </ul>
      {act.failure ? <FailureNotice {...describeFailure(act.failure)} /> : null}
    </Group>
  )
}

function Erasing() {
  const act = useAct()
  return (
    <Group title={t.data.erase} hint={t.data.eraseHint}>
      <Button look="danger" disabled={act.isBusy} onClick={() => void act.run(eraseEverything)}>
        {t.data.eraseButton}
      </Button>
      {act.failure ? (
        <div className="mt-2">
          <FailureNotice {...describeFailure(act.failure)} />
        </div>
      ) : null}
    </Group>
  )
}

/** Where everything is kept and what is done so that it stays. */
export function DataPage() {
  const info = useStoreInfo()
  const act = useAct()
  const [isDone, setIsDone] = useState(false)
  if (!info.data) return info.isError ? <p role="alert">{t.settings.loadFailed}</p> : null
  return (
    <>
      <Group title={t.data.folder} hint={t.data.folderHint}>
        <p className="flex items-center gap-1">
          <span className="min-w-0 font-mono text-xs break-all select-text">{info.data.folder}</span>
          <CopyButton text={info.data.folder} label={t.data.copyFolder} copiedLabel={t.thread.copied} />
        </p>
        <p className="mt-1">
          {t.data.size}: <span className="tabular-nums">{formatBytes(info.data.sizeBytes)}</span>
        </p>
        <div className="mt-3">
          <Note>{t.data.plain}</Note>
        </div>
      </Group>
      <Group title={t.data.backups} hint={t.data.backupsHint}>
        <BackupList backups={info.data.backups} />
        <div className="mt-3 flex items-center gap-3">
          <Button
            disabled={act.isBusy}
            onClick={() => {
              setIsDone(false)
              void act.run(backUp).then(setIsDone)
            }}
          >
            {act.isBusy ? t.data.backingUp : t.data.backUp}
          </Button>
          <p role="status" className="text-muted">
            {isDone ? t.data.backedUp : ''}
          </p>
        </div>
        {act.failure ? (
          <div className="mt-2">
            <FailureNotice {...describeFailure(act.failure)} />
          </div>
        ) : null}
      </Group>
      <Prices />
      <SetAsideList setAside={info.data.setAside} />
      <Erasing />
    </>
  )
}
