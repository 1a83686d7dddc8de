import { useId } from 'react'
import { classNames } from './class-names.ts'

interface Option<Value extends string> {
  value: Value
  label: string
  hint?: string
}

interface ChoiceProps<Value extends string> {
  legend: string
  options: Option<Value>[]
  value: Value
  onChange: (value: Value) => void
}

/** One of a few short options, side by side. */
export function Segments<Value extends string>({ legend, options, value, onChange }: ChoiceProps<Value>) {
  const name = useId()
  return (
    <fieldset className="inline-flex flex-wrap rounded-md bg-fill p-0.5">
      <legend className="sr-only">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={classNames(
            'relative rounded-[0.375rem] px-3 py-1 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent',
            option.value === value ? 'bg-raised font-medium text-ink shadow-low' : 'text-muted hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={name}
            className="absolute inset-0 appearance-none outline-none"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}

/** One of a few options that need a sentence each. */
export function Choices<Value extends string>({ legend, options, value, onChange }: ChoiceProps<Value>) {
  const name = useId()
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className="flex flex-col gap-1.5">
        {options.map((option) => (
          <label key={option.value} className="flex items-start gap-2.5">
            <input
              type="radio"
              name={name}
              className="mt-0.5 size-4 shrink-0"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>
              <span className="block">{option.label}</span>
              {option.hint === undefined ? null : <span className="block text-xs text-muted">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
