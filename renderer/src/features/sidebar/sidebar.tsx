import { Coins, PanelLeftClose, Search, Settings, SquarePen, Trash2 } from 'lucide-react'
import { useDeferredValue, useState, type RefObject } from 'react'
import type { ConversationId, MessageId } from '../../../../electron/contract/ids.ts'
import { useConversations, useSearch } from '../../data/conversations.ts'
import { spendAddress } from '../../data/spend-place.ts'
import { mergeHits } from '../../text/merge-hits.ts'
import { t } from '../../text/strings.ts'
import { buttonClass } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { ConversationGroups } from './conversation-groups.tsx'
import { TrashList } from './trash-list.tsx'
import { SearchResults } from './search-results.tsx'

/** What the sidebar is told from outside. */
export interface SidebarProps {
  current: ConversationId | null
  isSpendShown: boolean
  isReadOnly: boolean
  searchRef: RefObject<HTMLInputElement | null>
  onOpen: (conversationId: ConversationId, messageId: MessageId | null) => void
  onNew: () => void
  onDeleted: (conversationId: ConversationId) => void
  onSettings: () => void
  /** The link to the spend page was followed. */
  onSpend: () => void
  onHide: () => void
  /** The keyboard belongs elsewhere again. */
  onLeave: () => void
}

/** All conversations, grouped by date, and the search over them. */
export function Sidebar(props: SidebarProps) {
  const { isSpendShown, isReadOnly, searchRef, onOpen, onNew, onSettings, onSpend, onHide, onLeave } = props
  const [query, setQuery] = useState('')
  const [isTrash, setIsTrash] = useState(false)
  const search = useSearch(useDeferredValue(query.trim()))
  const hits = search.data ? mergeHits(search.data) : undefined
  const list = useConversations()
  const conversations = list.data ?? []
  return (
    <nav
      aria-label={t.sidebar.name}
      className="flex w-sidebar shrink-0 flex-col border-r border-line bg-side text-sm max-[760px]:absolute max-[760px]:inset-y-0 max-[760px]:left-0 max-[760px]:z-20 max-[760px]:shadow-float"
    >
      <div className="flex items-center gap-1 px-2.5 pt-2.5 pb-2">
        <button type="button" onClick={onNew} disabled={isReadOnly} className={buttonClass('outline', 'flex-1')}>
          <SquarePen aria-hidden="true" className="size-4" strokeWidth={1.75} />
          {t.sidebar.newChat}
        </button>
        <IconButton icon={PanelLeftClose} label={t.sidebar.hide} onClick={onHide} />
      </div>
      <div className="relative px-2.5 pb-2.5">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-2 left-5 size-3.5 text-muted"
          strokeWidth={2}
        />
        <input
          ref={searchRef}
          type="search"
          aria-label={t.sidebar.search}
          placeholder={t.sidebar.search}
          value={query}
          maxLength={200}
          onChange={(event) => {
            setQuery(event.target.value)
            setIsTrash(false)
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            const first = query.trim() === '' ? undefined : hits?.[0]
            if (event.key === 'Enter' && first) onOpen(first.conversationId, first.messageId)
            if (event.key === 'ArrowDown') {
              event.preventDefault()
              event.currentTarget.closest('nav')?.querySelector<HTMLButtonElement>('li button')?.focus()
            }
            if (event.key !== 'Escape') return
            event.stopPropagation()
            if (query === '') onLeave()
            setQuery('')
          }}
          className="w-full rounded-md border border-transparent bg-fill-strong/60 py-1.5 pr-2 pl-8 text-sm outline-offset-0 hover:bg-fill-strong/80"
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2.5 pb-3">
        {isTrash ? (
          <TrashList isReadOnly={isReadOnly} onBack={() => setIsTrash(false)} />
        ) : query.trim() === '' ? (
          <>
            {list.data && conversations.length === 0 ? <p className="px-2.5 text-muted">{t.sidebar.empty}</p> : null}
            <ConversationGroups conversations={conversations} {...props} />
          </>
        ) : hits ? (
          <SearchResults query={query.trim()} hits={hits} onOpen={(hit) => onOpen(hit.conversationId, hit.messageId)} />
        ) : null}
      </div>
      <div className="flex items-center border-t border-line p-2.5">
        <a
          href={spendAddress({ tab: 'overview' })}
          aria-current={isSpendShown ? 'page' : undefined}
          onClick={onSpend}
          className={buttonClass(
            'quiet',
            'flex-auto justify-start px-1.5 aria-[current=page]:bg-fill-strong/80 aria-[current=page]:text-ink',
          )}
        >
          <Coins aria-hidden="true" className="size-4" strokeWidth={1.75} />
          {t.spend.name}
        </a>
        <button type="button" onClick={onSettings} className={buttonClass('quiet', 'flex-auto justify-start px-1.5')}>
          <Settings aria-hidden="true" className="size-4" strokeWidth={1.75} />
          {t.settings.name}
        </button>
        <IconButton
          icon={Trash2}
          label={t.sidebar.trash}
          aria-pressed={isTrash}
          className="aria-pressed:bg-fill-strong aria-pressed:text-ink"
          onClick={() => setIsTrash(!isTrash)}
        />
      </div>
    </nav>
  )
}
