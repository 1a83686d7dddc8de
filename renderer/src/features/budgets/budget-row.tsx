import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { NanoUsd } from '../../../../electron/contract/money.ts'
import type { Act } from '../../data/use-act.ts'
import { parseUsd, typedUsd } from '../../text/dollars.ts'
import { formatLeft, formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { AmountField } from '../../ui/amount-field.tsx'
import { Button } from '../../ui/button.tsx'
import { Meter } from '../../ui/meter.tsx'
import { mostNanoUsd, writtenNote } from './written-note.ts'

/** One budget: what it limits, how much is used, and how it is set, changed and removed. */
export function BudgetRow({
  name,
  hint,
  limitNanoUsd,
  usedNanoUsd,
  isReadOnly,
  act,
  onSet,
}: {
  name: string
  hint: string
  /** `null`: there is none. */
  limitNanoUsd: NanoUsd | null
  /** `null`: nothing is counted here yet. */
  usedNanoUsd: NanoUsd | null
  isReadOnly: boolean
  act: Act
  onSet: (limitNanoUsd: NanoUsd | null) => Promise<unknown>
}) {
  const [text, setText] = useState<string | null>(null)
  const mainRef = useRef<HTMLButtonElement>(null)
  const words = t.budgets
  const close = () => {
    flushSync(() => setText(null))
    mainRef.current?.focus()
  }
  const written = text === null ? null : parseUsd(text, mostNanoUsd)
  const save = async () => {
    if (written?.kind !== 'amount') return
    if (await act.run(() => onSet(written.nanoUsd))) close()
  }
  const usedText =
    limitNanoUsd === null || usedNanoUsd === null ? '' : words.used(formatUsd(usedNanoUsd), formatUsd(limitNanoUsd))
  return (
    <li className="py-3 first:pt-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="min-w-0 flex-1 basis-48">
          <p className="truncate font-medium">{name}</p>
          <p className="text-xs text-muted">{hint}</p>
        </div>
        {text === null ? (
          <>
            <p className={limitNanoUsd === null ? 'text-muted' : 'font-medium tabular-nums'}>
              {limitNanoUsd === null ? words.none : words.limit(formatUsd(limitNanoUsd))}
            </p>
            {isReadOnly ? null : (
              <Button
                ref={mainRef}
                aria-label={limitNanoUsd === null ? words.setFor(name) : words.changeFor(name)}
                onClick={() => setText(limitNanoUsd === null ? '' : typedUsd(limitNanoUsd))}
              >
                {limitNanoUsd === null ? words.set : words.change}
              </Button>
            )}
            {limitNanoUsd === null || isReadOnly ? null : (
              <Button
                look="quiet"
                aria-label={words.removeFor(name)}
                disabled={act.isBusy}
                onClick={() => void act.run(() => onSet(null)).then(() => mainRef.current?.focus())}
              >
                {words.remove}
              </Button>
            )}
          </>
        ) : null}
      </div>
      {text === null ? null : (
        <form
          className="mt-2 flex flex-wrap items-start gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <AmountField
            label={words.field(name)}
            isLabelShown={false}
            isFocused
            value={text}
            isWrong={written?.kind === 'refused'}
            note={written ? writtenNote(written) : ''}
            onChange={setText}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.stopPropagation()
              close()
            }}
          />
          <Button type="submit" look="primary" disabled={written?.kind !== 'amount' || act.isBusy}>
            {words.save}
          </Button>
          <Button look="quiet" onClick={close}>
            {words.cancel}
          </Button>
        </form>
      )}
      {limitNanoUsd !== null && usedNanoUsd !== null && text === null ? (
        <div className="mt-1.5">
          <Meter
            label={words.meter(name)}
            text={usedText}
            share={limitNanoUsd === 0 ? 1 : usedNanoUsd / limitNanoUsd}
          />
          <p className="mt-1 flex justify-between text-xs text-muted tabular-nums">
            <span>{usedText}</span>
            <span>{words.left(formatLeft(limitNanoUsd - usedNanoUsd))}</span>
          </p>
        </div>
      ) : null}
    </li>
  )
}
