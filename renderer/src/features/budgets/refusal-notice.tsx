import { changeParameters } from '../../data/parameters.ts'
import type { RefusedTurn } from '../../data/budgets.ts'
import { refreshPrice } from '../../data/prices.ts'
import { useAct } from '../../data/use-act.ts'
import { useFailure } from '../../data/use-failure.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatBound, formatCount, formatLeft, formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { showToast } from '../../ui/toasts.tsx'

/** A reply of fewer tokens is none worth paying for. */
const fewestTokens = 16

function sentenceOf({ failure }: RefusedTurn): string {
  const words = t.budgets
  const refusals = failure.budgets ?? []
  const [worst] = refusals
  if (!worst) return describeFailure(failure).sentence
  return [
    words.refusal(formatBound(worst.neededNanoUsd)),
    ...refusals.map(({ scope, limitNanoUsd, usedNanoUsd, overNanoUsd }) =>
      words.over(scope, formatLeft(limitNanoUsd - usedNanoUsd), formatUsd(limitNanoUsd), formatBound(overNanoUsd)),
    ),
    words.kept,
  ].join(' ')
}

/** A turn that a budget held back: by how much it does not fit, and every way out as a button. */
export function RefusalNotice({
  onBudgets,
  onContext,
  ...turn
}: RefusedTurn & { onBudgets: () => void; onContext: (() => void) | null }) {
  const { failure, conversationId, again, shorten } = turn
  const words = t.budgets
  const limiting = useFailure()
  const asking = useAct()
  const [worst] = failure.budgets ?? []
  const fitting = worst?.fittingMaxTokens ?? 0
  const limitReply = async () => {
    const tokens = fitting
    let before: unknown
    const isDone = await limiting.run(() =>
      changeParameters(conversationId, (now) => {
        before = now['max_tokens']
        return { ...now, max_tokens: tokens }
      }),
    )
    if (!isDone) return
    showToast(words.limitedReply(formatCount(tokens)), {
      label: words.limitUndo,
      run: () =>
        void changeParameters(conversationId, ({ max_tokens: _limited, ...others }) =>
          typeof before === 'number' ? { ...others, max_tokens: before } : others,
        ),
    })
    again(false)
  }
  const problem = limiting.failure ?? asking.failure
  return (
    <FailureNotice
      tone="warn"
      title={worst ? words.refusalTitle : describeFailure(failure).title}
      sentence={sentenceOf(turn)}
      detail={problem ? describeFailure(problem).title : null}
      detailLabel={describeFailure(failure).detailLabel}
    >
      {shorten && worst ? <Button onClick={shorten}>{words.shorten}</Button> : null}
      {worst && fitting >= fewestTokens ? (
        <Button disabled={limiting.isBusy} onClick={() => void limitReply()}>
          {words.limitReply(formatCount(fitting))}
        </Button>
      ) : null}
      {onContext && worst ? <Button onClick={onContext}>{words.leaveOut}</Button> : null}
      {worst ? (
        <Button onClick={onBudgets}>{words.raise}</Button>
      ) : (
        <>
          <Button
            disabled={asking.isBusy}
            onClick={() => void asking.run(refreshPrice).then((isDone) => isDone && again(false))}
          >
            {words.lookUp}
          </Button>
          <Button onClick={onBudgets}>{words.byHand}</Button>
        </>
      )}
      <Button aria-description={words.recorded} onClick={() => again(true)}>
        {worst ? words.once(formatBound(worst.neededNanoUsd)) : words.onceUnpriced}
      </Button>
    </FailureNotice>
  )
}
