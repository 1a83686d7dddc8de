import { Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

/** A failure, said aloud: title, what happened, what the other side said, and what can be done. */
export function FailureNotice({
  title,
  sentence,
  detail,
  children,
}: {
  title: string
  sentence: string
  detail: string | null
  children?: ReactNode
}) {
  return (
    <div role="alert" className="rounded-lg border border-danger-line bg-danger-fill px-3.5 py-3 text-sm">
      <p className="flex items-center gap-2 font-medium text-danger">
        <TriangleAlert aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.9} />
        {title}
      </p>
      <p className="mt-1 max-w-prose">{sentence}</p>
      {detail === null ? null : (
        <p dir="auto" className="mt-1.5 max-h-24 overflow-y-auto font-mono text-xs break-words text-muted">
          {detail}
        </p>
      )}
      {children ? <div className="mt-2.5 flex flex-wrap gap-2">{children}</div> : null}
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
