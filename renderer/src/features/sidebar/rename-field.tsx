import { useRef } from 'react'
import { t } from '../../text/strings.ts'

/** As in the contract. */
const titleChars = 200

/** Edits a title in place: Enter or leaving keeps it, Escape does not. */
export function RenameField({ title, onDone }: { title: string; onDone: (title: string | null) => void }) {
  const isDone = useRef(false)
  const done = (next: string | null) => {
    if (isDone.current) return
    isDone.current = true
    const trimmed = next?.trim() ?? ''
    onDone(trimmed === '' || trimmed === title ? null : trimmed)
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
      onBlur={(event) => done(event.target.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') done(event.currentTarget.value)
        if (event.key === 'Escape') {
          event.stopPropagation()
          done(null)
        }
      }}
      className="w-full rounded-md border border-line-strong bg-paper px-1.5 py-1 text-sm"
    />
  )
}
