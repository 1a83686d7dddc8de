import type { ReactNode } from 'react'
import { t } from '../../../text/strings.ts'

function Mark({ number, name, target }: { number: number; name: string; target: string }) {
  return (
    <sup>
      <button
        type="button"
        className="note-mark"
        aria-label={name}
        onClick={(event) => {
          const place = event.currentTarget.closest('[data-body]')?.querySelector(target)
          if (place instanceof HTMLElement) place.focus()
        }}
      >
        {number}
      </button>
    </sup>
  )
}

/** The mark of a footnote; following it leads to the note. */
export function NoteMark({ number }: { number: number }) {
  return <Mark number={number} name={t.thread.noteMark(number)} target={`[data-note="${number}"]`} />
}

/** The mark of a source; following it leads to the source in the list below the reply, which opens it. */
export function SourceLink({ number }: { number: number }) {
  return <Mark number={number} name={t.thread.sourceMark(number)} target={`[data-source="${number}"] [role="link"]`} />
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
