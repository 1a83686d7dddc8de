import type { ConversationSummary } from '../../../../electron/contract/routes/conversations.ts'
import { spendAddress } from '../../data/spend-place.ts'
import { costParts, shortCost } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Hint } from '../../ui/tooltip.tsx'

/** What a chat has cost, in a few characters; leads to its requests. Nothing while it has cost nothing. */
export function ChatSum({ conversation }: { conversation: ConversationSummary }) {
  const short = shortCost(conversation.cost)
  if (short === null) return null
  const whole = t.spend.chatSum(costParts(conversation.cost).join('; '))
  return (
    <Hint text={whole}>
      <a
        href={spendAddress({ tab: 'ledger', filter: { conversationId: conversation.id } })}
        aria-label={t.spend.chatSum(short)}
        aria-description={whole}
        className="rounded-sm px-1.5 py-0.5 text-xs whitespace-nowrap text-muted tabular-nums hover:bg-fill hover:text-ink"
      >
        {short}
      </a>
    </Hint>
  )
}
