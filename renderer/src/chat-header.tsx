import { PanelLeftOpen, SlidersHorizontal } from 'lucide-react'
import type { ConversationSummary } from '../../electron/contract/routes/conversations.ts'
import { ChatSum } from './features/status-line/chat-sum.tsx'
import { t } from './text/strings.ts'
import { shownTitle } from './text/title.ts'
import { Badge } from './ui/badge.tsx'
import { IconButton } from './ui/icon-button.tsx'

/** The bar above a chat: what it is called, what it cost, and the way to its parameters. */
export function ChatHeader({
  conversation,
  areParametersShown,
  onParameters,
  onShowSidebar,
}: {
  conversation: ConversationSummary | null
  areParametersShown: boolean
  onParameters: () => void
  /** `null`: the sidebar is there. */
  onShowSidebar: (() => void) | null
}) {
  return (
    <header className="flex h-bar shrink-0 items-center gap-2 border-b border-line px-4">
      {onShowSidebar ? <IconButton icon={PanelLeftOpen} label={t.sidebar.show} onClick={onShowSidebar} /> : null}
      <h1 dir="auto" className="min-w-0 truncate text-sm font-medium">
        {conversation ? shownTitle(conversation.title) : ''}
      </h1>
      {conversation?.isDemo ? <Badge>{t.sidebar.demo}</Badge> : null}
      <span className="flex-1" />
      {conversation && !conversation.isDemo ? <ChatSum conversation={conversation} /> : null}
      <IconButton
        icon={SlidersHorizontal}
        label={t.parameters.name}
        aria-pressed={areParametersShown}
        className="aria-pressed:bg-fill-strong aria-pressed:text-ink"
        onClick={onParameters}
      />
    </header>
  )
}
