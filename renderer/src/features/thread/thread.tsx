import { ArrowDown } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { ConversationId, MessageId } from '../../../../electron/contract/ids.ts'
import type { Price } from '../../../../electron/contract/price.ts'
import { useThread } from '../../data/thread.ts'
import { useRunningTurn } from '../../streams/streams.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Announcements } from './announcements.tsx'
import { EmptyThread } from './empty-thread.tsx'
import { createFollower } from './follower.ts'
import { MessageRow } from './message-row.tsx'

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
  target: MessageId | null
  onOpenSettings: (page: 'key' | 'connection') => void
}

/** The messages of one conversation. */
export function Thread({
  conversationId,
  price,
  isReadOnly,
  isDemo,
  hasKey,
  sentCount,
  target,
  onOpenSettings,
}: ThreadProps) {
  const thread = useThread(conversationId)
  const running = useRunningTurn(conversationId)
  const messages = thread.data?.messages ?? []
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = thread
  const [follower] = useState(createFollower)
  const { attachScroller, attachContent } = follower
  const isFollowing = useSyncExternalStore(follower.subscribe, follower.isFollowing)
  useEffect(() => {
    if (sentCount > 0) follower.jump()
  }, [follower, sentCount])
  useEffect(() => {
    const loadOlder = () => {
      if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
    }
    return follower.onNearTop(loadOlder)
  }, [follower, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])

  const revealed = useRef<MessageId | null>(null)
  const isTargetLoaded = target !== null && messages.some((message) => message.id === target)
  useEffect(() => {
    if (target === null || target === revealed.current || !thread.data) return
    if (!isTargetLoaded) {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
      return
    }
    revealed.current = target
    follower.reveal(target)
  }, [target, isTargetLoaded, follower, thread.data, hasNextPage, isFetchingNextPage, fetchNextPage])

  const canBuy = !isReadOnly && running === null && (isDemo || hasKey)
  const failure = thread.data ? null : thread.failure
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={attachScroller}
        role="log"
        aria-label={t.thread.log}
        aria-live="off"
        aria-busy={running !== null}
        tabIndex={0}
        className="flex flex-1 flex-col overflow-y-auto [overflow-anchor:none] -outline-offset-2"
      >
        {failure ? (
          <div className="m-auto p-6">
            <FailureNotice {...describeFailure(failure)} />
          </div>
        ) : null}
        {thread.data && messages.length === 0 ? <EmptyThread price={price} isDemo={isDemo} /> : null}
        <div ref={attachContent} className="mx-auto w-full max-w-reading px-6 pt-6 pb-8 empty:hidden">
          {hasNextPage && !isFetchNextPageError ? (
            <p className="pb-4 text-center text-xs text-muted">{t.thread.olderLoading}</p>
          ) : null}
          {isFetchNextPageError ? (
            <p className="pb-4 text-center text-xs text-muted">
              {t.thread.olderFailed}{' '}
              <Button look="quiet" onClick={() => void fetchNextPage()}>
                {t.thread.olderAgain}
              </Button>
            </p>
          ) : null}
          {messages.map((message, at) => (
            <MessageRow
              key={message.id}
              message={message}
              isLast={at === messages.length - 1}
              canBuy={canBuy}
              onOpenSettings={onOpenSettings}
            />
          ))}
        </div>
      </div>
      {isFollowing || messages.length === 0 ? null : (
        <Button
          look="outline"
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-float"
          onClick={follower.jump}
        >
          <ArrowDown aria-hidden="true" className="size-3.5" />
          {t.thread.jump}
        </Button>
      )}
      <Announcements conversationId={conversationId} />
    </div>
  )
}
