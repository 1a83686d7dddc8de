import type { ConversationId } from '../../../../electron/contract/ids.ts'
import { useKnownEstimate } from '../../data/estimate.ts'
import { formatCount } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'

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
    <div className="mb-2">
      <FailureNotice
        tone="warn"
        title={words.tooLargeTitle}
        sentence={words.tooLarge(formatCount(estimate.promptTokens), formatCount(estimate.contextTokens))}
        detail={null}
        detailLabel=""
      >
        <Button onClick={onContext}>{words.leaveOut}</Button>
        <Button onClick={onShorten}>{words.shorten}</Button>
        <Button onClick={onNewChat}>{words.startNew}</Button>
      </FailureNotice>
    </div>
  )
}
