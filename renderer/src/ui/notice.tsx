import { Info } from 'lucide-react'
import type { ReactNode } from 'react'
import { Details } from './details.tsx'

/** A failure, said aloud: title, what happened, what the other side said, and what can be done. */
export function FailureNotice({
  title,
  sentence,
  detail,
  detailLabel,
  children,
}: {
  title: string
  sentence: string
  detail: string | null
  detailLabel: string
  children?: ReactNode
}) {
  return (
    <div role="alert" className="flex gap-2.5 border-s-2 border-danger ps-3 text-sm">
      <div className="flex min-w-0 flex-col gap-1">
        <p className="font-medium text-danger">{title}</p>
        <p className="max-w-prose text-muted">{sentence}</p>
        {detail === null ? null : <Details label={detailLabel} text={detail} />}
        {children ? <div className="mt-1.5 flex flex-wrap gap-2">{children}</div> : null}
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
