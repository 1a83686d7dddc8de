import { useId, type ComponentProps, type ReactNode } from 'react'
import { classNames } from './class-names.ts'

const inputClass =
  'w-full min-w-0 rounded-md border border-line-strong bg-paper px-2.5 py-1.5 text-sm text-ink outline-offset-0 disabled:opacity-60'

/** A labelled line of text with an optional hint below and something beside it. */
export function TextField({
  label,
  hint,
  beside,
  className,
  ...rest
}: ComponentProps<'input'> & { label: string; hint?: string; beside?: ReactNode }) {
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <div className="flex items-center gap-2">
        <input
          id={id}
          aria-describedby={hint === undefined ? undefined : hintId}
          className={classNames(inputClass, className)}
          autoComplete="off"
          spellCheck={false}
          {...rest}
        />
        {beside}
      </div>
      {hint === undefined ? null : (
        <p id={hintId} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  )
}

/** A setting on one line: what it is, and beside it the choice. */
export function SettingRow({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line py-row-wide first:border-t-0 first:pt-0"
    >
      <div className="min-w-0">
        <h3 id={id} className="text-sm font-medium">
          {title}
        </h3>
        {hint === undefined ? null : <p className="text-xs text-muted">{hint}</p>}
      </div>
      {children}
    </section>
  )
}

/** A heading over a group of settings, with a hint and what belongs to it. */
export function Group({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="border-t border-line py-group first:border-t-0 first:pt-0">
      <h3 id={id} className="text-sm font-semibold">
        {title}
      </h3>
      {hint === undefined ? null : <p className="mt-0.5 max-w-prose text-xs text-muted">{hint}</p>}
      <div className="mt-2.5">{children}</div>
    </section>
  )
}
