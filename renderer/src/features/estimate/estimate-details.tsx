import type { ReactNode } from 'react'
import type { Estimate } from '../../../../electron/contract/routes/context.ts'
import { useApp } from '../../data/app.ts'
import { useEstimator } from '../../data/estimate.ts'
import { refreshPrice } from '../../data/prices.ts'
import { useAct } from '../../data/use-act.ts'
import { formatShare } from '../../text/estimate.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatBound, formatCount, formatLeft, formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { Meter } from '../../ui/meter.tsx'

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4 py-1">
      <dt className="shrink-0 text-muted">{name}</dt>
      <dd className="min-w-0 text-right tabular-nums">{children}</dd>
    </div>
  )
}

function knownText({ knownTokens, promptTokens }: Estimate): string {
  if (knownTokens === 0) return t.estimate.allEstimated
  if (knownTokens >= promptTokens) return t.estimate.allKnown
  return t.estimate.known(formatCount(knownTokens), formatCount(promptTokens - knownTokens))
}

function Price({ isKnown }: { isKnown: boolean }) {
  const { price } = useApp()
  const act = useAct()
  if (price && isKnown)
    return t.estimate.priceOf(formatUsd(price.inputNanoUsdPerMTok), formatUsd(price.outputNanoUsdPerMTok))
  return (
    <>
      <p className="text-warn">{t.estimate.priceUnknown}</p>
      {act.failure ? <p className="mt-1 text-danger">{describeFailure(act.failure).title}</p> : null}
      <Button className="mt-1.5" disabled={act.isBusy} onClick={() => void act.run(refreshPrice)}>
        {t.estimate.lookUp}
      </Button>
    </>
  )
}

/** Where an estimate comes from, how far it can be off, and what it is measured against. */
export function EstimateDetails({
  estimate,
  isDemo,
  onContext,
  onBudgets,
}: {
  estimate: Estimate
  isDemo: boolean
  onContext: () => void
  onBudgets: () => void
}) {
  const words = t.estimate
  const record = useEstimator().data
  const { lowNanoUsd, likelyNanoUsd, highNanoUsd, contextTokens, contextShare, leftNanoUsd, usualError } = estimate
  const contextText =
    contextTokens === null || contextShare === null
      ? words.contextUnknown
      : words.contextOf(formatCount(estimate.promptTokens), formatCount(contextTokens), formatShare(contextShare))
  return (
    <>
      <p className="mt-0.5 text-xs text-muted">{isDemo ? words.demo : words.sentence}</p>
      <div className="mt-3 divide-y divide-line">
        <dl className="pb-2">
          <Line name={words.prompt}>
            {words.tokens(formatCount(estimate.promptTokens))}
            <span className="block text-xs text-muted">{knownText(estimate)}</span>
          </Line>
          <Line name={words.error}>
            {usualError === null || !record ? words.noError : words.errorShare(formatShare(usualError), record.seen)}
          </Line>
        </dl>
        {isDemo ? null : (
          <dl className="py-2">
            {lowNanoUsd === null ? null : <Line name={words.short}>{words.one(formatUsd(lowNanoUsd))}</Line>}
            {likelyNanoUsd === null ? null : <Line name={words.likely}>{words.one(formatUsd(likelyNanoUsd))}</Line>}
            {highNanoUsd === null ? null : <Line name={words.most}>{formatBound(highNanoUsd)}</Line>}
            <Line name={words.price}>
              <Price isKnown={highNanoUsd !== null} />
            </Line>
            <Line name={words.budget}>{leftNanoUsd === null ? words.noBudget : formatLeft(leftNanoUsd)}</Line>
          </dl>
        )}
        <div className="pt-2">
          <dl>
            <Line name={words.context}>{contextText}</Line>
          </dl>
          {contextShare === null ? null : (
            <Meter label={words.context} text={contextText} share={contextShare} className="mt-1" />
          )}
        </div>
      </div>
      <div className="mt-3 flex gap-2">
        <Button onClick={onContext}>{words.showContext}</Button>
        {isDemo ? null : <Button onClick={onBudgets}>{words.showBudgets}</Button>}
      </div>
    </>
  )
}
