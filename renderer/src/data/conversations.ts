import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ConversationId } from '../../../electron/contract/ids.ts'
import type { ConversationSummary } from '../../../electron/contract/routes/conversations.ts'
import { ask } from '../ipc/call.ts'
import { keys } from './keys.ts'
import { queryClient } from './query-client.ts'

const listQuery = { queryKey: keys.conversations, queryFn: () => ask('conversations.list', {}) }

/** All conversations, newest first. */
export const useConversations = () => useQuery(listQuery)

/** Titles and messages that match; the last answer stays until the next one is there. */
export const useSearch = (query: string) =>
  useQuery({
    queryKey: keys.search(query),
    queryFn: () => ask('conversations.search', { query }),
    enabled: query !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 30_000,
  })

const editList = (edit: (list: ConversationSummary[]) => ConversationSummary[]) =>
  queryClient.setQueryData<ConversationSummary[]>(keys.conversations, (list) => (list ? edit(list) : list))

/** Makes an empty conversation, or hands over the one there is; throws a `CallError`. */
export async function createConversation(isDemo: boolean): Promise<ConversationId> {
  const made = await ask('conversations.create', { isDemo })
  editList((list) => (list.some(({ id }) => id === made.id) ? list : [made, ...list]))
  return made.id
}

/** Throws a `CallError`. */
export async function renameConversation(conversationId: ConversationId, title: string) {
  const renamed = await ask('conversations.rename', { conversationId, title })
  editList((list) => list.map((one) => (one.id === conversationId ? renamed : one)))
}

const everywhere = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: keys.conversations }),
    queryClient.invalidateQueries({ queryKey: keys.trash }),
    queryClient.invalidateQueries({ queryKey: keys.searches }),
  ])

/** Keeps a conversation above the others, or not; throws a `CallError`. */
export async function pinConversation(conversationId: ConversationId, isPinned: boolean) {
  await ask('conversations.pin', { conversationId, isPinned })
  await everywhere()
}

/** Moves conversations to the trash, all but those that are running; throws a `CallError`. */
export async function deleteConversations(conversationIds: ConversationId[]) {
  const outcome = await ask('conversations.deleteMany', { conversationIds })
  await everywhere()
  return outcome
}

/** Takes conversations back out of the trash; throws a `CallError`. */
export async function restoreConversations(conversationIds: ConversationId[]) {
  await ask('conversations.restoreMany', { conversationIds })
  await everywhere()
}

/** What is in the trash, the last deleted first. */
export const useTrash = () =>
  useQuery({ queryKey: keys.trash, queryFn: () => ask('conversations.trash', {}), staleTime: 0 })

/** Deletes for good; throws a `CallError`. */
export async function purgeConversations(conversationIds: ConversationId[] | 'all') {
  await ask('conversations.purge', { conversationIds })
  await everywhere()
}
