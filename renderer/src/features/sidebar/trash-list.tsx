import { ArrowLeft, RotateCcw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { ConversationId } from '../../../../electron/contract/ids.ts'
import { purgeConversations, restoreConversations, useTrash } from '../../data/conversations.ts'
import { useAct } from '../../data/use-act.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { shownTitle } from '../../text/title.ts'
import { Button } from '../../ui/button.tsx'
import { Question } from '../../ui/dialog.tsx'
import { IconButton } from '../../ui/icon-button.tsx'

const dayMs = 86_400_000

/** What was deleted in the last 30 days: brought back, or deleted for good after a question. */
export function TrashList({ isReadOnly, onBack }: { isReadOnly: boolean; onBack: () => void }) {
  const trash = useTrash()
  const act = useAct()
  const [asked, setAsked] = useState<ConversationId[] | null>(null)
  const [now] = useState(() => Date.now())
  const items = trash.data ?? []
  const failure = act.failure ? describeFailure(act.failure) : null
  return (
    <section aria-label={t.sidebar.trash}>
      <div className="flex items-center gap-1 pb-1">
        <IconButton icon={ArrowLeft} label={t.sidebar.trashBack} onClick={onBack} />
        <h2 className="flex-1 text-sm font-medium">{t.sidebar.trash}</h2>
        {items.length > 0 && !isReadOnly ? (
          <Button look="quiet" className="px-2 py-1 text-xs" onClick={() => setAsked(items.map(({ id }) => id))}>
            {t.sidebar.purgeAll}
          </Button>
        ) : null}
      </div>
      <p className="px-2.5 pb-2 text-xs text-muted">
        {trash.data && items.length === 0 ? t.sidebar.trashEmpty : t.sidebar.trashHint}
      </p>
      {failure ? (
        <p role="alert" className="px-2.5 pb-2 text-xs text-danger">
          {failure.title}. {failure.sentence}
        </p>
      ) : null}
      <ul className="flex flex-col gap-px">
        {items.map((item) => {
          const title = shownTitle(item.title)
          return (
            <li
              key={item.id}
              aria-label={title}
              className="flex items-center rounded-md pl-2.5 hover:bg-fill-strong/40"
            >
              <span className="min-w-0 flex-1 py-1">
                <span dir="auto" className="block truncate">
                  {title}
                </span>
                <span className="block text-xs text-muted">
                  {t.sidebar.trashDays(Math.max(0, Math.ceil((item.purgeAt - now) / dayMs)))}
                </span>
              </span>
              {isReadOnly ? null : (
                <>
                  <IconButton
                    icon={RotateCcw}
                    label={t.sidebar.restore}
                    aria-description={title}
                    disabled={act.isBusy}
                    onClick={() => void act.run(() => restoreConversations([item.id]))}
                  />
                  <IconButton
                    icon={Trash2}
                    label={t.sidebar.purge}
                    aria-description={title}
                    disabled={act.isBusy}
                    onClick={() => setAsked([item.id])}
                  />
                </>
              )}
            </li>
          )
        })}
      </ul>
      <Question
        title={t.sidebar.purgeTitle}
        text={t.sidebar.purgeText(asked?.length ?? 1)}
        confirmLabel={t.sidebar.purge}
        cancelLabel={t.sidebar.purgeCancel}
        isOpen={asked !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) setAsked(null)
        }}
        onConfirm={() => {
          if (asked) void act.run(() => purgeConversations(asked))
        }}
      />
    </section>
  )
}
