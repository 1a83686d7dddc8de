import { useEffect, useEffectEvent, useState } from 'react'
import { setBudget, useBudgets } from '../../data/budgets.ts'
import { useAct } from '../../data/use-act.ts'
import { parseUsd } from '../../text/dollars.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { AmountField } from '../../ui/amount-field.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { mostNanoUsd, writtenNote } from './written-note.ts'

/** A limit for each month, kept as soon as the field is left: for the first screen. */
export function MonthlyBudget() {
  const [text, setText] = useState('')
  const act = useAct()
  const words = t.budgets
  const kept = useBudgets().data?.find(({ scope }) => scope === 'month')?.limitNanoUsd ?? null
  const written = parseUsd(text, mostNanoUsd)
  const keep = () => {
    if (written.kind === 'refused') return
    const limitNanoUsd = written.kind === 'amount' ? written.nanoUsd : null
    if (limitNanoUsd === kept) return
    void act.run(() => setBudget({ scope: 'month', conversationId: null, limitNanoUsd }))
  }
  const tellUnkept = useEffectEvent(() => {
    if (written.kind === 'refused') showToast(words.monthlyUnkept(text))
  })
  // This screen ends with the key, and what could not be read must not seem to be kept.
  useEffect(() => () => tellUnkept(), [])
  const isKept = written.kind === 'amount' && written.nanoUsd === kept
  const note = act.failure
    ? describeFailure(act.failure).title
    : isKept
      ? words.monthlySet(formatUsd(written.nanoUsd))
      : written.kind === 'empty'
        ? words.monthlyHint
        : writtenNote(written)
  return (
    <AmountField
      label={words.monthly}
      value={text}
      note={note}
      isWrong={written.kind === 'refused' || act.failure !== null}
      onChange={setText}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep()
      }}
    />
  )
}
