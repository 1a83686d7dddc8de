import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useDeferredValue, useEffect, useEffectEvent, useState } from 'react'
import type { ConversationId } from '../../../../electron/contract/ids.ts'
import type { Found } from '../../../../electron/contract/routes/messages.ts'
import { useFind } from '../../data/find.ts'
import { t } from '../../text/strings.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import type { Occurrence } from './highlight.ts'

/** The occurrence at a place, from 0, counted over all messages. */
function occurrenceAt(found: Found, at: number): Occurrence | null {
  let before = 0
  for (const { messageId, count } of found.hits) {
    if (at < before + count) return { messageId, nth: at - before }
    before += count
  }
  return null
}

/** Finds words in this conversation, loaded or not. Enter goes to the next, Shift+Enter to the one before. */
export function FindBar({
  conversationId,
  askedCount,
  onChange,
  onClose,
}: {
  conversationId: ConversationId
  /** Grows when the keys ask for it again: the field takes the keyboard. */
  askedCount: number
  onChange: (query: string, current: Occurrence | null) => void
  onClose: () => void
}) {
  const [query, setQuery] = useState('')
  const asked = useDeferredValue(query.trim())
  const find = useFind(conversationId, asked)
  const found = asked === '' ? undefined : find.data
  const total = found?.total ?? 0
  // `null`: the newest one.
  const [chosen, setChosen] = useState<number | null>(null)
  const at = chosen === null ? total - 1 : Math.min(chosen, total - 1)
  const current = found && at >= 0 ? occurrenceAt(found, at) : null
  const step = (by: number) => {
    if (total > 0) setChosen((at + by + total) % total)
  }

  const tell = useEffectEvent(onChange)
  const messageId = current?.messageId
  const nth = current?.nth ?? 0
  useEffect(() => {
    tell(asked, messageId === undefined ? null : { messageId, nth })
  }, [asked, messageId, nth])

  const said =
    asked === '' || !found ? '' : find.error ? t.find.failed : total === 0 ? t.find.none : t.find.place(at + 1, total)
  return (
    <div
      role="search"
      aria-label={t.find.name}
      className="absolute top-2 right-4 z-20 flex items-center gap-0.5 rounded-lg border border-line bg-raised py-1 pr-1 pl-2 shadow-float"
    >
      <input
        key={askedCount}
        type="text"
        aria-label={t.find.field}
        placeholder={t.find.field}
        value={query}
        maxLength={200}
        ref={(field) => {
          if (field && document.activeElement !== field) {
            field.focus()
            field.select()
          }
        }}
        onChange={(event) => {
          setQuery(event.target.value)
          setChosen(null)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') {
            event.stopPropagation()
            onClose()
          }
          if (event.key === 'Enter') {
            event.preventDefault()
            step(event.shiftKey ? -1 : 1)
          }
        }}
        className="w-44 bg-transparent px-1 py-1 text-sm outline-none"
      />
      <span role="status" className="min-w-16 px-1 text-right text-xs text-muted tabular-nums">
        {said}
      </span>
      <IconButton icon={ChevronUp} label={t.find.previous} disabled={total === 0} onClick={() => step(-1)} />
      <IconButton icon={ChevronDown} label={t.find.next} disabled={total === 0} onClick={() => step(1)} />
      <IconButton icon={X} label={t.find.close} onClick={onClose} />
    </div>
  )
}
