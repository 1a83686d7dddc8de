import { useState } from 'react'
import type { ConversationId } from '../../../../electron/contract/ids.ts'
import { useEstimate } from '../../data/estimate.ts'
import { estimateLine, estimateMost, estimateRange, formatShare } from '../../text/estimate.ts'
import { formatCount, formatLeft } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { classNames } from '../../ui/class-names.ts'
import { Popover } from '../../ui/popover.tsx'
import { Announcer } from './announcer.tsx'
import { EstimateDetails } from './estimate-details.tsx'

/** What sending the draft would take, in one line beside Send; more on a click. Keeps its height whatever it says. */
export function Estimate({
  conversationId,
  isDemo,
  onContext,
  onBudgets,
}: {
  conversationId: ConversationId
  isDemo: boolean
  onContext: () => void
  onBudgets: () => void
}) {
  const estimate = useEstimate(conversationId)
  const [isOpen, setIsOpen] = useState(false)
  const words = t.estimate
  const leaving = (act: () => void) => () => {
    setIsOpen(false)
    act()
  }
  const isTooLarge = (estimate?.contextShare ?? 0) > 1
  const most = estimate ? estimateMost(estimate) : null
  const isShort = estimate?.leftNanoUsd != null && (estimate.highNanoUsd ?? 0) > estimate.leftNanoUsd
  return (
    <>
      <div
        role="status"
        aria-label={words.name}
        aria-live="off"
        className="ml-auto flex min-w-0 items-center text-xs whitespace-nowrap text-muted tabular-nums"
      >
        {estimate ? (
          <>
            <Popover
              title={words.title}
              isOpen={isOpen}
              onOpenChange={setIsOpen}
              trigger={
                <button
                  type="button"
                  aria-description={words.details}
                  className="min-w-0 truncate rounded-sm px-1 py-1 underline decoration-transparent decoration-dotted underline-offset-4 hover:text-ink hover:decoration-current"
                >
                  {words.tokens(formatCount(estimate.promptTokens))}
                  {' · '}
                  {isDemo ? words.free : estimateRange(estimate)}
                  {isDemo || most === null ? null : (
                    <span className="hidden @md:inline">{`, ${words.atMost(most)}`}</span>
                  )}
                </button>
              }
            >
              <EstimateDetails
                estimate={estimate}
                isDemo={isDemo}
                onContext={leaving(onContext)}
                onBudgets={leaving(onBudgets)}
              />
            </Popover>
            <button
              type="button"
              aria-description={words.showContext}
              onClick={onContext}
              className={classNames(
                'hidden shrink-0 rounded-sm px-1 py-1 underline decoration-transparent decoration-dotted underline-offset-4 hover:text-ink hover:decoration-current @xl:inline',
                isTooLarge ? 'text-danger' : '',
              )}
            >
              {estimate.contextShare === null ? words.context : words.share(formatShare(estimate.contextShare))}
            </button>
            {estimate.leftNanoUsd === null || isDemo ? null : (
              <span className={classNames('hidden shrink-0 px-1 @2xl:inline', isShort ? 'text-warn' : '')}>
                {words.left(formatLeft(estimate.leftNanoUsd))}
              </span>
            )}
          </>
        ) : null}
      </div>
      <Announcer text={estimate ? words.announce(isDemo ? words.free : estimateLine(estimate)) : null} />
    </>
  )
}
