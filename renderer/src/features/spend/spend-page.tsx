import { PanelLeftOpen, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ConversationId, MessageId } from '../../../../electron/contract/ids.ts'
import { useMonths } from '../../data/spend-books.ts'
import { everything, type SpendPlace, type SpendTab } from '../../data/spend-place.ts'
import { useSpend } from '../../data/spend.ts'
import { t } from '../../text/strings.ts'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { TopTabs } from '../../ui/tabs.tsx'
import { AccountDialog } from './account.tsx'
import { Ledger } from './ledger.tsx'
import { OpenRequests } from './open-requests.tsx'
import { Overview } from './overview.tsx'
import { Statements } from './statement.tsx'

/** Where every cent went: the month, the books, what is open, statements. Lies over the chat, which stays as it is. */
export function SpendPage({
  place,
  className,
  isReadOnly,
  onShowSidebar,
  onPlace,
  onClose,
  onOpenChat,
}: {
  place: SpendPlace
  className: string
  /** `null`: it is shown. */
  onShowSidebar: (() => void) | null
  /** Nothing can be written: nothing is looked up, written off or compared. */
  isReadOnly: boolean
  onPlace: (place: SpendPlace) => void
  onClose: () => void
  onOpenChat: (conversationId: ConversationId, messageId: MessageId | null) => void
}) {
  const words = t.spend
  const headRef = useRef<HTMLHeadingElement>(null)
  const months = useMonths()
  const monthStart = useSpend(null).data?.monthStart ?? 0
  const unknownCount = (months.data ?? []).reduce((sum, { cost }) => sum + cost.unknownCount, 0)
  useEffect(() => headRef.current?.focus(), [])
  const toDay = (day: string) =>
    onPlace({ tab: 'ledger', filter: { ...everything, from: day, to: day }, attemptId: null })
  const toAccount = ({ attemptId }: { attemptId: string }) => onPlace({ ...place, attemptId })
  return (
    <section aria-label={words.name} className={classNames('flex flex-col bg-paper', className)}>
      <header className="mx-auto flex h-12 w-full max-w-[76rem] shrink-0 items-center gap-2 px-6 max-[760px]:px-3">
        {onShowSidebar ? <IconButton icon={PanelLeftOpen} label={t.sidebar.show} onClick={onShowSidebar} /> : null}
        <h1 ref={headRef} tabIndex={-1} className="text-sm font-medium outline-none">
          {words.name}
        </h1>
        <span className="flex-1" />
        <IconButton icon={X} label={words.back} onClick={onClose} />
      </header>
      <TopTabs
        label={words.name}
        page={place.tab}
        onPageChange={(tab) => onPlace({ ...place, tab: tab as SpendTab, attemptId: null })}
        pages={[
          {
            id: 'overview',
            label: words.tabs.overview,
            mark: null,
            content: <Overview onDay={toDay} onOpenChat={(conversationId) => onOpenChat(conversationId, null)} />,
          },
          {
            id: 'ledger',
            label: words.tabs.ledger,
            mark: null,
            content: (
              <Ledger
                filter={place.filter}
                onFilter={(filter) => onPlace({ ...place, filter })}
                onAccount={toAccount}
              />
            ),
          },
          {
            id: 'open',
            label: words.tabs.open,
            mark:
              unknownCount === 0 ? null : (
                <span className="rounded-full bg-warn-fill px-1.5 text-xs text-warn tabular-nums">{unknownCount}</span>
              ),
            content: <OpenRequests isReadOnly={isReadOnly} monthStart={monthStart} onAccount={toAccount} />,
          },
          { id: 'statement', label: words.tabs.statement, mark: null, content: <Statements isReadOnly={isReadOnly} /> },
        ]}
      />
      <AccountDialog
        attemptId={place.attemptId}
        onClose={() => onPlace({ ...place, attemptId: null })}
        onMessage={onOpenChat}
      />
    </section>
  )
}
