import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { MessageId } from '../../../../electron/contract/ids.ts'
import type { Message } from '../../../../electron/contract/routes/conversations.ts'
import { showVersion } from '../../data/thread.ts'
import { useAct } from '../../data/use-act.ts'
import { t } from '../../text/strings.ts'
import { IconButton } from '../../ui/icon-button.tsx'

/** Moves between the versions of a message. Nothing is lost: every version stays. */
export function VersionPager({ message }: { message: Message }) {
  const act = useAct()
  const at = message.siblings.indexOf(message.id)
  if (message.siblings.length < 2 || at === -1) return null
  const amount = message.siblings.length
  const show = (id: MessageId | undefined) => {
    if (id) void act.run(() => showVersion(message.conversationId, id))
  }
  return (
    <span className="inline-flex items-center text-xs text-muted tabular-nums">
      <IconButton
        icon={ChevronLeft}
        label={t.thread.previousVersion}
        disabled={at === 0 || act.isBusy}
        onClick={() => show(message.siblings[at - 1])}
      />
      <span aria-label={t.thread.versionName(at + 1, amount)} role="img">
        {t.thread.version(at + 1, amount)}
      </span>
      <IconButton
        icon={ChevronRight}
        label={t.thread.nextVersion}
        disabled={at === amount - 1 || act.isBusy}
        onClick={() => show(message.siblings[at + 1])}
      />
    </span>
  )
}
