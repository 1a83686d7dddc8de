import type { Failure } from '../../../../electron/contract/errors.ts'
import { switchContext } from '../../data/context.ts'
import { isBudgetRefusal, type RefusedTurn } from '../../data/budgets.ts'
import { useState } from 'react'
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
  /** What a budget held back, and how it is tried again. */
  refused: RefusedTurn | null
  copy: (() => void) | null
  copyRich: (() => void) | null
  quote: (() => void) | null
  edit: (() => void) | null
  remove: (() => void) | null
  /** Leaves the message out of the context, or takes it in again. */
  switchContext: (() => void) | null
  retry: (() => void) | null
  goOn: (() => void) | null
}

const bodyOf = (id: string) => document.querySelector(`[data-message="${CSS.escape(id)}"] [data-body]`)

/** The acts of one row, by hand and by key. */
export function useRowActs({ message, isLast, canBuy, isReadOnly, onEdit, onQuote }: RowProps): RowActs {
  const buying = useFailure()
  const act = useAct()
  const [bought, setBought] = useState<'turns.retry' | 'turns.continue'>('turns.retry')
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
  const buy = (route: 'turns.retry' | 'turns.continue', isOverBudget = false) => {
    setBought(route)
    void buying.run(() => repeatTurn(route, conversationId, id, isOverBudget))
  }
  const isRefused = buying.failure !== null && isBudgetRefusal(buying.failure)
  return {
    isBusy: buying.isBusy || act.isBusy,
    failure: isRefused ? act.failure : (buying.failure ?? act.failure),
    refused:
      isRefused && buying.failure
        ? {
            failure: buying.failure,
            conversationId,
            again: (isOverBudget) => buy(bought, isOverBudget),
            shorten: null,
          }
        : null,
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
    switchContext:
      hasText && canWrite ? () => void act.run(() => switchContext(conversationId, [id], !message.isOff)) : null,
    retry: canBuy && canRetry(message) ? () => buy('turns.retry') : null,
    goOn: canBuy && isLast && canContinue(message) ? () => buy('turns.continue') : null,
  }
}

/** Says in a toast what went wrong where there is no row to say it in. */
export const sayFailure = (failure: Failure) => showToast(t.reading.failed(describeFailure(failure).title))
