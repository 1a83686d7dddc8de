import { useState } from 'react'
import type { UntracedAttempt } from '../../../../electron/contract/routes/residual.ts'
import { writeOff } from '../../data/spend-acts.ts'
import { useUntraced } from '../../data/spend-books.ts'
import { useAct } from '../../data/use-act.ts'
import { formatMoment } from '../../text/dates.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatBound } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { Question } from '../../ui/dialog.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Panel } from './panel.tsx'

/** Requests that the provider's log does not know after 72 hours, each to be written off by the person, after a question. */
export function Untraced() {
  const words = t.spend
  const found = useUntraced()
  const act = useAct()
  const [asked, setAsked] = useState<UntracedAttempt | null>(null)
  const attempts = found.data ?? []
  if (attempts.length === 0 && !act.failure) return null
  const held = asked?.reservedNanoUsd ?? null
  return (
    <Panel title={words.untracedTitle}>
      <p className="max-w-prose text-muted">{words.untracedHint}</p>
      <ul className="mt-2" aria-label={words.untracedTitle}>
        {attempts.map((attempt) => (
          <li
            key={attempt.attemptId}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2 last:border-b-0"
          >
            <span>{formatMoment(attempt.startedAt)}</span>
            <span className="text-xs text-muted">{words.lastLook(formatMoment(attempt.lastLookAt))}</span>
            <span className="flex-1" />
            <span className="text-warn tabular-nums">
              {attempt.reservedNanoUsd === null
                ? words.notBounded
                : words.details.heldUpTo(formatBound(attempt.reservedNanoUsd))}
            </span>
            <Button disabled={act.isBusy} onClick={() => setAsked(attempt)}>
              {words.writeOff}
            </Button>
          </li>
        ))}
      </ul>
      {act.failure ? <FailureNotice {...describeFailure(act.failure)} /> : null}
      <Question
        title={words.writeOffTitle}
        text={held === null ? words.writeOffUnbound : words.writeOffText(formatBound(held))}
        confirmLabel={words.writeOffYes}
        cancelLabel={words.writeOffNo}
        isOpen={asked !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) setAsked(null)
        }}
        onConfirm={() => {
          if (asked) void act.run(() => writeOff(asked.attemptId))
        }}
      />
    </Panel>
  )
}
