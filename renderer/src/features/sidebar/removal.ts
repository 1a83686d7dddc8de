import type { ConversationId } from '../../../../electron/contract/ids.ts'
import { deleteConversations, restoreConversations } from '../../data/conversations.ts'
import { t } from '../../text/strings.ts'
import { showToast } from '../../ui/toasts.tsx'

/** Deletes conversations and offers the way back. Throws a `CallError`. */
export async function removeWithUndo(
  ids: ConversationId[],
  title: string | null,
  on: { deleted: (ids: ConversationId[]) => void; restored: (ids: ConversationId[]) => void },
) {
  const { deleted, running } = await deleteConversations(ids)
  if (running.length > 0) showToast(t.sidebar.runningKept)
  if (deleted.length === 0) return
  on.deleted(deleted)
  showToast(title === null ? t.sidebar.deletedMany(deleted.length) : t.sidebar.deleted(title), {
    label: t.sidebar.undo,
    run: () =>
      void restoreConversations(deleted).then(
        () => on.restored(deleted),
        () => showToast(t.sidebar.failed(t.sidebar.undo)),
      ),
  })
}
