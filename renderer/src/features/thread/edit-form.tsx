import { useRef, useState } from 'react'
import type { MessageId } from '../../../../electron/contract/ids.ts'
import { isBudgetRefusal } from '../../data/budgets.ts'
import { useResendEstimate } from '../../data/estimate.ts'
import { reviseMessage } from '../../data/thread.ts'
import { resendMessage } from '../../data/turns.ts'
import { useAct } from '../../data/use-act.ts'
import { useFailure } from '../../data/use-failure.ts'
import { describeFailure } from '../../text/failure.ts'
import { estimateCost } from '../../text/estimate.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Slot } from '../../ui/slot.tsx'
import type { RowProps } from './row-props.ts'

/** Edits that were left without a decision: by Escape, or by going to another chat. */
const unfinished = new Map<MessageId, string>()

/**
 * Edits a message in place. A message of the person can be saved only, or sent again as a new version. What was written
 * is there again at the next edit until it is saved, sent or cancelled.
 */
export function EditForm({
  message,
  canBuy,
  isFree,
  renderRefusal,
  onDone,
  onSent,
}: Pick<RowProps, 'message' | 'canBuy' | 'isFree' | 'renderRefusal' | 'onSent'> & { onDone: () => void }) {
  const [text, setText] = useState(() => unfinished.get(message.id) ?? message.text)
  const saving = useAct()
  const sending = useFailure()
  const isBusy = saving.isBusy || sending.isBusy
  const isEmpty = text.trim() === ''
  const canResend = message.role === 'user' && canBuy
  const failure = saving.failure ?? sending.failure
  const fieldRef = useRef<HTMLTextAreaElement>(null)
  const estimate = useResendEstimate(message.conversationId, message.id, text, canResend && !isFree)
  const note = isFree ? t.reading.resendNoteFree : t.reading.resendNote
  const write = (written: string) => {
    unfinished.set(message.id, written)
    setText(written)
  }
  const finish = () => {
    unfinished.delete(message.id)
    onDone()
  }
  const save = async () => {
    if (text === message.text) return finish()
    if (await saving.run(() => reviseMessage(message.conversationId, message.id, text))) finish()
  }
  const resend = async (isOverBudget = false) => {
    if (!(await sending.run(() => resendMessage(message.conversationId, message.id, text, isOverBudget)))) return
    finish()
    onSent()
  }
  return (
    <div className="w-full rounded-xl border border-line-strong/60 bg-raised p-2 shadow-low">
      <textarea
        aria-label={t.reading.editField}
        dir="auto"
        value={text}
        ref={(field) => {
          fieldRef.current = field
          if (!field || document.activeElement === field) return
          field.focus({ preventScroll: true })
          // Left alone it would be before the first letter, and what is typed would go there.
          field.setSelectionRange(field.value.length, field.value.length)
        }}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          event.stopPropagation()
          if (event.key === 'Escape') onDone()
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isEmpty && !isBusy) void save()
        }}
        className="field-sizing-content block max-h-[50vh] min-h-16 w-full resize-none bg-transparent px-2 py-1 text-base outline-none"
      />
      {failure ? (
        <div className="my-2">
          {isBudgetRefusal(failure) ? (
            <Slot
              render={renderRefusal}
              given={{
                failure,
                conversationId: message.conversationId,
                again: (isOverBudget) => void resend(isOverBudget),
                shorten: () => fieldRef.current?.focus(),
              }}
            />
          ) : (
            <FailureNotice {...describeFailure(failure)} />
          )}
        </div>
      ) : null}
      <div className="flex flex-wrap items-center gap-2 px-1 pt-1">
        {canResend ? (
          <p className="min-w-0 flex-1 basis-48 text-xs text-muted tabular-nums">
            {note}{' '}
            {estimate ? (
              <span role="status" aria-label={t.estimate.name} aria-live="off">
                {t.estimate.act(estimateCost(estimate))}
              </span>
            ) : null}
          </p>
        ) : (
          <span className="flex-1" />
        )}
        <Button look="quiet" onClick={finish}>
          {t.reading.cancel}
        </Button>
        <Button
          look={canResend ? 'outline' : 'primary'}
          disabled={isEmpty || isBusy}
          aria-description={t.reading.saveHint}
          onClick={() => void save()}
        >
          {t.reading.save}
        </Button>
        {canResend ? (
          <Button
            look="primary"
            disabled={isEmpty || isBusy}
            aria-description={isFree ? t.reading.resendHintFree : t.reading.resendHint}
            onClick={() => void resend()}
          >
            {t.reading.resend}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
