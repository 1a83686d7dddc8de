import { CircleAlert, Info, Lightbulb, OctagonAlert, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { Token, Tokens } from 'marked'
import type { ReactNode } from 'react'
import { t } from '../../../text/strings.ts'

type AlertKind = keyof typeof t.thread.alerts

const icons: Record<AlertKind, LucideIcon> = {
  note: Info,
  tip: Lightbulb,
  important: CircleAlert,
  warning: TriangleAlert,
  caution: OctagonAlert,
}

const mark = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i

/** A quotation that says what it is, as on GitHub: `> [!NOTE]`, then what is said. */
export interface Alert {
  kind: AlertKind
  tokens: Token[]
}

/** The alert that a quotation is; `null`: it is a quotation. */
export function alertOf(quote: Tokens.Blockquote): Alert | null {
  const [first, ...others] = quote.tokens
  if (first?.type !== 'paragraph') return null
  const [start, ...inline] = (first as Tokens.Paragraph).tokens
  const match = start?.type === 'text' ? mark.exec(start.raw) : null
  if (!match || !start) return null
  const kind = match[1]?.toLowerCase() as AlertKind
  const text = start.raw.slice(match[0].length)
  const said = inline[0]?.type === 'br' ? inline.slice(1) : inline
  // Words on the line of the mark make it a quotation.
  if (text === '' && inline.length > 0 && said === inline && !match[0].endsWith('\n')) return null
  const rest = text === '' ? said : [{ ...start, raw: text, text }, ...inline]
  return { kind, tokens: rest.length === 0 ? others : [{ ...first, tokens: rest }, ...others] }
}

/** What an alert says, under its kind. */
export function AlertView({ kind, dir, children }: { kind: AlertKind; dir: 'rtl' | 'ltr'; children: ReactNode }) {
  const Icon = icons[kind]
  const title = t.thread.alerts[kind]
  return (
    <div role="note" aria-label={title} dir={dir} className={`alert alert-${kind}`}>
      <p className="alert-title">
        <Icon aria-hidden="true" className="size-4" />
        {title}
      </p>
      {children}
    </div>
  )
}
