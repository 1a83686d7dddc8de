import { Trash2, X } from 'lucide-react'
import { useEffect, useState, type KeyboardEvent } from 'react'
import type { ConversationId, MessageId } from '../../../../electron/contract/ids.ts'
import type { ConversationSummary } from '../../../../electron/contract/routes/conversations.ts'
import { useAct } from '../../data/use-act.ts'
import { groupByDate } from '../../text/dates.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { ConversationItem } from './conversation-item.tsx'
import { usePicking } from './picking.ts'
import { removeWithUndo } from './removal.ts'

/** How many rows are drawn at first, and more each time the end of them comes near. */
const stepRows = 120
const aheadPx = 800

/** How many rows are drawn of `total`, at least `least`: thousands of chats cost no more than a screen of them. */
function useStepwise(total: number, least: number) {
  const [asked, setAsked] = useState(stepRows)
  const count = Math.max(asked, least)
  const [end, setEnd] = useState<HTMLElement | null>(null)
  useEffect(() => {
    if (!end) return
    const near = new IntersectionObserver(([entry]) => entry?.isIntersecting && setAsked(count + stepRows), {
      rootMargin: `${aheadPx}px`,
    })
    near.observe(end)
    return () => near.disconnect()
  }, [end, count])
  return { count, attachEnd: count < total ? setEnd : null }
}

/** Moves the keyboard to the row before or after; gives the id of that row. */
function neighbour(from: HTMLElement, step: -1 | 1): ConversationId | null {
  const rows = [...(from.closest('[data-groups]')?.querySelectorAll<HTMLElement>('[data-conversation]') ?? [])]
  const next = rows[rows.findIndex((row) => row.contains(from)) + step]
  next?.querySelector('button')?.focus()
  return conversationOf(next) ?? null
}

/** The conversation whose row this is, or is in. */
const conversationOf = (element: HTMLElement | undefined) =>
  element?.closest<HTMLElement>('[data-conversation]')?.dataset['conversation'] as ConversationId | undefined

/**
 * The list: pinned chats, then by date. Arrows move, Shift extends what is picked, mod+A picks all, Delete deletes it,
 * Escape picks nothing.
 */
export function ConversationGroups({
  conversations,
  current,
  isReadOnly,
  onOpen,
  onDeleted,
}: {
  conversations: readonly ConversationSummary[]
  current: ConversationId | null
  isReadOnly: boolean
  onOpen: (conversationId: ConversationId, messageId: MessageId | null) => void
  onDeleted: (conversationId: ConversationId) => void
}) {
  // The day is read when the list changes; a list that nobody touches past midnight may say "Today" for yesterday.
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000)
    return () => clearInterval(timer)
  }, [])
  const pinned = conversations.filter(({ isPinned }) => isPinned)
  const ordered = [...pinned, ...conversations.filter(({ isPinned }) => !isPinned)]
  const { count, attachEnd } = useStepwise(ordered.length, ordered.findIndex(({ id }) => id === current) + 1)
  const dated = groupByDate(ordered.slice(pinned.length, count), (conversation) => conversation.updatedAt, now)
  const groups = pinned.length > 0 ? [{ name: t.sidebar.pinned, items: pinned.slice(0, count) }, ...dated] : dated
  const picking = usePicking(
    ordered.map(({ id }) => id),
    current,
  )
  const act = useAct()
  const remove = async () => {
    const isDone = await act.run(() =>
      removeWithUndo([...picking.picked], null, {
        deleted: (ids) => ids.forEach(onDeleted),
        restored: (ids) => ids[0] && onOpen(ids[0], null),
      }),
    )
    if (isDone) picking.clear()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement
    if (target instanceof HTMLInputElement || target.closest('[role="menu"]')) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const next = neighbour(target, event.key === 'ArrowDown' ? 1 : -1)
      if (event.shiftKey && next) picking.extend(next, conversationOf(target))
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      picking.all()
    } else if (picking.picked.length > 0 && event.key === 'Escape') {
      event.stopPropagation()
      picking.clear()
    } else if (picking.picked.length > 0 && event.key === 'Delete' && !isReadOnly) void remove()
  }
  return (
    <div data-groups="" onKeyDown={onKeyDown}>
      {picking.picked.length > 0 ? (
        <div className="sticky top-0 z-10 mb-2 flex items-center gap-1 rounded-md border border-line bg-raised py-0.5 pr-0.5 pl-2.5 shadow-low">
          <span role="status" className="flex-1 text-xs">
            {t.sidebar.selected(picking.picked.length)}
          </span>
          <Button look="quiet" className="px-2 py-1" disabled={isReadOnly || act.isBusy} onClick={() => void remove()}>
            <Trash2 aria-hidden="true" className="size-3.5" />
            {t.sidebar.delete}
          </Button>
          <IconButton icon={X} label={t.sidebar.clearSelection} onClick={picking.clear} />
        </div>
      ) : null}
      {groups.map((group, at) => (
        <section key={group.name} aria-labelledby={`conversations-${at}`} className="pt-3 first:pt-0">
          <h2 id={`conversations-${at}`} className="px-2.5 pb-1 text-xs font-medium text-muted">
            {group.name}
          </h2>
          <ul aria-labelledby={`conversations-${at}`} className="flex flex-col gap-px">
            {group.items.map((conversation) => (
              <ConversationItem
                key={conversation.id}
                conversation={conversation}
                isCurrent={conversation.id === current}
                isReadOnly={isReadOnly}
                isPicked={picking.picked.includes(conversation.id)}
                onOpen={() => {
                  picking.clear()
                  onOpen(conversation.id, null)
                }}
                onDeleted={() => onDeleted(conversation.id)}
                onPick={(how) => picking[how](conversation.id)}
              />
            ))}
          </ul>
        </section>
      ))}
      {attachEnd ? <div ref={attachEnd} aria-hidden="true" className="h-px" /> : null}
    </div>
  )
}
