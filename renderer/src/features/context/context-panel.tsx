import { X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { ConversationId, MessageId } from '../../../../electron/contract/ids.ts'
import type { ContextView } from '../../../../electron/contract/routes/context.ts'
import { switchContext, useContextView } from '../../data/context.ts'
import { failureOf } from '../../data/use-act.ts'
import { formatShare } from '../../text/estimate.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatCount } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Meter } from '../../ui/meter.tsx'
import { showToast } from '../../ui/toasts.tsx'
import { ContextList } from './context-list.tsx'
import { FitTool } from './fit-tool.tsx'

/** As in the contract. */
const mostAtOnce = 10_000

function Total({ promptTokens, contextTokens }: ContextView) {
  const tokens = formatCount(promptTokens)
  if (contextTokens === null) return <p className="text-sm tabular-nums">{t.context.total(tokens)}</p>
  const share = promptTokens / contextTokens
  const text = t.context.totalOf(tokens, formatCount(contextTokens), formatShare(share))
  return (
    <>
      <p className="text-sm tabular-nums">{text}</p>
      <Meter label={t.context.window} text={text} share={share} className="mt-1.5" />
    </>
  )
}

/** What the next prompts of a conversation have, message by message, with what each of them costs. */
export function ContextPanel({
  conversationId,
  isDemo,
  isReadOnly,
  onClose,
}: {
  conversationId: ConversationId
  /** Nothing is paid for here. */
  isDemo: boolean
  isReadOnly: boolean
  onClose: () => void
}) {
  const view = useContextView(conversationId)
  const [proposed, setProposed] = useState<readonly MessageId[]>([])
  const closeRef = useRef<HTMLButtonElement>(null)
  const messages = view.data?.messages ?? []
  const off = messages.filter(({ isOff }) => isOff).map(({ messageId }) => messageId)

  useEffect(() => {
    // Opened by a button that may be gone, such as one in a menu: the keyboard comes here.
    closeRef.current?.focus({ preventScroll: true })
  }, [])

  const change = async (ids: MessageId[], isOff: boolean) => {
    try {
      for (let at = 0; at < ids.length; at += mostAtOnce)
        await switchContext(conversationId, ids.slice(at, at + mostAtOnce), isOff)
    } catch (error) {
      showToast(t.context.failed(describeFailure(failureOf(error)).title))
    }
  }

  const takeAllIn = () => {
    void change(off, false)
    // This button goes with what it did.
    closeRef.current?.focus()
  }

  return (
    <aside
      aria-label={t.context.name}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
      className="flex w-[24rem] shrink-0 flex-col border-l border-line bg-paper max-[1180px]:absolute max-[1180px]:inset-y-0 max-[1180px]:right-0 max-[1180px]:z-20 max-[1180px]:max-w-full max-[1180px]:shadow-float"
    >
      <header className="flex h-12 shrink-0 items-center justify-between border-b border-line pr-2 pl-4">
        <h2 className="text-sm font-medium">{t.context.name}</h2>
        <IconButton ref={closeRef} icon={X} label={t.context.close} onClick={onClose} />
      </header>
      <div className="border-b border-line px-4 py-3">
        {view.data ? <Total {...view.data} /> : null}
        <p className="mt-2 text-xs text-muted">{t.context.intro}</p>
        <div role="status" className="flex min-h-7 items-center justify-between gap-2 text-xs text-muted">
          {off.length > 0 ? t.context.off(off.length) : ''}
          {off.length > 0 && !isReadOnly ? (
            <Button look="quiet" className="-mr-2 px-2 py-0.5 text-xs" onClick={takeAllIn}>
              {t.context.takeAllIn}
            </Button>
          ) : null}
        </div>
      </div>
      {view.isError ? (
        <p role="alert" className="p-4">
          {t.context.loadFailed}
        </p>
      ) : null}
      {view.data && messages.length === 0 ? <p className="p-4 text-muted">{t.context.empty}</p> : null}
      {messages.length > 0 ? (
        <ContextList
          messages={messages}
          proposed={proposed}
          isFree={isDemo}
          isReadOnly={isReadOnly}
          onSwitch={(ids, isOff) => void change(ids, isOff)}
        />
      ) : (
        <div className="flex-1" />
      )}
      {messages.length > 0 && !isReadOnly ? (
        <FitTool
          conversationId={conversationId}
          onProposal={setProposed}
          onConfirm={(ids) => void change([...ids], true)}
        />
      ) : null}
    </aside>
  )
}
