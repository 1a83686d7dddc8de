import { ArrowRight, RotateCcw } from 'lucide-react'
import { memo, type KeyboardEvent, type ReactNode } from 'react'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { FailureNotice } from '../../ui/notice.tsx'
import { Hint } from '../../ui/tooltip.tsx'
import { isUnderWay, settingsFor } from './can-do.ts'
import { CostLine } from './cost-line.tsx'
import { EditForm } from './edit-form.tsx'
import { PlainText } from './markdown/plain-text.tsx'
import { PricedAct } from './priced-act.tsx'
import { ReplyBody } from './reply-body.tsx'
import { RowFooter } from './row-footer.tsx'
import type { RowProps } from './row-props.ts'
import { useRowActs, type RowActs } from './use-row-acts.ts'

/** Keys of a message that has the keyboard itself. */
function actOfKey(key: string, acts: RowActs): (() => void) | null {
  if (key === 'c') return acts.copy
  if (key === 'q') return acts.quote
  if (key === 'e') return acts.edit
  if (key === 'r') return acts.retry
  if (key === 'Delete') return acts.remove
  return null
}

function Row({ acts, children, ...props }: RowProps & { acts: RowActs; children: ReactNode }) {
  const { message, position, total, isFirst, isLast, isTarget } = props
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const act = actOfKey(event.key, acts)
    if (!act) return
    event.preventDefault()
    act()
  }
  const isPrompt = message.role === 'user'
  const others = message.siblings.length - 1
  return (
    <article
      aria-label={isPrompt ? t.thread.you : t.thread.gemma}
      aria-posinset={position ?? undefined}
      aria-setsize={position === null ? undefined : total}
      data-message={message.id}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className={classNames(
        'group mx-auto w-full max-w-reading px-6 -outline-offset-2 focus-visible:rounded-lg',
        isFirst ? 'pt-6' : isPrompt ? 'pt-turn' : 'pt-answer',
        isLast ? 'pb-8' : '',
        isTarget ? 'animate-found' : '',
      )}
    >
      {message.isOff ? (
        <p className={classNames('mb-1', isPrompt ? 'text-right' : '')}>
          <Badge>{t.context.badge}</Badge>
        </p>
      ) : null}
      {children}
      {others > 0 && !isLast ? (
        <p className={classNames('text-xs text-muted', isPrompt ? 'text-right' : '')}>
          {t.reading.hiddenBranch(others)}
        </p>
      ) : null}
      {acts.refused ? <div className="mt-3">{props.renderRefusal(acts.refused)}</div> : null}
      {acts.failure ? (
        <div className="mt-3">
          <FailureNotice {...describeFailure(acts.failure)} />
        </div>
      ) : null}
    </article>
  )
}

function Ending({ message, isLast, isFree, onOpenSettings, acts }: RowProps & { acts: RowActs }) {
  const failure = message.failure
  const retryHint = isFree ? t.thread.retryHintFree : t.thread.retryHint
  const continueHint = isFree ? t.thread.continueHintFree : t.thread.continueHint
  const page = failure ? settingsFor(failure.code) : null
  const isProminent = failure !== null || (isLast && (acts.goOn !== null || message.status === 'interrupted'))
  const buttons = (
    <>
      {acts.goOn ? (
        <PricedAct message={message} act="continue" hint={continueHint} isFree={isFree}>
          {(hint) => (
            <Hint text={hint}>
              <Button disabled={acts.isBusy} aria-description={hint} onClick={acts.goOn ?? undefined}>
                <ArrowRight aria-hidden="true" className="size-3.5" />
                {t.thread.continue}
              </Button>
            </Hint>
          )}
        </PricedAct>
      ) : null}
      {acts.retry ? (
        <PricedAct message={message} act="retry" hint={retryHint} isFree={isFree}>
          {(hint) => (
            <Hint text={hint}>
              <Button disabled={acts.isBusy} aria-description={hint} onClick={acts.retry ?? undefined}>
                <RotateCcw aria-hidden="true" className="size-3.5" />
                {t.thread.retry}
              </Button>
            </Hint>
          )}
        </PricedAct>
      ) : null}
      {page === null ? null : (
        <Button onClick={() => onOpenSettings(page)}>
          {page === 'key' ? t.thread.openKey : t.thread.openConnection}
        </Button>
      )}
      {acts.goOn || acts.retry ? <span className="self-center text-xs text-muted">{t.thread.newPurchase}</span> : null}
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
      <RowFooter
        message={message}
        acts={acts}
        retryHint={isProminent ? null : retryHint}
        isFree={isFree}
        className="mt-1.5 -ml-1.5 flex min-h-7 flex-wrap items-center gap-0.5"
      />
    </>
  )
}

function Editing({ onEdit, ...props }: RowProps) {
  return <EditForm {...props} onDone={() => onEdit(null)} />
}

function Reply(props: RowProps) {
  const { message } = props
  const acts = useRowActs(props)
  if (props.isEditing)
    return (
      <Row {...props} acts={acts}>
        <Editing {...props} />
      </Row>
    )
  return (
    <Row {...props} acts={acts}>
      <div data-body="" className={message.isOff ? 'text-muted' : ''}>
        <ReplyBody message={message} />
      </div>
      {isUnderWay(message) ? (
        <footer className="mt-1.5 -ml-1 flex min-h-7 items-center">
          {message.cost ? <CostLine messageId={message.id} cost={message.cost} /> : null}
        </footer>
      ) : (
        <Ending {...props} acts={acts} />
      )}
    </Row>
  )
}

function Prompt(props: RowProps) {
  const { message } = props
  const acts = useRowActs(props)
  return (
    <Row {...props} acts={acts}>
      {props.isEditing ? (
        <Editing {...props} />
      ) : (
        <div className="flex flex-col items-end">
          <div
            data-body=""
            className={classNames(
              'max-w-[85%] rounded-xl rounded-br-sm bg-fill px-4 py-2.5',
              message.isOff ? 'text-muted' : '',
            )}
          >
            {message.isLost ? <p className="text-muted">{t.thread.lost}</p> : <PlainText text={message.text} />}
          </div>
          <RowFooter
            message={message}
            acts={acts}
            retryHint={null}
            isFree={props.isFree}
            className={classNames(
              'flex min-h-7 items-center transition-opacity duration-100',
              message.siblings.length > 1
                ? ''
                : 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 has-data-[popup-open]:opacity-100',
            )}
          />
        </div>
      )}
    </Row>
  )
}

/** One message. Drawn again only when its own message changes. */
export const MessageRow = memo(function MessageRow(props: RowProps) {
  return props.message.role === 'user' ? <Prompt {...props} /> : <Reply {...props} />
})
