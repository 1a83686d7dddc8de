import { ArrowDown } from 'lucide-react'
import { useEffect, useEffectEvent, useImperativeHandle, useState, useSyncExternalStore, type Ref } from 'react'
import { flushSync } from 'react-dom'
import type { ConversationId, MessageId } from '../../../../electron/contract/ids.ts'
import type { Price } from '../../../../electron/contract/price.ts'
import { loadLatest, useThread } from '../../data/thread.ts'
import { repeatTurn } from '../../data/turns.ts'
import { useRunningTurn } from '../../streams/streams.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Announcements } from './announcements.tsx'
import { canRetry } from './can-do.ts'
import { EmptyThread } from './empty-thread.tsx'
import { createFollower } from './follower.ts'
import { MessageList } from './message-list.tsx'
import { stepOf } from './thread-keys.ts'
import { usePaging } from './use-paging.ts'
import { useTarget, type Target } from './use-target.ts'
import { sayFailure } from './use-row-acts.ts'

/** What a thread is told from outside. */
export interface ThreadProps {
  conversationId: ConversationId
  price: Price | null
  isReadOnly: boolean
  isDemo: boolean
  hasKey: boolean
  /** Counts what was sent from here: each time, the end comes into view. */
  sentCount: number
  /** A message to bring into view, such as a search result. */
  target: Target | null
  onQuote: (text: string) => void
  onOpenSettings: (page: 'key' | 'connection') => void
  ref?: Ref<ThreadHandle>
}

/** What a key of the window can do to the thread. */
export interface ThreadHandle {
  /** Gives the keyboard to the message before or after. */
  move(step: -1 | 1): void
  /** Another version of the last reply: a new purchase. */
  regenerate(): void
}

const elementOf = (id: MessageId) => document.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`)

/** The messages of one conversation. */
export function Thread({ target, ref, ...props }: ThreadProps) {
  const { conversationId, price, isReadOnly, isDemo, hasKey, sentCount, onQuote, onOpenSettings } = props
  const { data, failure: loadFailure } = useThread(conversationId)
  const running = useRunningTurn(conversationId)
  const [follower] = useState(createFollower)
  const { attachScroller } = follower
  const isFollowing = useSyncExternalStore(follower.subscribe, follower.isFollowing)
  const [focused, setFocused] = useState<MessageId | null>(null)
  const [editing, setEditing] = useState<MessageId | null>(null)
  const paging = usePaging(conversationId, follower, data)
  const shownTarget = useTarget(conversationId, follower, data, target)
  const messages = data?.messages ?? []
  const hasNewer = data?.hasNewer ?? false

  const latest = () => {
    if (hasNewer) void loadLatest(conversationId).then(follower.jump, () => null)
    else follower.jump()
  }
  const onSent = useEffectEvent(latest)
  useEffect(() => {
    if (sentCount > 0) onSent()
  }, [sentCount])

  const canBuy = !isReadOnly && running === null && (isDemo || hasKey)
  const move = (step: -1 | 1) => {
    const at = messages.findIndex(({ id }) => id === focused)
    const next = at === -1 ? (step === -1 ? messages.length - 1 : -1) : at + step
    const message = messages[next]
    if (!message) return
    flushSync(() => setFocused(message.id))
    follower.reveal(next, 'nearest')
    elementOf(message.id)?.focus({ preventScroll: true })
  }
  const regenerate = () => {
    const last = messages.at(-1)
    if (!canBuy || hasNewer || !last || !canRetry(last)) return
    void repeatTurn('turns.retry', conversationId, last.id).then((refused) => refused && sayFailure(refused))
    follower.jump()
  }
  useImperativeHandle(ref, () => ({ move, regenerate }))

  const failure = data ? null : loadFailure
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={attachScroller}
        role="log"
        aria-label={t.thread.log}
        aria-live="off"
        aria-busy={running !== null}
        tabIndex={0}
        onFocus={(event) => {
          const row = event.target.closest<HTMLElement>('[data-message]')
          setFocused((row?.dataset['message'] as MessageId | undefined) ?? null)
        }}
        onKeyDown={(event) => {
          const step = stepOf(event)
          if (step === null) return
          event.preventDefault()
          move(step)
        }}
        className="flex flex-1 flex-col overflow-y-auto [overflow-anchor:none] -outline-offset-2"
      >
        {failure ? (
          <div className="m-auto p-6">
            <FailureNotice {...describeFailure(failure)} />
          </div>
        ) : null}
        {data && messages.length === 0 ? <EmptyThread price={price} isDemo={isDemo} /> : null}
        {data && messages.length > 0 ? (
          <MessageList
            thread={data}
            follower={follower}
            focused={focused}
            editing={editing}
            target={shownTarget}
            rowProps={{
              canBuy,
              isReadOnly,
              isFree: isDemo,
              onEdit: setEditing,
              onQuote,
              onSent: follower.jump,
              onOpenSettings,
            }}
          />
        ) : null}
      </div>
      <Loading older={paging.older} newer={paging.newer} onAgain={paging.again} />
      {(isFollowing && !hasNewer) || messages.length === 0 ? null : (
        <Button
          look="outline"
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-float"
          onClick={latest}
        >
          <ArrowDown aria-hidden="true" className="size-3.5" />
          {t.thread.jump}
        </Button>
      )}
      <Announcements conversationId={conversationId} />
    </div>
  )
}

function Loading({ older, newer, onAgain }: { older: string; newer: string; onAgain: () => void }) {
  const text =
    older === 'loading' ? t.thread.olderLoading : older === 'failed' ? t.thread.olderFailed : t.reading.newerLoading
  if (older === 'idle' && newer !== 'loading') return null
  return (
    <p className="absolute top-2 left-1/2 z-10 -translate-x-1/2 rounded-full border border-line bg-raised px-3 py-1 text-xs text-muted shadow-low">
      {text}{' '}
      {older === 'failed' ? (
        <button type="button" className="font-medium text-accent" onClick={onAgain}>
          {t.thread.olderAgain}
        </button>
      ) : null}
    </p>
  )
}
