import { ChevronRight } from 'lucide-react'

/** What another program said, word for word: there for whoever wants it, out of the way of everybody else. */
export function Details({ label, text }: { label: string; text: string }) {
  return (
    <details className="group text-xs text-muted">
      <summary className="inline-flex list-none items-center gap-1 rounded-sm hover:text-ink">
        <ChevronRight aria-hidden="true" className="size-3 group-open:rotate-90" />
        {label}
      </summary>
      <p dir="auto" className="mt-1 max-h-24 overflow-y-auto font-mono break-words select-text">
        {text}
      </p>
    </details>
  )
}
