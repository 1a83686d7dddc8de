import { useState } from 'react'
import type { ConversationId } from '../../../../electron/contract/ids.ts'
import type { ConversationSpend } from '../../../../electron/contract/routes/spend.ts'
import { useChatsByCost } from '../../data/spend-books.ts'
import { spendAddress, type LedgerFilter } from '../../data/spend-place.ts'
import { addDays, monthRange } from '../../text/days.ts'
import { formatBound, formatExact, formatUsd } from '../../text/money.ts'
import { spenderName } from '../../text/request-words.ts'
import { t } from '../../text/strings.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Segments } from '../../ui/choice.tsx'
import { exactParts, isUnknown } from './cost-words.ts'
import { Panel } from './panel.tsx'

type Range = 'month' | 'year' | 'all'

const always = { from: '0000-01-01', to: '9999-12-31' }

function rangeOf(range: Range, month: string, today: string): { from: string; to: string } {
  if (range === 'month') return monthRange(month)
  return range === 'year' ? { from: addDays(today, -365), to: today } : always
}

/** The requests of a sum; diagnoses have no conversation of their own. */
const filterOf = (chat: ConversationSpend): Partial<LedgerFilter> =>
  (chat.conversationId as string) === 'diagnose' ? { purposes: ['diagnose'] } : { conversationId: chat.conversationId }

function ChatRow({
  chat,
  most,
  onOpenChat,
}: {
  chat: ConversationSpend
  most: number
  onOpenChat: (conversationId: ConversationId) => void
}) {
  const words = t.spend
  const name = spenderName(chat)
  const { cost } = chat
  const width = most <= 0 || cost.nanoUsd === 0 ? 0 : Math.max(1, (cost.nanoUsd / most) * 100)
  const exact = isUnknown(cost) ? (exactParts(cost) ?? '') : words.exact(formatExact(cost.nanoUsd))
  const canOpen = chat.title !== null && !chat.isDeleted
  return (
    <tr className="border-b border-line last:border-b-0">
      <th scope="row" className="max-w-0 py-2 pr-4 text-left font-normal">
        <span className="flex items-center gap-2">
          {canOpen ? (
            <button
              type="button"
              dir="auto"
              onClick={() => onOpenChat(chat.conversationId)}
              className="min-w-0 truncate rounded-sm text-left hover:underline"
            >
              {name}
            </button>
          ) : (
            <span dir="auto" className={`min-w-0 truncate ${chat.title === null ? 'text-muted italic' : ''}`}>
              {name}
            </span>
          )}
          {chat.isDeleted ? <Badge>{words.deleted}</Badge> : null}
        </span>
      </th>
      <td aria-hidden="true" className="w-1/5 py-2 pr-4 max-[760px]:hidden">
        <span className="block h-2 rounded-full bg-fill">
          <span className="block h-2 rounded-full bg-accent" style={{ width: `${width}%` }} />
        </span>
      </td>
      <td className="py-2 pr-4 text-right whitespace-nowrap" title={exact} aria-description={exact}>
        {cost.computedNanoUsd > 0 ? '≈ ' : ''}
        {isUnknown(cost) ? t.money.unknownShort : formatUsd(cost.nanoUsd)}
      </td>
      <td className="py-2 pr-4 text-right whitespace-nowrap text-warn max-[760px]:hidden">
        {cost.reservedNanoUsd > 0
          ? words.upTo(formatBound(cost.reservedNanoUsd))
          : cost.unknownCount > 0
            ? words.unknownAmount(cost.unknownCount)
            : ''}
      </td>
      <td className="py-2 text-right">
        <a
          href={spendAddress({ tab: 'ledger', filter: filterOf(chat) })}
          aria-label={words.requestsOf(name)}
          className="rounded-sm whitespace-nowrap text-accent hover:underline"
        >
          {words.requests}
        </a>
      </td>
    </tr>
  )
}

/** Which chats cost what, the dearest first; those deleted stay. */
export function ChatsPanel({
  month,
  today,
  onOpenChat,
}: {
  month: string
  today: string
  onOpenChat: (conversationId: ConversationId) => void
}) {
  const words = t.spend
  const [range, setRange] = useState<Range>('month')
  const found = useChatsByCost(rangeOf(range, month, today))
  const chats = found.data?.pages.flat() ?? []
  const most = chats[0]?.cost.nanoUsd ?? 0
  return (
    <Panel
      title={words.byChat}
      beside={
        <Segments
          legend={words.range}
          value={range}
          onChange={setRange}
          options={[
            { value: 'month', label: words.ranges.month },
            { value: 'year', label: words.ranges.year },
            { value: 'all', label: words.ranges.all },
          ]}
        />
      }
    >
      {found.data && chats.length === 0 ? <p className="text-muted">{words.none}.</p> : null}
      {chats.length > 0 ? (
        <table className="w-full text-sm tabular-nums">
          <caption className="sr-only">{words.byChat}</caption>
          <thead>
            <tr className="border-b border-line-strong text-xs text-muted">
              <th scope="col" className="w-1/2 py-1.5 pr-4 text-left font-medium">
                {words.columns.chat}
              </th>
              <td aria-hidden="true" className="max-[760px]:hidden" />
              <th scope="col" className="py-1.5 pr-4 text-right font-medium">
                {words.columns.settled}
              </th>
              <th scope="col" className="py-1.5 pr-4 text-right font-medium whitespace-nowrap max-[760px]:hidden">
                {words.columns.unknown}
              </th>
              <th scope="col" className="py-1.5 text-right font-medium">
                <span className="sr-only">{words.requests}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {chats.map((chat) => (
              <ChatRow key={chat.conversationId} chat={chat} most={most} onOpenChat={onOpenChat} />
            ))}
          </tbody>
        </table>
      ) : null}
      {found.hasNextPage ? (
        <Button className="mt-3" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {words.moreChats}
        </Button>
      ) : null}
    </Panel>
  )
}
