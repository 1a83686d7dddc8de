import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { AppSnapshot } from '../../electron/contract/routes/app.ts'
import { useActs } from './acts.ts'
import { Banners } from './banners.tsx'
import { ChatHeader } from './chat-header.tsx'
import { ChatPane } from './chat-pane.tsx'
import { createConversation, useConversations } from './data/conversations.ts'
import { overview, useSpendPlace } from './data/spend-place.ts'
import { BudgetPage } from './features/budgets/budget-page.tsx'
import { BudgetWarnings } from './features/budgets/budget-warnings.tsx'
import { PriceBanner } from './features/prices/price-banner.tsx'
import { PriceGroup } from './features/prices/price-group.tsx'
import { SettingsDialog, type SettingsPage } from './features/settings/settings-dialog.tsx'
import { Sidebar } from './features/sidebar/sidebar.tsx'
import { StatusLine } from './features/status-line/status-line.tsx'
import type { ThreadHandle } from './features/thread/thread.tsx'
import { useSelection, type Selection } from './selection.ts'
import { inListOrder, Overlays, type Overlay } from './overlays.tsx'
import { SidePanel, type Panel } from './side-panel.tsx'
import { useShortcuts } from './shortcuts.ts'
import { useKeysOverSpend } from './spend-keys.ts'
import { shownTitle } from './text/title.ts'

const SpendPage = lazy(async () => ({ default: (await import('./features/spend/spend-page.tsx')).SpendPage }))

/** Narrower than this, the sidebar lies over the conversation and is closed at first. */
const wideEnough = '(min-width: 761px)'

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
  const [isSidebarShown, setIsSidebarShown] = useState(() => matchMedia(wideEnough).matches)
  const [overlay, setOverlay] = useState<Overlay>(null)
  const [panel, setPanel] = useState<Panel>(null)
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

  const focusText = () => textRef.current?.focus()
  const select = (next: Selection) => {
    spend.leave()
    setSelection(next)
  }
  const leaveSpend = () => {
    flushSync(() => select(selection))
    focusText()
  }

  const makeChat = async () => {
    if (isReadOnly) return
    const made = await createConversation(!hasKey).catch(() => null)
    if (made === null) return
    select({ conversationId: made, target: null })
    focusText()
  }

  const isEmpty = conversations?.length === 0 && !isReadOnly && (!isAsking || app.isDemoStart)
  useEffect(() => {
    // The first chat is there without being asked for.
    if (isEmpty) void createConversation(!app.key.present).catch(() => null)
  }, [isEmpty, app.key.present])

  useEffect(() => {
    if (id !== null) textRef.current?.focus()
  }, [id])

  const showSidebar = isSidebarShown ? null : () => setIsSidebarShown(true)
  const shortcuts = useActs({
    conversationId: id,
    searchRef,
    textRef,
    threadRef,
    isSidebarShown,
    panel,
    makeChat,
    setIsSidebarShown,
    setPanel,
    onOverlay: setOverlay,
    onSettingsPage,
    onSpend: () => spend.go(overview),
  })
  const openChat = (at: number) => {
    const chat = inListOrder(conversations ?? [])[at]
    if (chat) select({ conversationId: chat.id, target: null })
  }
  const acts = useKeysOverSpend(shortcuts, spend.place !== null, leaveSpend)
  useShortcuts(acts, openChat, isMac)

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
            onLeave={focusText}
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
          <ChatHeader
            conversation={current}
            areParametersShown={panel === 'parameters'}
            onParameters={shortcuts.parameters}
            onShowSidebar={showSidebar}
          />
          {current ? (
            <ChatPane
              app={app}
              conversation={current}
              target={selection.conversationId === id ? selection.target : null}
              hasKey={hasKey}
              modifier={modifier}
              textRef={textRef}
              threadRef={threadRef}
              shortcuts={shortcuts}
              onOptions={() => setPanel('parameters')}
              onSettingsPage={onSettingsPage}
            />
          ) : (
            <div className="flex-1" />
          )}
          <StatusLine conversationId={id} isDemo={isDemo} keyState={app.key} onOpenKey={() => onSettingsPage('key')} />
        </main>
        {id !== null && !spend.place ? (
          <SidePanel
            panel={panel}
            conversationId={id}
            isDemo={isDemo}
            isReadOnly={isReadOnly}
            onPanel={setPanel}
            onLeave={focusText}
          />
        ) : null}
        {spend.place ? (
          <Suspense>
            <SpendPage
              place={spend.place}
              className={`absolute inset-y-0 right-0 z-[5] ${isSidebarShown ? 'left-sidebar max-[760px]:left-0' : 'left-0'}`}
              onShowSidebar={showSidebar}
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
