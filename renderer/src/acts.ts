import type { RefObject } from 'react'
import { flushSync } from 'react-dom'
import type { ConversationId } from '../../electron/contract/ids.ts'
import { newestOf } from './data/thread.ts'
import { endReply } from './data/turns.ts'
import type { SettingsPage } from './features/settings/settings-dialog.tsx'
import type { ThreadHandle } from './features/thread/thread.tsx'
import type { Overlay } from './overlays.tsx'
import type { Shortcuts } from './shortcuts.ts'
import type { Panel } from './side-panel.tsx'
import { streams } from './streams/streams.ts'
import { t } from './text/strings.ts'
import { showToast } from './ui/toasts.tsx'

async function copyNewestReply(id: ConversationId) {
  try {
    const reply = await newestOf(id, 'assistant')
    if (reply) await navigator.clipboard.writeText(reply.text)
  } catch {
    showToast(t.reading.copyRefused)
  }
}

/** What each act does in the main screen, whether a key, the palette or a button asks for it. */
export function useActs({
  conversationId,
  searchRef,
  textRef,
  threadRef,
  isSidebarShown,
  panel,
  makeChat,
  setIsSidebarShown,
  setPanel,
  onOverlay,
  onSettingsPage,
  onSpend,
}: {
  /** The chat that is shown. */
  conversationId: ConversationId | null
  searchRef: RefObject<HTMLInputElement | null>
  textRef: RefObject<HTMLTextAreaElement | null>
  threadRef: RefObject<ThreadHandle | null>
  isSidebarShown: boolean
  panel: Panel
  makeChat: () => Promise<void>
  setIsSidebarShown: (isShown: boolean) => void
  setPanel: (panel: Panel) => void
  onOverlay: (overlay: Overlay) => void
  onSettingsPage: (page: SettingsPage) => void
  onSpend: () => void
}): Shortcuts {
  return {
    newChat: () => void makeChat(),
    search() {
      // At once: the next key already belongs to the search.
      flushSync(() => setIsSidebarShown(true))
      searchRef.current?.focus()
      searchRef.current?.select()
    },
    settings: () => onSettingsPage('key'),
    sidebar: () => setIsSidebarShown(!isSidebarShown),
    composer: () => textRef.current?.focus(),
    copyLastReply() {
      if (conversationId !== null) void copyNewestReply(conversationId)
    },
    regenerate: () => threadRef.current?.regenerate(),
    find: () => threadRef.current?.find(),
    previousMessage: () => threadRef.current?.move(-1),
    nextMessage: () => threadRef.current?.move(1),
    spend: onSpend,
    stop() {
      const running = conversationId === null ? undefined : streams.ofConversation(conversationId)
      if (running) void endReply('turns.stop', running.messageId)
    },
    parameters: () => setPanel(panel === 'parameters' ? null : 'parameters'),
    context: () => setPanel('context'),
    budgets: () => onSettingsPage('budget'),
    palette: () => onOverlay('palette'),
    keys: () => onOverlay('keys'),
  }
}
