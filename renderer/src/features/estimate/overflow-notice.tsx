import type { ConversationId } from '../../../../electron/contract/ids.ts'
import { useKnownEstimate } from '../../data/estimate.ts'
import { formatCount } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'

/** Said before sending when the prompt, or the prompt and the longest reply, are more than the model can take, with what can be done. */
export function OverflowNotice({
  conversationId,
  onContext,
  onShorten,
  onNewChat,
  onOptions,
}: {
  conversationId: ConversationId
  onContext: () => void
  onShorten: () => void
  onNewChat: () => void
  onOptions: () => void
}) {
  const estimate = useKnownEstimate(conversationId)
  if (!estimate || estimate.contextTokens === null || estimate.limitTokens === null) return null
  const { promptTokens, contextTokens, limitTokens } = estimate
  if (promptTokens <= limitTokens) return null
  const words = t.estimate
  const isTooLarge = promptTokens > contextTokens
  const tokens = formatCount(promptTokens)
  return (
    <div className="mb-2">
      <FailureNotice
        tone="warn"
        title={isTooLarge ? words.tooLargeTitle : words.noRoomTitle}
        sentence={
          isTooLarge
            ? words.tooLarge(tokens, formatCount(contextTokens))
            : words.noRoom(tokens, formatCount(limitTokens))
        }
        detail={null}
        detailLabel=""
      >
        <Button onClick={onContext}>{words.leaveOut}</Button>
        <Button onClick={onShorten}>{words.shorten}</Button>
        {isTooLarge ? null : <Button onClick={onOptions}>{words.options}</Button>}
        <Button onClick={onNewChat}>{words.startNew}</Button>
      </FailureNotice>
    </div>
  )
}
