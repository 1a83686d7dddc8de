import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { formatCount } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { PlainText } from './markdown/plain-text.tsx'

const seconds = (ms: number) => formatCount(Math.max(1, Math.round(ms / 1_000)))

/** What the model thought before it answered, folded away unless there is nothing else. */
export function Reasoning({
  text,
  thinkingMs,
  isThinking,
  isOpenAtFirst,
}: {
  text: string
  /** `null`: not known. */
  thinkingMs: number | null
  /** It grows, and no answer has begun. */
  isThinking: boolean
  isOpenAtFirst: boolean
}) {
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
        {isThinking
          ? t.thread.reasoningNow
          : thinkingMs === null
            ? t.thread.reasoning
            : t.thread.thoughtFor(seconds(thinkingMs))}
      </button>
      {isOpen ? (
        <div className="mt-1 border-l-2 border-line pl-3 text-muted [&>div]:text-sm">
          <PlainText text={text} />
        </div>
      ) : null}
    </div>
  )
}
