import { ArrowRight, RotateCcw } from 'lucide-react'
import { memo } from 'react'
import type { Message } from '../../../../electron/contract/routes/conversations.ts'
import { repeatTurn } from '../../data/turns.ts'
import { useFailure } from '../../data/use-failure.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Hint } from '../../ui/tooltip.tsx'
import { canContinue, canRetry, isUnderWay, settingsFor } from './can-do.ts'
import { CostLine } from './cost-line.tsx'
import { PlainText } from './markdown/plain-text.tsx'
import { ReplyBody } from './reply-body.tsx'
import { VersionPager } from './version-pager.tsx'

/** What a row may do besides showing itself. */
export interface RowProps {
  message: Message
  isLast: boolean
  /** Nothing else runs here and the store can be written. */
  canBuy: boolean
  onOpenSettings: (page: 'key' | 'connection') => void
}

function Repeat({ message, isLast, canBuy, onOpenSettings }: RowProps) {
  const { failure: refused, isBusy, run } = useFailure()
  const failure = message.failure
  const isFree = message.cost?.state === 'demo'
  const retryHint = isFree ? t.thread.retryHintFree : t.thread.retryHint
  const continueHint = isFree ? t.thread.continueHintFree : t.thread.continueHint
  const page = failure ? settingsFor(failure.code) : null
  const mayContinue = canBuy && isLast && canContinue(message)
  const mayRetry = canBuy && canRetry(message)
  const isProminent = failure !== null || (isLast && (mayContinue || message.status === 'interrupted'))
  const retry = () => void run(() => repeatTurn('turns.retry', message.conversationId, message.id))
  const goOn = () => void run(() => repeatTurn('turns.continue', message.conversationId, message.id))
  const buttons = (
    <>
      {mayContinue ? (
        <Hint text={continueHint}>
          <Button disabled={isBusy} aria-description={continueHint} onClick={goOn}>
            <ArrowRight aria-hidden="true" className="size-3.5" />
            {t.thread.continue}
          </Button>
        </Hint>
      ) : null}
      {mayRetry ? (
        <Hint text={retryHint}>
          <Button disabled={isBusy} aria-description={retryHint} onClick={retry}>
            <RotateCcw aria-hidden="true" className="size-3.5" />
            {t.thread.retry}
          </Button>
        </Hint>
      ) : null}
      {page === null ? null : (
        <Button onClick={() => onOpenSettings(page)}>
          {page === 'key' ? t.thread.openKey : t.thread.openConnection}
        </Button>
      )}
      {mayContinue || mayRetry ? <span className="self-center text-xs text-muted">{t.thread.newPurchase}</span> : null}
    </>
  )
  return (
    <>
      {failure ? (
        <div className="mt-3">
          <FailureNotice {...describeFailure(failure, message.cost)}>{buttons}</FailureNotice>
        </div>
      ) : null}
      {!failure && isProminent ? <div className="mt-2.5 flex flex-wrap gap-2">{buttons}</div> : null}
      {refused ? (
        <div className="mt-3">
          <FailureNotice {...describeFailure(refused)} />
        </div>
      ) : null}
      <footer className="mt-1.5 -ml-1.5 flex min-h-7 flex-wrap items-center gap-0.5">
        {message.text === '' ? null : (
          <CopyButton text={message.text} label={t.thread.copy} copiedLabel={t.thread.copied} />
        )}
        {mayRetry && !isProminent ? (
          <IconButton icon={RotateCcw} label={t.thread.retry} hint={retryHint} disabled={isBusy} onClick={retry} />
        ) : null}
        <VersionPager message={message} />
        {message.cost ? <CostLine cost={message.cost} /> : null}
      </footer>
    </>
  )
}

function Reply(props: RowProps) {
  const { message } = props
  return (
    <article aria-label={t.thread.gemma} data-message={message.id} className="mt-3 first:mt-0">
      <ReplyBody message={message} />
      {isUnderWay(message) ? (
        <footer className="mt-1.5 -ml-1 flex min-h-7 items-center">
          {message.cost ? <CostLine cost={message.cost} /> : null}
        </footer>
      ) : (
        <Repeat {...props} />
      )}
    </article>
  )
}

function Prompt({ message }: RowProps) {
  return (
    <article
      aria-label={t.thread.you}
      data-message={message.id}
      className="group mt-7 flex flex-col items-end first:mt-0"
    >
      <div className="max-w-[85%] rounded-xl rounded-br-sm bg-fill px-4 py-2.5">
        <PlainText text={message.text} />
      </div>
      <footer className="flex min-h-7 items-center opacity-0 transition-opacity duration-100 group-hover:opacity-100 focus-within:opacity-100">
        <VersionPager message={message} />
        <CopyButton text={message.text} label={t.thread.copy} copiedLabel={t.thread.copied} />
      </footer>
    </article>
  )
}

/** One message. Drawn again only when its own message changes. */
export const MessageRow = memo(function MessageRow(props: RowProps) {
  return props.message.role === 'user' ? <Prompt {...props} /> : <Reply {...props} />
})
