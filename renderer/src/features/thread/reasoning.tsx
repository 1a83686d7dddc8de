import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../text/strings.ts'
import { PlainText } from './markdown/plain-text.tsx'

/** What the model thought before it answered, folded away unless there is nothing else. */
export function Reasoning({ text, isOpenAtFirst }: { text: string; isOpenAtFirst: boolean }) {
  const [chosen, setChosen] = useState<boolean | null>(null)
  const isOpen = chosen ?? isOpenAtFirst
  return (
    <div className="mb-2">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setChosen(!isOpen)}
        className="-ml-1 inline-flex items-center gap-1 rounded-sm px-1 text-sm text-muted hover:text-ink"
      >
        <ChevronRight
          aria-hidden="true"
          className={`size-3.5 transition-transform duration-100 ${isOpen ? 'rotate-90' : ''}`}
        />
        {t.thread.reasoning}
      </button>
      {isOpen ? (
        <div className="mt-1 border-l-2 border-line pl-3 text-muted [&>div]:text-sm">
          <PlainText text={text} />
        </div>
      ) : null}
    </div>
  )
}
