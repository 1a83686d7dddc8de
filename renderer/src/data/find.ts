import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ConversationId } from '../../../electron/contract/ids.ts'
import { ask } from '../ipc/call.ts'
import { keys } from './keys.ts'

/** Where words occur in the shown branch; the last answer stays until the next one is there. */
export const useFind = (conversationId: ConversationId, query: string) =>
  useQuery({
    queryKey: keys.find(conversationId, query),
    queryFn: () => ask('messages.find', { conversationId, query }),
    enabled: query !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 10_000,
  })
