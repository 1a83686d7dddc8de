import { useState } from 'react'
import type { Message } from '../../../../electron/contract/routes/conversations.ts'
import { reviseMessage } from '../../data/thread.ts'
import { resendMessage } from '../../data/turns.ts'
import { useAct } from '../../data/use-act.ts'
import { useFailure } from '../../data/use-failure.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'

/** Edits a message in place. A message of the person can be saved only, or sent again as a new version. */
export function EditForm({
  message,
  canBuy,
  isFree,
  onDone,
  onSent,
}: {
  message: Message
  canBuy: boolean
  isFree: boolean
  onDone: () => void
  onSent: () => void
}) {
  const [text, setText] = useState(message.text)
  const saving = useAct()
  const sending = useFailure()
  const isBusy = saving.isBusy || sending.isBusy
  const isEmpty = text.trim() === ''
  const canResend = message.role === 'user' && canBuy
  const failure = saving.failure ?? sending.failure
  const save = async () => {
    if (text === message.text) return onDone()
    if (await saving.run(() => reviseMessage(message.conversationId, message.id, text))) onDone()
  }
  const resend = async () => {
    if (!(await sending.run(() => resendMessage(message.conversationId, message.id, text)))) return
    onDone()
    onSent()
  }
  return (
    <div className="w-full rounded-xl border border-line-strong/60 bg-raised p-2 shadow-low">
      <textarea
        aria-label={t.reading.editField}
        dir="auto"
        value={text}
        ref={(field) => {
          if (field && document.activeElement !== field) field.focus({ preventScroll: true })
        }}
        onChange={(event) => setText(event.target.value)}
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
          <FailureNotice {...describeFailure(failure)} />
        </div>
      ) : null}
      <div className="flex flex-wrap items-center gap-2 px-1 pt-1">
        {canResend ? (
          <p className="min-w-0 flex-1 basis-48 text-xs text-muted">
            {isFree ? t.reading.resendNoteFree : t.reading.resendNote}
          </p>
        ) : (
          <span className="flex-1" />
        )}
        <Button look="quiet" onClick={onDone}>
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
