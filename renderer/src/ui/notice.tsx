import { Info } from 'lucide-react'
import type { ReactNode } from 'react'
import { Details } from './details.tsx'

const tones = {
  danger: { line: 'border-danger', title: 'text-danger' },
  warn: { line: 'border-warn', title: 'text-warn' },
}

/** A failure, said aloud: title, what happened, what the other side said, and what can be done. `warn`: nothing is broken. */
export function FailureNotice({
  tone = 'danger',
  title,
  sentence,
  detail,
  detailLabel,
  children,
}: {
  tone?: keyof typeof tones
  title: string
  sentence: string
  detail: string | null
  detailLabel: string
  children?: ReactNode
}) {
  return (
    <div role="alert" className={`flex gap-2.5 border-s-2 ps-3 text-sm ${tones[tone].line}`}>
      <div className="flex min-w-0 flex-col gap-1">
        <p className={`font-medium ${tones[tone].title}`}>{title}</p>
        <p className="max-w-prose text-muted">{sentence}</p>
        {children ? <div className="mt-1.5 flex flex-wrap items-center gap-2">{children}</div> : null}
        {detail === null ? null : <Details label={detailLabel} text={detail} />}
      </div>
    </div>
  )
}

/** Something worth knowing that is no failure. */
export function Note({ tone = 'plain', children }: { tone?: 'plain' | 'warn'; children: ReactNode }) {
  const look = tone === 'warn' ? 'bg-warn-fill text-warn' : 'bg-fill text-muted'
  return (
    <p className={`flex items-start gap-2 rounded-lg px-3 py-2 text-sm ${look}`}>
      <Info aria-hidden="true" className="mt-0.5 size-4 shrink-0" strokeWidth={1.75} />
      <span>{children}</span>
    </p>
  )
}
