import { useQuery } from '@tanstack/react-query'
import type { ConversationId, MessageId } from '../../../electron/contract/ids.ts'
import type { ContextView } from '../../../electron/contract/routes/context.ts'
import { ask } from '../ipc/call.ts'
import { drafts } from './drafts.ts'
import { keys } from './keys.ts'
import { queryClient } from './query-client.ts'

/** The messages of the shown branch as the next prompts have them. */
export const useContextView = (conversationId: ConversationId) =>
  useQuery({
    queryKey: keys.context(conversationId),
    queryFn: () => ask('context.view', { conversationId }),
    gcTime: 0,
  })

/** Leaves messages out of the next prompts, or takes them in again; shown at once. Throws a `CallError`. */
export async function switchContext(conversationId: ConversationId, messageIds: MessageId[], isOff: boolean) {
  const switched = new Set(messageIds)
  queryClient.setQueryData<ContextView>(
    keys.context(conversationId),
    (view) =>
      view && {
        ...view,
        messages: view.messages.map((each) => (switched.has(each.messageId) ? { ...each, isOff } : each)),
      },
  )
  try {
    await ask('context.switch', { conversationId, messageIds, isOff })
  } finally {
    await queryClient.invalidateQueries({ queryKey: keys.context(conversationId) })
  }
}

/** Which messages would have to go so that the draft fits. Only a proposal; throws a `CallError`. */
export const proposeFit = (conversationId: ConversationId, by: 'oldest' | 'dearest') =>
  ask('spend.fit', { conversationId, draftText: drafts.get(conversationId) ?? '', by })
