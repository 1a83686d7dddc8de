import { TriangleAlert } from 'lucide-react'
import type { ConversationId } from '../../../../electron/contract/ids.ts'
import { useKnownEstimate } from '../../data/estimate.ts'
import { formatCount } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'

/** Said before sending when the prompt is longer than the model can take, with what can be done. */
export function OverflowNotice({
  conversationId,
  onContext,
  onShorten,
  onNewChat,
}: {
  conversationId: ConversationId
  onContext: () => void
  onShorten: () => void
  onNewChat: () => void
}) {
  const estimate = useKnownEstimate(conversationId)
  if (!estimate || estimate.contextTokens === null || (estimate.contextShare ?? 0) <= 1) return null
  const words = t.estimate
  return (
    <div role="alert" className="mb-2 rounded-lg bg-warn-fill px-3.5 py-3 text-sm">
      <p className="flex items-start gap-2 text-warn">
        <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" strokeWidth={1.9} />
        {words.tooLarge(formatCount(estimate.promptTokens), formatCount(estimate.contextTokens))}
      </p>
      <div className="mt-2.5 flex flex-wrap gap-2">
        <Button onClick={onContext}>{words.leaveOut}</Button>
        <Button onClick={onShorten}>{words.shorten}</Button>
        <Button onClick={onNewChat}>{words.startNew}</Button>
      </div>
    </div>
  )
}
