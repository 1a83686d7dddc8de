import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ConversationId } from '../../../electron/contract/ids.ts'
import { ask } from '../ipc/call.ts'
import { keys } from './keys.ts'
import { queryClient } from './query-client.ts'

/** What a conversation and the month have cost. */
export const useSpend = (conversationId: ConversationId | null) =>
  useQuery({
    queryKey: keys.spend(conversationId),
    queryFn: () => ask('spend.summary', { conversationId }),
    placeholderData: keepPreviousData,
  })

/** Looks up unknown prices; throws a `CallError`. */
export async function reconcile() {
  const outcome = await ask('spend.reconcile', {})
  await queryClient.invalidateQueries({ queryKey: keys.spends })
  return outcome
}
