import { Ellipsis, ListChecks, Pencil, Pin, PinOff, Trash2 } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { ConversationSummary } from '../../../../electron/contract/routes/conversations.ts'
import { pinConversation, renameConversation } from '../../data/conversations.ts'
import { useAct } from '../../data/use-act.ts'
import { describeFailure } from '../../text/failure.ts'
import { shortCost } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { shownTitle } from '../../text/title.ts'
import { Badge } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { AreaMenu, MenuButton, MenuItem } from '../../ui/menu.tsx'
import { removeWithUndo } from './removal.ts'
import { RenameField } from './rename-field.tsx'

const iconClass = 'size-4'

/** One conversation in the list: opens it, renames it in place (F2), deletes it with a way back. */
export function ConversationItem({
  conversation,
  isCurrent,
  isReadOnly,
  isPicked,
  onOpen,
  onDeleted,
  onPick,
}: {
  conversation: ConversationSummary
  isCurrent: boolean
  isReadOnly: boolean
  /** One of several that are picked. */
  isPicked: boolean
  onOpen: () => void
  onDeleted: () => void
  onPick: (how: 'toggle' | 'extend') => void
}) {
  const titleId = useId()
  const openRef = useRef<HTMLButtonElement>(null)
  const [isRenaming, setIsRenaming] = useState(false)
  const act = useAct()
  const title = shownTitle(conversation.title)
  const cost = conversation.isDemo ? null : shortCost(conversation.cost)
  const failure = act.failure ? describeFailure(act.failure) : null

  const remove = () =>
    act.run(() => removeWithUndo([conversation.id], title, { deleted: () => onDeleted(), restored: () => onOpen() }))
  const items = isReadOnly ? null : (
    <>
      <MenuItem
        label={t.sidebar.rename}
        icon={<Pencil aria-hidden="true" className={iconClass} />}
        onSelect={() => setIsRenaming(true)}
      />
      <MenuItem
        label={conversation.isPinned ? t.sidebar.unpin : t.sidebar.pin}
        icon={
          conversation.isPinned ? (
            <PinOff aria-hidden="true" className={iconClass} />
          ) : (
            <Pin aria-hidden="true" className={iconClass} />
          )
        }
        onSelect={() => void act.run(() => pinConversation(conversation.id, !conversation.isPinned))}
      />
      <MenuItem
        label={t.sidebar.select}
        icon={<ListChecks aria-hidden="true" className={iconClass} />}
        onSelect={() => onPick('toggle')}
      />
      <MenuItem
        label={t.sidebar.delete}
        icon={<Trash2 aria-hidden="true" className={iconClass} />}
        onSelect={() => void remove()}
      />
    </>
  )

  if (isRenaming) {
    return (
      <li aria-label={title} className="px-1 py-0.5">
        <RenameField
          title={conversation.title}
          onDone={(next, byKey) => {
            flushSync(() => setIsRenaming(false))
            if (byKey) openRef.current?.focus()
            if (next !== null) void act.run(() => renameConversation(conversation.id, next))
          }}
        />
      </li>
    )
  }
  const row = (
    <li aria-label={title} className="group relative" data-conversation={conversation.id}>
      <button
        ref={openRef}
        type="button"
        aria-current={isCurrent ? 'page' : undefined}
        aria-pressed={isPicked || undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey) onPick('toggle')
          else if (event.shiftKey) onPick('extend')
          else onOpen()
        }}
        onDoubleClick={() => setIsRenaming(!isReadOnly)}
        onKeyDown={(event) => {
          if (event.key === 'F2' && !isReadOnly) setIsRenaming(true)
          if (event.key === 'Delete' && !isReadOnly && !isPicked) void remove()
        }}
        className={`flex w-full items-center gap-2 rounded-md px-2.5 py-row text-left outline-offset-[-2px] transition-colors duration-100 ${
          isPicked
            ? 'bg-accent-fill text-ink'
            : isCurrent
              ? 'bg-fill-strong/80 text-ink'
              : 'text-ink hover:bg-fill-strong/40'
        }`}
      >
        <span id={titleId} dir="auto" className="min-w-0 flex-1 truncate">
          {title}
        </span>
        {conversation.isRunning ? (
          <span role="img" aria-label={t.sidebar.running} className="size-2 animate-breathe rounded-full bg-accent" />
        ) : null}
        <span className={isReadOnly ? '' : 'group-focus-within:invisible group-hover:invisible'}>
          {conversation.isDemo ? <Badge>{t.sidebar.demo}</Badge> : null}
          {cost === null ? null : <span className="text-xs text-muted tabular-nums">{cost}</span>}
        </span>
      </button>
      {isReadOnly ? null : (
        <span className="absolute inset-y-0 right-1 hidden items-center group-focus-within:flex group-hover:flex has-data-[popup-open]:flex">
          <MenuButton
            trigger={
              <IconButton icon={Ellipsis} label={t.sidebar.actions} aria-describedby={titleId} className="size-6" />
            }
          >
            {items}
          </MenuButton>
        </span>
      )}
      {failure ? (
        <p role="alert" className="px-2.5 pb-1 text-xs text-danger">
          {failure.title}. {failure.sentence}
        </p>
      ) : null}
    </li>
  )
  return items ? <AreaMenu area={row}>{items}</AreaMenu> : row
}
