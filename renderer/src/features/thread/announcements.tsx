import type { ConversationId } from '../../../../electron/contract/ids.ts'
import { useAnnouncement } from '../../data/announcer.ts'
import { loadedMessage } from '../../data/thread.ts'
import { t } from '../../text/strings.ts'

/** Says to assistive technology that a reply began and how it ended; the log itself stays silent. */
export function Announcements({ conversationId }: { conversationId: ConversationId }) {
  const latest = useAnnouncement()
  const isHere = latest?.conversationId === conversationId
  const status = latest ? loadedMessage(conversationId, latest.messageId)?.status : undefined
  const text = latest?.what === 'started' ? t.progress.announceStart : status ? t.progress.announceEnd[status] : ''
  return (
    <p role="status" className="sr-only">
      {isHere ? text : ''}
    </p>
  )
}
