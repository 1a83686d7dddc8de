import { useState, type ComponentProps } from 'react'
import type { MessageId } from '../../../../electron/contract/ids.ts'
import type { MessageCost } from '../../../../electron/contract/routes/conversations.ts'
import { formatSeconds } from '../../text/dates.ts'
import { formatCount, messageCostText } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Popover } from '../../ui/popover.tsx'
import { Hint } from '../../ui/tooltip.tsx'
import { CostDetails } from './cost-details.tsx'

const orNull = (amount: number | null) => (amount === null ? null : formatCount(amount))

function details(cost: MessageCost): string {
  const { usage } = cost
  const words = t.money
  const parts = [words.tokens(orNull(usage.promptTokens), orNull(usage.completionTokens))]
  if (usage.cachedTokens) parts.push(words.cached(formatCount(usage.cachedTokens)))
  if (usage.reasoningTokens) parts.push(words.reasoning(formatCount(usage.reasoningTokens)))
  if (cost.attemptCount > 1) parts.push(words.attempts(cost.attemptCount))
  if (cost.firstTokenMs !== null) parts.push(words.firstToken(formatSeconds(cost.firstTokenMs)))
  if (cost.totalMs !== null) parts.push(words.total(formatSeconds(cost.totalMs)))
  return parts.filter(Boolean).join(' · ')
}

/** What a reply has cost, in one quiet line; more on hover and focus, all of it when opened. */
export function CostLine({ messageId, cost }: { messageId: MessageId; cost: MessageCost }) {
  const [isOpen, setIsOpen] = useState(false)
  const more = details(cost)
  const text = messageCostText(cost)
  const look = 'rounded-sm px-1 text-xs text-muted tabular-nums'
  if (cost.state === 'demo')
    return (
      <CostButton hint={more} className={look}>
        {text}
      </CostButton>
    )
  return (
    <Popover
      title={t.spend.details.name}
      side="bottom"
      align="start"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <CostButton hint={more} className={`${look} hover:text-ink data-[popup-open]:text-ink`}>
          {text}
        </CostButton>
      }
    >
      <CostDetails messageId={messageId} />
    </Popover>
  )
}

/** Takes what the panel it opens needs to know. */
function CostButton({ hint, ...rest }: ComponentProps<'button'> & { hint: string }) {
  const button = <button type="button" aria-description={hint} {...rest} />
  return hint === '' ? button : <Hint text={hint}>{button}</Hint>
}
