import type { MessageCost } from '../../../../electron/contract/routes/conversations.ts'
import { formatSeconds } from '../../text/dates.ts'
import { formatCount, messageCostText } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Hint } from '../../ui/tooltip.tsx'

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

/** What a reply has cost, in one quiet line; more on hover and focus. */
export function CostLine({ cost }: { cost: MessageCost }) {
  const more = details(cost)
  const text = messageCostText(cost)
  const look = 'rounded-sm px-1 text-xs text-muted tabular-nums'
  if (more === '') return <span className={look}>{text}</span>
  return (
    <Hint text={more}>
      <button type="button" aria-description={more} className={`${look} hover:text-ink`}>
        {text}
      </button>
    </Hint>
  )
}
