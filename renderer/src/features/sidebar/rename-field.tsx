import { useRef } from 'react'
import { t } from '../../text/strings.ts'

/** As in the contract. */
const titleChars = 200

/** Edits a title in place: Enter or leaving keeps it, Escape does not. */
export function RenameField({
  title,
  onDone,
}: {
  title: string
  /** `byKey`: the field had the keyboard until now and somebody has to take it. */
  onDone: (title: string | null, byKey: boolean) => void
}) {
  const isDone = useRef(false)
  const done = (next: string | null, byKey: boolean) => {
    if (isDone.current) return
    isDone.current = true
    const trimmed = next?.trim() ?? ''
    onDone(trimmed === '' || trimmed === title ? null : trimmed, byKey)
  }
  return (
    <input
      type="text"
      aria-label={t.sidebar.renameField}
      defaultValue={title}
      maxLength={titleChars}
      dir="auto"
      ref={(input) => {
        input?.select()
      }}
      onBlur={(event) => done(event.target.value, false)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') done(event.currentTarget.value, true)
        if (event.key === 'Escape') {
          event.stopPropagation()
          done(null, true)
        }
      }}
      className="w-full rounded-md border border-line-strong bg-paper px-1.5 py-1 text-sm"
    />
  )
}
