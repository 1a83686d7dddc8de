import { ArrowDown } from 'lucide-react'
import {
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
  type Ref,
} from 'react'
import { flushSync } from 'react-dom'
import type { ConversationId, MessageId } from '../../../../electron/contract/ids.ts'
import type { Price } from '../../../../electron/contract/price.ts'
import { isBudgetRefusal, type RefusedTurn } from '../../data/budgets.ts'
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
import { FindBar } from './find-bar.tsx'
import { createFollower } from './follower.ts'
import { MessageList } from './message-list.tsx'
import { stepOf } from './thread-keys.ts'
import { useFindMarks } from './use-find-marks.ts'
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
  renderRefusal: (refused: RefusedTurn) => ReactNode
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
  /** Opens the field that finds words here. */
  find(): void
}

/** How often a row that is not drawn yet is offered the keyboard, once a frame. */
const focusTries = 20

function giveFocus(id: MessageId, isWanted: () => boolean, tries = focusTries) {
  const row = document.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`)
  row?.focus({ preventScroll: true })
  if ((row && document.activeElement === row) || tries === 0) return
  requestAnimationFrame(() => isWanted() && giveFocus(id, isWanted, tries - 1))
}

/** The messages of one conversation. */
export function Thread({ target, ref, ...props }: ThreadProps) {
  const { conversationId, price, isReadOnly, isDemo, hasKey, sentCount, renderRefusal, onQuote, onOpenSettings } = props
  const { data, failure: loadFailure } = useThread(conversationId)
  const running = useRunningTurn(conversationId)
  const [follower] = useState(createFollower)
  const [log, setLog] = useState<HTMLElement | null>(null)
  const [attachLog] = useState(() => (element: HTMLElement | null) => {
    setLog(element)
    return follower.attachScroller(element)
  })
  const isFollowing = useSyncExternalStore(follower.subscribe, follower.isFollowing)
  const [focused, setFocused] = useState<MessageId | null>(null)
  // The row that gets the keyboard as soon as it is drawn.
  const [cursor, setCursor] = useState<MessageId | null>(null)
  const cursorRef = useRef<MessageId | null>(null)
  // What a key asked for and a budget held back.
  const [refused, setRefused] = useState<(RefusedTurn & { messageId: MessageId }) | null>(null)
  const [editing, setEditing] = useState<MessageId | null>(null)
  const paging = usePaging(conversationId, follower, data)
  const shownTarget = useTarget(conversationId, follower, data, target)
  // 0: closed; grows each time it is asked for.
  const [finding, setFinding] = useState(0)
  const seek = useFindMarks(conversationId, follower, data, log)
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
    const at = messages.findIndex(({ id }) => id === cursor)
    const next = at === -1 ? (step === -1 ? messages.length - 1 : -1) : at + step
    const message = messages[next]
    if (!message) return
    cursorRef.current = message.id
    flushSync(() => setCursor(message.id))
    follower.reveal(next, 'nearest')
    giveFocus(message.id, () => cursorRef.current === message.id)
  }
  const askAgain = async (messageId: MessageId, isOverBudget: boolean) => {
    setRefused(null)
    const failure = await repeatTurn('turns.retry', conversationId, messageId, isOverBudget)
    if (!failure) return
    if (!isBudgetRefusal(failure)) return sayFailure(failure)
    const again = (isOver: boolean) => void askAgain(messageId, isOver)
    setRefused({ messageId, failure, conversationId, again, shorten: null })
  }
  const regenerate = () => {
    const last = messages.at(-1)
    if (!canBuy || hasNewer || !last || !canRetry(last)) return
    void askAgain(last.id, false)
    follower.jump()
  }
  useImperativeHandle(ref, () => ({ move, regenerate, find: () => setFinding((count) => count + 1) }))

  const failure = data ? null : loadFailure
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={attachLog}
        role="log"
        aria-label={t.thread.log}
        aria-live="off"
        aria-busy={running !== null}
        tabIndex={0}
        onFocus={(event) => {
          const row = event.target.closest<HTMLElement>('[data-message]')
          const id = (row?.dataset['message'] as MessageId | undefined) ?? null
          cursorRef.current = id
          setFocused(id)
          setCursor(id)
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
        {data && messages.length === 0 ? (
          <EmptyThread price={price} isDemo={isDemo} onStart={isReadOnly ? null : onQuote} />
        ) : null}
        {data && messages.length > 0 ? (
          <MessageList
            thread={data}
            follower={follower}
            kept={[focused, cursor, editing]}
            editing={editing}
            target={shownTarget}
            rowProps={{
              canBuy,
              isReadOnly,
              isFree: isDemo,
              renderRefusal,
              onEdit: setEditing,
              onQuote,
              onSent: follower.jump,
              onOpenSettings,
            }}
          />
        ) : null}
      </div>
      {finding > 0 ? (
        <FindBar
          conversationId={conversationId}
          askedCount={finding}
          onChange={seek}
          onClose={() => {
            setFinding(0)
            seek('', null)
            log?.focus({ preventScroll: true })
          }}
        />
      ) : null}
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
      {refused && running === null && refused.messageId === messages.at(-1)?.id ? (
        <div className="mx-auto w-full max-w-reading px-6 pb-3">{renderRefusal(refused)}</div>
      ) : null}
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
