import { useState } from 'react'
import { exportLedger } from '../../data/spend-acts.ts'
import { useAct } from '../../data/use-act.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatBytes } from '../../text/sizes.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { Panel } from './panel.tsx'

const types = { csv: 'text/csv', json: 'application/json' }

/** The whole ledger as a file, with what its chain proves and what it does not. */
export function LedgerFile() {
  const words = t.spend
  const act = useAct()
  const [said, setSaid] = useState('')
  const save = (format: 'csv' | 'json') =>
    act.run(async () => {
      const { pieces, fileName } = await exportLedger(format, (chars) => setSaid(words.piece(formatBytes(chars))))
      saveFile(pieces, fileName, types[format])
      setSaid(words.saved(fileName))
    })
  const command = `npm run verify-ledger parley-ledger.csv`
  return (
    <Panel title={words.ledgerFile}>
      <p className="max-w-prose text-muted">{words.ledgerFileHint}</p>
      <p className="mt-3 flex flex-wrap items-center gap-x-2">
        {words.verify}
        <code className="rounded-sm bg-fill px-1.5 py-0.5 font-mono text-xs select-text">{command}</code>
        <CopyButton text={command} label={words.copyCommand} copiedLabel={t.thread.copied} />
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <Button disabled={act.isBusy} onClick={() => void save('csv')}>
          {words.exportCsv}
        </Button>
        <Button disabled={act.isBusy} onClick={() => void save('json')}>
          {words.exportJson}
        </Button>
        <p role="status" className="text-muted">
          {said}
        </p>
      </div>
      {act.failure ? (
        <div className="mt-3">
          <FailureNotice {...describeFailure(act.failure)} />
        </div>
      ) : null}
    </Panel>
  )
}
