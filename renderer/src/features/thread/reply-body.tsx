import type { Message } from '../../../../electron/contract/routes/conversations.ts'
import { endReply } from '../../data/turns.ts'
import { useLiveReply } from '../../streams/streams.ts'
import { t } from '../../text/strings.ts'
import { isUnderWay } from './can-do.ts'
import { ReplyText } from './markdown/reply-text.tsx'
import { ProgressLine } from './progress-line.tsx'
import { Reasoning } from './reasoning.tsx'
import { Sources } from './sources.tsx'

function ending(message: Message): string | null {
  if (message.isLost) return t.thread.lost
  if (message.status === 'stopped') return message.cost?.state === 'held' ? t.progress.settling : t.thread.ended.stopped
  if (message.status === 'interrupted' && message.failure === null) return t.thread.ended.interrupted
  if (message.status !== 'complete') return null
  if (message.finishReason === 'length') return t.thread.ended.length
  if (message.finishReason === 'content_filter') return t.thread.ended.filtered
  if (message.text === '' && message.refusal === null)
    return message.reasoning === '' ? t.thread.emptyReply : t.thread.onlyReasoning
  return null
}

/**
 * The text of a reply: from the stream while it runs, as stored afterwards. One component for both, so that nothing is
 * drawn anew when it ends.
 */
export function ReplyBody({ message }: { message: Message }) {
  const isRunning = isUnderWay(message)
  const live = useLiveReply(isRunning ? message.id : null)
  const text = live?.text ?? message.text
  const reasoning = live?.reasoning ?? message.reasoning
  const note = isRunning ? null : ending(message)
  return (
    <>
      {message.isContinuation ? <p className="mb-1 text-xs text-muted">{t.thread.continuation}</p> : null}
      {reasoning === '' ? null : (
        <Reasoning
          text={reasoning}
          thinkingMs={live?.thinkingMs ?? message.thinkingMs}
          isThinking={isRunning && text === ''}
          isOpenAtFirst={!isRunning && text === ''}
        />
      )}
      {text === '' ? null : (
        <ReplyText
          text={text}
          isGrowing={isRunning}
          isCut={message.status !== 'complete' || message.finishReason === 'length'}
          citations={isRunning ? [] : message.citations}
        />
      )}
      {message.refusal === null ? null : (
        <p dir="auto" className="text-base">
          <span className="text-muted">{t.thread.refusal} </span>
          {message.refusal}
        </p>
      )}
      {message.citations.length === 0 ? null : <Sources citations={message.citations} />}
      {note === null ? null : <p className="mt-2 text-sm text-muted">{note}</p>}
      {live ? <ProgressLine live={live} onCancel={() => void endReply('turns.stop', message.id)} /> : null}
    </>
  )
}
