import { useState, type Ref, type RefObject } from 'react'
import type { MessageId } from '../../electron/contract/ids.ts'
import type { AppSnapshot } from '../../electron/contract/routes/app.ts'
import type { ConversationSummary } from '../../electron/contract/routes/conversations.ts'
import type { RefusedTurn } from './data/budgets.ts'
import { addToDraft } from './data/thread.ts'
import { RefusalNotice } from './features/budgets/refusal-notice.tsx'
import { Composer } from './features/composer/composer.tsx'
import { Estimate } from './features/estimate/estimate.tsx'
import { OverflowNotice } from './features/estimate/overflow-notice.tsx'
import type { SettingsPage } from './features/settings/settings-dialog.tsx'
import { Thread, type ThreadHandle } from './features/thread/thread.tsx'
import type { Shortcuts } from './shortcuts.ts'

/** One chat: what was said, and the box to go on with, each with what the other parts of Parley know about it. */
export function ChatPane({
  app,
  conversation,
  target,
  hasKey,
  modifier,
  textRef,
  threadRef,
  shortcuts,
  onOptions,
  onSettingsPage,
}: {
  app: AppSnapshot
  conversation: ConversationSummary
  /** The message to be shown. */
  target: { messageId: MessageId } | null
  hasKey: boolean
  modifier: string
  textRef: RefObject<HTMLTextAreaElement | null>
  threadRef: Ref<ThreadHandle>
  shortcuts: Pick<Shortcuts, 'newChat' | 'context' | 'budgets'>
  onOptions: () => void
  onSettingsPage: (page: SettingsPage) => void
}) {
  const [sentCount, setSentCount] = useState(0)
  const { id, isDemo } = conversation
  const isReadOnly = app.store.kind === 'read-only'
  const focusText = () => textRef.current?.focus()

  const renderRefusal = (refused: RefusedTurn) => (
    <RefusalNotice
      {...refused}
      onBudgets={shortcuts.budgets}
      onContext={conversation.messageCount > 0 ? shortcuts.context : null}
    />
  )

  return (
    <>
      <Thread
        key={`thread/${id}`}
        conversationId={id}
        price={app.price}
        isReadOnly={isReadOnly}
        isDemo={isDemo}
        hasKey={hasKey}
        sentCount={sentCount}
        target={target}
        ref={threadRef}
        renderRefusal={renderRefusal}
        onQuote={(text) => {
          addToDraft(id, text)
          focusText()
        }}
        onOpenSettings={onSettingsPage}
      />
      <Composer
        key={`composer/${id}`}
        conversationId={id}
        sendKey={app.settings?.sendKey ?? 'enter'}
        modifier={modifier}
        isDemo={isDemo}
        hasKey={hasKey}
        isKeychainLocked={app.key.keychain === 'locked'}
        isReadOnly={isReadOnly}
        textRef={textRef}
        estimate={
          <Estimate conversationId={id} isDemo={isDemo} onContext={shortcuts.context} onBudgets={shortcuts.budgets} />
        }
        notice={
          isDemo ? null : (
            <OverflowNotice
              conversationId={id}
              onOptions={onOptions}
              onContext={shortcuts.context}
              onShorten={focusText}
              onNewChat={shortcuts.newChat}
            />
          )
        }
        renderRefusal={renderRefusal}
        onSent={() => setSentCount((count) => count + 1)}
        onAddKey={() => onSettingsPage('key')}
      />
    </>
  )
}
