import { RotateCcw } from 'lucide-react'
import { useId, useState } from 'react'
import type { RequestField } from '../../../../electron/contract/routes/parameters.ts'
import { t } from '../../text/strings.ts'
import { IconButton } from '../../ui/icon-button.tsx'

const look =
  'w-full min-w-0 rounded-md border border-line-strong bg-paper px-2.5 py-1.5 text-sm text-ink outline-offset-0 disabled:opacity-60 aria-invalid:border-danger'

function defaultText({ providerDefault, kind }: RequestField): string {
  if (providerDefault === null) return t.parameters.unknownDefault
  if (kind === 'boolean') return t.parameters.providerDefault(providerDefault ? t.parameters.on : t.parameters.off)
  return t.parameters.providerDefault(providerDefault === '' ? t.parameters.none : String(providerDefault))
}

/** One field of a request: its name, one sentence, its range and default, and what is wrong with it. */
export function ParameterField({
  field,
  text,
  error,
  isDisabled,
  onCommit,
}: {
  field: RequestField
  text: string
  error: string | null
  isDisabled: boolean
  onCommit: (text: string) => void
}) {
  const id = useId()
  const [written, setWritten] = useState(text)
  const [known, setKnown] = useState(text)
  if (known !== text) {
    setKnown(text)
    setWritten(text)
  }
  const [label, sentence] = t.parameters.fields[field.name] ?? [field.name, t.parameters.otherSentence]
  const shared = {
    id,
    disabled: isDisabled,
    'aria-invalid': error !== null,
    'aria-describedby': `${id}-hint ${id}-error`,
    className: look,
  }
  const typed = {
    ...shared,
    value: written,
    onChange: (event: { target: { value: string } }) => setWritten(event.target.value),
    onBlur: () => {
      if (written !== text || error !== null) onCommit(written)
    },
  }
  const options =
    field.kind === 'boolean'
      ? [
          ['true', t.parameters.on],
          ['false', t.parameters.off],
        ]
      : field.options.map((option) => [option, option])
  return (
    <div className="py-3">
      <div className="mb-1 flex min-h-7 items-center justify-between">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {text === '' && written === '' ? null : (
          <IconButton
            icon={RotateCcw}
            label={t.parameters.resetOne(label)}
            disabled={isDisabled}
            onClick={() => {
              setWritten('')
              onCommit('')
            }}
          />
        )}
      </div>
      {field.kind === 'text' || field.kind === 'texts' || field.kind === 'json' ? (
        <textarea
          {...typed}
          dir="auto"
          rows={field.kind === 'text' ? 4 : 1}
          spellCheck={field.kind === 'text'}
          className={`${look} field-sizing-content max-h-60 resize-none`}
        />
      ) : field.kind === 'boolean' || field.kind === 'choice' ? (
        <select {...shared} value={text} onChange={(event) => onCommit(event.target.value)}>
          <option value="">{t.parameters.asDefault}</option>
          {options.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...typed}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          placeholder={field.providerDefault === null ? '' : String(field.providerDefault)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onCommit(written)
          }}
        />
      )}
      <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
        {sentence} {field.kind === 'boolean' || field.name === 'system' ? '' : t.parameters.range(field.range)}{' '}
        {defaultText(field)}
      </p>
      <p id={`${id}-error`} role={error === null ? undefined : 'alert'} className="text-xs text-danger">
        {error}
      </p>
    </div>
  )
}
