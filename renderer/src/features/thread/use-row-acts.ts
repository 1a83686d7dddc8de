import type { Failure } from '../../../../electron/contract/errors.ts'
import { deleteMessage } from '../../data/thread.ts'
import { repeatTurn } from '../../data/turns.ts'
import { useAct } from '../../data/use-act.ts'
import { useFailure } from '../../data/use-failure.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { showToast } from '../../ui/toasts.tsx'
import { canContinue, canRetry, isUnderWay } from './can-do.ts'
import { copyRich, quoted } from './rich-text.ts'
import type { RowProps } from './row-props.ts'

/** What can be done with one message, now. An act that cannot be done is `null`. */
export interface RowActs {
  isBusy: boolean
  failure: Failure | null
  copy: (() => void) | null
  copyRich: (() => void) | null
  quote: (() => void) | null
  edit: (() => void) | null
  remove: (() => void) | null
  retry: (() => void) | null
  goOn: (() => void) | null
}

const bodyOf = (id: string) => document.querySelector(`[data-message="${CSS.escape(id)}"] [data-body]`)

/** The acts of one row, by hand and by key. */
export function useRowActs({ message, isLast, canBuy, isReadOnly, onEdit, onQuote }: RowProps): RowActs {
  const buying = useFailure()
  const act = useAct()
  const { id, conversationId, text } = message
  const hasText = text !== ''
  const isRunning = isUnderWay(message)
  const canWrite = !isReadOnly && !isRunning
  const remove = async () => {
    await act.run(async () => {
      const { hiddenCount, undo } = await deleteMessage(conversationId, id)
      showToast(t.reading.deleted(hiddenCount), {
        label: t.sidebar.undo,
        run: () => void undo().catch(() => showToast(t.reading.failed(t.sidebar.undo))),
      })
    })
  }
  return {
    isBusy: buying.isBusy || act.isBusy,
    failure: buying.failure ?? act.failure,
    copy: hasText ? () => void navigator.clipboard.writeText(text).catch(() => showToast(t.reading.copyRefused)) : null,
    copyRich: hasText
      ? () => {
          const body = bodyOf(id)
          if (body)
            void copyRich(body, text).then(
              () => showToast(t.reading.copiedRich),
              () => showToast(t.reading.copyRefused),
            )
        }
      : null,
    quote: hasText && !isReadOnly ? () => onQuote(quoted(text)) : null,
    edit: hasText && canWrite ? () => onEdit(id) : null,
    remove: canWrite ? () => void remove() : null,
    retry:
      canBuy && canRetry(message) ? () => void buying.run(() => repeatTurn('turns.retry', conversationId, id)) : null,
    goOn:
      canBuy && isLast && canContinue(message)
        ? () => void buying.run(() => repeatTurn('turns.continue', conversationId, id))
        : null,
  }
}

/** Says in a toast what went wrong where there is no row to say it in. */
export const sayFailure = (failure: Failure) => showToast(t.reading.failed(describeFailure(failure).title))
