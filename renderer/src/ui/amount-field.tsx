import { useId, type KeyboardEvent } from 'react'
import { classNames } from './class-names.ts'

/** A field for dollars with what it reads as, or why it cannot be read, below it. */
export function AmountField({
  label,
  isLabelShown = true,
  value,
  note,
  isWrong,
  isFocused = false,
  onChange,
  onBlur,
  onKeyDown,
}: {
  label: string
  isLabelShown?: boolean
  value: string
  note: string
  isWrong: boolean
  isFocused?: boolean
  onChange: (text: string) => void
  onBlur?: () => void
  onKeyDown?: (event: KeyboardEvent) => void
}) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className={isLabelShown ? 'mb-1 block text-sm font-medium' : 'sr-only'}>
        {label}
      </label>
      <div className="flex w-44 items-center rounded-md border border-line-strong bg-paper focus-within:outline-2 focus-within:outline-accent has-aria-invalid:border-danger">
        <span aria-hidden="true" className="pl-2.5 text-sm text-muted">
          $
        </span>
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          value={value}
          ref={(field) => {
            if (isFocused && field && field.dataset['hadFocus'] === undefined) {
              field.dataset['hadFocus'] = ''
              field.focus()
              field.select()
            }
          }}
          aria-invalid={isWrong || undefined}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onBlur}
          onKeyDown={onKeyDown}
          className="w-full min-w-0 bg-transparent px-1.5 py-1.5 text-sm text-ink tabular-nums outline-none"
        />
      </div>
      <p
        id={`${id}-note`}
        aria-live="polite"
        className={classNames('mt-1 min-h-4 text-xs', isWrong ? 'text-danger' : 'text-muted')}
      >
        {note}
      </p>
    </div>
  )
}
