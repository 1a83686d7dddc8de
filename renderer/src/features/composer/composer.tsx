import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import type { Failure } from '../../../../electron/contract/errors.ts'
import type { ConversationId } from '../../../../electron/contract/ids.ts'
import type { Settings } from '../../../../electron/contract/routes/settings.ts'
import { isBudgetRefusal, type RefusedTurn } from '../../data/budgets.ts'
import { drafts, useDraft } from '../../data/drafts.ts'
import { newestOf, useThread } from '../../data/thread.ts'
import { sendMessage } from '../../data/turns.ts'
import { useRunningTurn } from '../../streams/streams.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Slot } from '../../ui/slot.tsx'
import { SendButton } from './send-button.tsx'
import { StopButtons } from './stop-buttons.tsx'
import { textAfterSend, whyNotSend } from './sending.ts'

/** What the composer is told from outside. */
export interface ComposerProps {
  conversationId: ConversationId
  sendKey: Settings['sendKey']
  modifier: string
  isDemo: boolean
  hasKey: boolean
  isKeychainLocked: boolean
  isReadOnly: boolean
  textRef: RefObject<HTMLTextAreaElement | null>
  /** What sending would take, beside Send. */
  estimate: ReactNode
  /** What has to be said before sending, above the field. */
  notice: ReactNode
  renderRefusal: (refused: RefusedTurn) => ReactNode
  onSent: () => void
  onAddKey: () => void
}

/** Where a message is written. Its text is a draft until main has taken it. */
export function Composer(props: ComposerProps) {
  const { conversationId, sendKey, isDemo, hasKey, isKeychainLocked, isReadOnly, textRef, onSent, onAddKey } = props
  const thread = useThread(conversationId)
  const running = useRunningTurn(conversationId)
  const text = useDraft(conversationId, thread.data?.draft)
  const [isSending, setIsSending] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const sending = useRef(false)
  const why = whyNotSend({
    text,
    isRunning: running !== null,
    isSending,
    canPay: isDemo || hasKey,
    isKeychainLocked,
    isReadOnly,
  })

  const runningId = running?.messageId ?? null
  const lastRunningId = useRef(runningId)
  useEffect(() => {
    if (lastRunningId.current === runningId) return
    lastRunningId.current = runningId
    // A button that began or ended the reply is gone, and the keyboard with it.
    if (document.activeElement === document.body) textRef.current?.focus()
  }, [runningId, textRef])

  const send = async (isOverBudget = false) => {
    if (why !== null || sending.current) return
    sending.current = true
    setIsSending(true)
    setFailure(null)
    onSent()
    const refused = await sendMessage(conversationId, text, isOverBudget)
    sending.current = false
    setIsSending(false)
    setFailure(refused)
    if (refused) return
    drafts.set(conversationId, textAfterSend(drafts.get(conversationId) ?? text, text))
    drafts.flush()
    onSent()
  }

  const recall = async () => {
    const previous = await newestOf(conversationId, 'user').catch(() => undefined)
    // What was written meanwhile stays.
    if (previous && (drafts.get(conversationId) ?? '') === '') drafts.set(conversationId, previous.text)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      const isModified = event.ctrlKey || event.metaKey
      const sends = sendKey === 'enter' ? !event.shiftKey && !event.altKey : isModified
      if (!sends) return
      event.preventDefault()
      void send()
    }
    if (event.key === 'ArrowUp' && !event.altKey && text === '') {
      event.preventDefault()
      void recall()
    }
  }

  const hint = sendKey === 'enter' ? t.composer.sendHint : t.composer.sendHintMod(props.modifier)
  const said = why === null || why.isObvious ? null : why.text
  return (
    <div className="mx-auto w-full max-w-[calc(var(--container-reading)+1rem)] px-4">
      {failure ? (
        <div className="mb-2">
          {isBudgetRefusal(failure) ? (
            <Slot
              render={props.renderRefusal}
              given={{
                failure,
                conversationId,
                again: (isOverBudget) => void send(isOverBudget),
                shorten: () => textRef.current?.focus(),
              }}
            />
          ) : (
            <FailureNotice {...describeFailure(failure)}>
              <Button onClick={() => void send()}>{t.thread.retry}</Button>
            </FailureNotice>
          )}
        </div>
      ) : null}
      {props.notice}
      <div className="@container rounded-xl border border-line-strong/60 bg-raised shadow-low transition-colors duration-100 focus-within:border-line-strong">
        <textarea
          ref={textRef}
          aria-label={t.composer.message}
          placeholder={t.composer.placeholder}
          dir="auto"
          rows={1}
          value={text}
          disabled={isReadOnly}
          onChange={(event) => drafts.set(conversationId, event.target.value)}
          onBlur={() => drafts.flush()}
          onKeyDown={onKeyDown}
          className="field-sizing-content block max-h-[40vh] min-h-12 w-full resize-none bg-transparent px-4 pt-3 pb-1 text-base outline-none disabled:opacity-60"
        />
        <div className="flex min-h-11 items-center justify-between gap-3 py-1.5 pr-2 pl-4">
          {said === null ? (
            // Where it does not fit in one line, it falls out of sight rather than in half.
            <p className="flex h-4.5 min-w-0 flex-1 flex-wrap overflow-hidden text-xs text-muted">
              <span className="h-full w-px" />
              <span className="max-w-full truncate">{isDemo ? t.composer.demo : hint}</span>
            </p>
          ) : (
            <p className="min-w-0 flex-1 basis-40 truncate text-xs text-muted">
              {said}
              {why?.helps === 'key' ? (
                <Button look="quiet" className="ml-1 px-1.5 py-0.5 text-xs text-accent" onClick={onAddKey}>
                  {isKeychainLocked ? t.thread.openKey : t.composer.addKey}
                </Button>
              ) : null}
            </p>
          )}
          {props.estimate}
          {running ? <StopButtons turn={running} /> : <SendButton why={why?.text ?? null} onSend={() => void send()} />}
        </div>
      </div>
    </div>
  )
}
