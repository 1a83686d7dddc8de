import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { MessageId } from '../../../../electron/contract/ids.ts'
import type { Message } from '../../../../electron/contract/routes/conversations.ts'
import { showVersion } from '../../data/thread.ts'
import { useAct } from '../../data/use-act.ts'
import { t } from '../../text/strings.ts'
import { IconButton } from '../../ui/icon-button.tsx'

/** The version asked for last, and by which button: its row is drawn anew and takes the keyboard back. */
let asked: { id: MessageId; button: 0 | 1 } | null = null

/** Moves between the versions of a message. Nothing is lost: every version stays. */
export function VersionPager({ message }: { message: Message }) {
  const act = useAct()
  const pagerRef = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (asked?.id !== message.id) return
    const { button } = asked
    asked = null
    if (document.activeElement !== document.body) return
    const buttons = [...(pagerRef.current?.querySelectorAll('button') ?? [])]
    const wanted = buttons[button]?.disabled === false ? buttons[button] : buttons.find(({ disabled }) => !disabled)
    wanted?.focus()
  }, [message.id])
  const at = message.siblings.indexOf(message.id)
  if (message.siblings.length < 2 || at === -1) return null
  const amount = message.siblings.length
  const show = (button: 0 | 1) => {
    const id = message.siblings[button === 0 ? at - 1 : at + 1]
    if (id === undefined) return
    asked = { id, button }
    void act.run(() => showVersion(message.conversationId, id))
  }
  return (
    <span ref={pagerRef} className="inline-flex items-center text-xs text-muted tabular-nums">
      <IconButton
        icon={ChevronLeft}
        label={t.thread.previousVersion}
        disabled={at === 0 || act.isBusy}
        onClick={() => show(0)}
      />
      <span aria-label={t.thread.versionName(at + 1, amount)} role="img">
        {t.thread.version(at + 1, amount)}
      </span>
      <IconButton
        icon={ChevronRight}
        label={t.thread.nextVersion}
        disabled={at === amount - 1 || act.isBusy}
        onClick={() => show(1)}
      />
    </span>
  )
}
