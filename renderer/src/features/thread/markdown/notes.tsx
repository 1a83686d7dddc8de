import type { ReactNode } from 'react'
import { t } from '../../../text/strings.ts'

/** The mark of a footnote; following it leads to the note. */
export function NoteMark({ number }: { number: number }) {
  return (
    <sup>
      <button
        type="button"
        className="note-mark"
        aria-label={t.thread.noteMark(number)}
        onClick={(event) => {
          const note = event.currentTarget.closest('.reply')?.querySelector(`[data-note="${number}"]`)
          if (note instanceof HTMLElement) note.focus()
        }}
      >
        {number}
      </button>
    </sup>
  )
}

/** One footnote at the end of a reply, under its number, or under its label when nothing leads to it. */
export function Note({ number, label, children }: { number: number | null; label: string; children: ReactNode }) {
  return (
    <li dir="auto" className="note" {...(number === null ? {} : { 'data-note': number, tabIndex: -1 })}>
      <span className="note-number">{number ?? label}</span>
      <div>{children}</div>
    </li>
  )
}
