import { useState } from 'react'
import type { DiagnosePlan, DiagnoseReport } from '../../../../electron/contract/routes/diagnose.ts'
import { planDiagnosis, runDiagnosis } from '../../data/spend-acts.ts'
import { useAct } from '../../data/use-act.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatBound, formatExact } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy.tsx'
import { Group } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { saveFile } from '../../ui/save-file.ts'

function Plan({
  plan,
  isBusy,
  onAgree,
  onCancel,
}: {
  plan: DiagnosePlan
  isBusy: boolean
  onAgree: (nanoUsd: number) => void
  onCancel: () => void
}) {
  const words = t.diagnosis
  const { steps, upToNanoUsd } = plan
  return (
    <>
      <ol className="divide-y divide-line rounded-lg border border-line">
        {steps.map((step) => (
          <li key={step.id} className="flex items-baseline justify-between gap-4 px-3 py-2">
            <span>{step.question}</span>
            <span className="whitespace-nowrap text-muted tabular-nums">
              {step.upToNanoUsd === null
                ? '?'
                : step.upToNanoUsd === 0
                  ? words.free
                  : words.upTo(formatBound(step.upToNanoUsd))}
            </span>
          </li>
        ))}
      </ol>
      <p className="mt-2 max-w-prose">
        {upToNanoUsd === null ? words.unpriced : words.total(formatBound(upToNanoUsd))}
      </p>
      <div className="mt-3 flex items-center gap-2">
        {upToNanoUsd === null ? null : (
          <Button look="primary" disabled={isBusy} onClick={() => onAgree(upToNanoUsd)}>
            {words.agree(formatBound(upToNanoUsd))}
          </Button>
        )}
        <Button disabled={isBusy} onClick={onCancel}>
          {words.cancel}
        </Button>
        <p aria-live="polite" className="text-muted">
          {isBusy ? words.running : ''}
        </p>
      </div>
    </>
  )
}

function Report({ report }: { report: DiagnoseReport }) {
  const words = t.diagnosis
  return (
    <section aria-label={words.report}>
      <p className="tabular-nums">{words.done(formatExact(report.spentNanoUsd), report.unknownCount)}</p>
      <p className="mt-1 text-xs text-muted">{words.reportHint}</p>
      <pre
        tabIndex={0}
        className="mt-2 max-h-72 overflow-auto rounded-lg border border-line bg-side p-3 font-mono text-xs whitespace-pre-wrap select-text"
      >
        {report.text}
      </pre>
      <div className="mt-2 flex items-center gap-2">
        <Button onClick={() => saveFile([report.text], words.fileName, 'text/plain')}>{words.save}</Button>
        <CopyButton text={report.text} label={words.copy} copiedLabel={t.thread.copied} />
      </div>
    </section>
  )
}

/** Asks the provider what only a call with a key settles: its plan and price first, then, if agreed, the report. */
export function Diagnose() {
  const words = t.diagnosis
  const act = useAct()
  const [plan, setPlan] = useState<DiagnosePlan | null>(null)
  const [report, setReport] = useState<DiagnoseReport | null>(null)
  const run = (agreedNanoUsd: number) =>
    act.run(async () => {
      setReport(await runDiagnosis(agreedNanoUsd))
      setPlan(null)
    })
  return (
    <Group title={words.title} hint={words.hint}>
      {plan ? (
        <Plan plan={plan} isBusy={act.isBusy} onAgree={(most) => void run(most)} onCancel={() => setPlan(null)} />
      ) : (
        <div className="flex items-center gap-3">
          <Button
            disabled={act.isBusy}
            onClick={() => {
              setReport(null)
              void act.run(async () => setPlan(await planDiagnosis()))
            }}
          >
            {words.begin}
          </Button>
          <p aria-live="polite" className="text-muted">
            {act.isBusy ? words.planning : ''}
          </p>
        </div>
      )}
      <div className="mt-3 flex flex-col gap-3 empty:hidden">
        {act.failure ? <FailureNotice {...describeFailure(act.failure)} /> : null}
        {report ? <Report report={report} /> : null}
      </div>
    </Group>
  )
}
