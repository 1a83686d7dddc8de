import { PanelLeftOpen, SlidersHorizontal } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { ConversationId } from '../../electron/contract/ids.ts'
import type { AppSnapshot } from '../../electron/contract/routes/app.ts'
import { Banners } from './banners.tsx'
import type { RefusedTurn } from './data/budgets.ts'
import { createConversation, useConversations } from './data/conversations.ts'
import { overview, useSpendPlace } from './data/spend-place.ts'
import { addToDraft, newestOf } from './data/thread.ts'
import { endReply } from './data/turns.ts'
import { BudgetPage } from './features/budgets/budget-page.tsx'
import { BudgetWarnings } from './features/budgets/budget-warnings.tsx'
import { RefusalNotice } from './features/budgets/refusal-notice.tsx'
import { Composer } from './features/composer/composer.tsx'
import { ContextPanel } from './features/context/context-panel.tsx'
import { Estimate } from './features/estimate/estimate.tsx'
import { OverflowNotice } from './features/estimate/overflow-notice.tsx'
import { ParametersPanel } from './features/parameters/parameters-panel.tsx'
import { PriceBanner } from './features/prices/price-banner.tsx'
import { PriceGroup } from './features/prices/price-group.tsx'
import { SettingsDialog, type SettingsPage } from './features/settings/settings-dialog.tsx'
import { Sidebar } from './features/sidebar/sidebar.tsx'
import { ChatSum } from './features/status-line/chat-sum.tsx'
import { StatusLine } from './features/status-line/status-line.tsx'
import { Thread, type ThreadHandle } from './features/thread/thread.tsx'
import { useSelection, type Selection } from './selection.ts'
import { inListOrder, Overlays, type Overlay } from './overlays.tsx'
import { useShortcuts, type Shortcuts } from './shortcuts.ts'
import { useKeysOverSpend } from './spend-keys.ts'
import { streams } from './streams/streams.ts'
import { t } from './text/strings.ts'
import { shownTitle } from './text/title.ts'
import { Badge } from './ui/badge.tsx'
import { IconButton } from './ui/icon-button.tsx'
import { showToast } from './ui/toasts.tsx'

const SpendPage = lazy(async () => ({ default: (await import('./features/spend/spend-page.tsx')).SpendPage }))

/** Narrower than this, the sidebar lies over the conversation and is closed at first. */
const wideEnough = '(min-width: 761px)'

async function copyNewestReply(id: ConversationId) {
  try {
    const reply = await newestOf(id, 'assistant')
    if (reply) await navigator.clipboard.writeText(reply.text)
  } catch {
    showToast(t.reading.copyRefused)
  }
}

/** The main screen: conversations on the left, one of them in the middle. */
export function Workspace({
  app,
  settingsPage,
  onSettingsPage,
}: {
  app: AppSnapshot
  settingsPage: SettingsPage | null
  onSettingsPage: (page: SettingsPage | null) => void
}) {
  const list = useConversations()
  const [selection, setSelection] = useSelection()
  const spend = useSpendPlace()
  const [sentCount, setSentCount] = useState(0)
  const [isSidebarShown, setIsSidebarShown] = useState(() => matchMedia(wideEnough).matches)
  const [overlay, setOverlay] = useState<Overlay>(null)
  const [panel, setPanel] = useState<'parameters' | 'context' | null>(null)
  const searchRef = useRef<HTMLInputElement>(null)
  const textRef = useRef<HTMLTextAreaElement>(null)
  const threadRef = useRef<ThreadHandle>(null)

  const isMac = app.platform === 'darwin'
  const modifier = isMac ? '⌘' : 'Ctrl'
  const sendKey = app.settings?.sendKey ?? 'enter'
  const isReadOnly = app.store.kind === 'read-only'
  // While the keychain is being asked, a key may still come: main waits for it before it sends.
  const isAsking = !app.key.present && app.key.keychain === 'asking'
  const hasKey = app.key.present || isAsking
  const conversations = list.data
  const current = conversations?.find(({ id }) => id === selection.conversationId) ?? conversations?.[0] ?? null
  const id = current?.id ?? null
  const isDemo = current?.isDemo ?? false

  const select = (next: Selection) => {
    spend.leave()
    setSelection(next)
  }
  const leaveSpend = () => {
    flushSync(() => select(selection))
    textRef.current?.focus()
  }

  const makeChat = async () => {
    if (isReadOnly) return
    const made = await createConversation(!hasKey).catch(() => null)
    if (made === null) return
    select({ conversationId: made, target: null })
    textRef.current?.focus()
  }

  const quote = (text: string) => {
    if (id === null) return
    addToDraft(id, text)
    textRef.current?.focus()
  }

  const isEmpty = conversations?.length === 0 && !isReadOnly && (!isAsking || app.isDemoStart)
  useEffect(() => {
    // The first chat is there without being asked for.
    if (isEmpty) void createConversation(!app.key.present).catch(() => null)
  }, [isEmpty, app.key.present])

  useEffect(() => {
    if (id !== null) textRef.current?.focus()
  }, [id])

  const shortcuts: Shortcuts = {
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
      if (id !== null) void copyNewestReply(id)
    },
    regenerate: () => threadRef.current?.regenerate(),
    find: () => threadRef.current?.find(),
    previousMessage: () => threadRef.current?.move(-1),
    nextMessage: () => threadRef.current?.move(1),
    spend: () => spend.go(overview),
    stop() {
      const running = id === null ? undefined : streams.ofConversation(id)
      if (running) void endReply('turns.stop', running.messageId)
    },
    parameters: () => setPanel(panel === 'parameters' ? null : 'parameters'),
    context: () => setPanel('context'),
    budgets: () => onSettingsPage('budget'),
    palette: () => setOverlay('palette'),
    keys: () => setOverlay('keys'),
  }
  const openChat = (at: number) => {
    const chat = inListOrder(conversations ?? [])[at]
    if (chat) select({ conversationId: chat.id, target: null })
  }
  const shownPanel = spend.place ? null : panel
  const acts = useKeysOverSpend(shortcuts, spend.place !== null, leaveSpend)
  useShortcuts(acts, openChat, isMac)

  const renderRefusal = (refused: RefusedTurn) => (
    <RefusalNotice
      {...refused}
      onBudgets={shortcuts.budgets}
      onContext={(current?.messageCount ?? 0) > 0 ? shortcuts.context : null}
    />
  )

  return (
    <div className="flex h-full flex-col">
      <Banners store={app.store} warnings={app.warnings} />
      <BudgetWarnings onBudgets={shortcuts.budgets} />
      <PriceBanner onPrices={shortcuts.budgets} />
      <div className="relative flex min-h-0 flex-1">
        {isSidebarShown ? (
          <Sidebar
            current={spend.place ? null : id}
            isSpendShown={spend.place !== null}
            isReadOnly={isReadOnly}
            searchRef={searchRef}
            onOpen={(conversationId, messageId) => {
              select({ conversationId, target: messageId === null ? null : { messageId } })
              if (!matchMedia(wideEnough).matches) setIsSidebarShown(false)
            }}
            onNew={() => void makeChat()}
            onDeleted={(deleted) => {
              if (deleted === id) setSelection({ conversationId: null, target: null })
            }}
            onSettings={() => onSettingsPage('key')}
            onSpend={() => {
              if (!matchMedia(wideEnough).matches) setIsSidebarShown(false)
            }}
            onHide={() => setIsSidebarShown(false)}
            onLeave={() => textRef.current?.focus()}
          />
        ) : null}
        {isSidebarShown ? (
          <div
            aria-hidden="true"
            onClick={() => setIsSidebarShown(false)}
            className="absolute inset-0 z-10 hidden bg-shade max-[760px]:block"
          />
        ) : null}
        <main inert={spend.place !== null} className="flex min-w-0 flex-1 flex-col">
          <header className="flex h-bar shrink-0 items-center gap-2 border-b border-line px-4">
            {isSidebarShown ? null : (
              <IconButton icon={PanelLeftOpen} label={t.sidebar.show} onClick={() => setIsSidebarShown(true)} />
            )}
            <h1 dir="auto" className="min-w-0 truncate text-sm font-medium">
              {current ? shownTitle(current.title) : ''}
            </h1>
            {isDemo ? <Badge>{t.sidebar.demo}</Badge> : null}
            <span className="flex-1" />
            {current && !isDemo ? <ChatSum conversation={current} /> : null}
            <IconButton
              icon={SlidersHorizontal}
              label={t.parameters.name}
              aria-pressed={panel === 'parameters'}
              className="aria-pressed:bg-fill-strong aria-pressed:text-ink"
              onClick={shortcuts.parameters}
            />
          </header>
          {id === null ? (
            <div className="flex-1" />
          ) : (
            <>
              <Thread
                key={`thread/${id}`}
                conversationId={id}
                price={app.price}
                isReadOnly={isReadOnly}
                isDemo={isDemo}
                hasKey={hasKey}
                sentCount={sentCount}
                target={selection.conversationId === id ? selection.target : null}
                ref={threadRef}
                renderRefusal={renderRefusal}
                onQuote={quote}
                onOpenSettings={onSettingsPage}
              />
              <Composer
                key={`composer/${id}`}
                conversationId={id}
                sendKey={sendKey}
                modifier={modifier}
                isDemo={isDemo}
                hasKey={hasKey}
                isKeychainLocked={app.key.keychain === 'locked'}
                isReadOnly={isReadOnly}
                textRef={textRef}
                estimate={
                  <Estimate
                    conversationId={id}
                    isDemo={isDemo}
                    onContext={shortcuts.context}
                    onBudgets={shortcuts.budgets}
                  />
                }
                notice={
                  isDemo ? null : (
                    <OverflowNotice
                      conversationId={id}
                      onOptions={() => setPanel('parameters')}
                      onContext={shortcuts.context}
                      onShorten={() => textRef.current?.focus()}
                      onNewChat={() => void makeChat()}
                    />
                  )
                }
                renderRefusal={renderRefusal}
                onSent={() => setSentCount((count) => count + 1)}
                onAddKey={() => onSettingsPage('key')}
              />
            </>
          )}
          <StatusLine conversationId={id} isDemo={isDemo} keyState={app.key} onOpenKey={() => onSettingsPage('key')} />
        </main>
        {shownPanel === 'parameters' && id !== null ? (
          <ParametersPanel
            key={`parameters/${id}`}
            conversationId={id}
            isReadOnly={isReadOnly}
            onContext={shortcuts.context}
            onClose={() => setPanel(null)}
          />
        ) : null}
        {shownPanel === 'context' && id !== null ? (
          <ContextPanel
            key={`context/${id}`}
            conversationId={id}
            isDemo={isDemo}
            isReadOnly={isReadOnly}
            onClose={() => {
              setPanel(null)
              textRef.current?.focus()
            }}
          />
        ) : null}
        {spend.place ? (
          <Suspense>
            <SpendPage
              place={spend.place}
              className={`absolute inset-y-0 right-0 z-[5] ${isSidebarShown ? 'left-sidebar max-[760px]:left-0' : 'left-0'}`}
              onShowSidebar={isSidebarShown ? null : () => setIsSidebarShown(true)}
              isReadOnly={isReadOnly}
              onPlace={spend.go}
              onClose={leaveSpend}
              onOpenChat={(conversationId, messageId) =>
                select({ conversationId, target: messageId === null ? null : { messageId } })
              }
            />
          </Suspense>
        ) : null}
      </div>
      <Overlays
        overlay={overlay}
        shortcuts={acts}
        conversations={conversations ?? []}
        sendKey={sendKey}
        modifier={modifier}
        onChat={(conversationId) => select({ conversationId, target: null })}
        onOverlayChange={setOverlay}
      />
      <SettingsDialog
        page={settingsPage}
        modifier={modifier}
        budget={
          <>
            <BudgetPage
              chat={current && !isDemo ? { id: current.id, title: shownTitle(current.title) } : null}
              isReadOnly={isReadOnly}
            />
            <PriceGroup isReadOnly={isReadOnly} />
          </>
        }
        onPageChange={onSettingsPage}
      />
    </div>
  )
}
