import { useInfiniteQuery, type InfiniteData } from '@tanstack/react-query'
import type { ConversationId, MessageId } from '../../../electron/contract/ids.ts'
import type { Message, MessagePage } from '../../../electron/contract/routes/conversations.ts'
import { ask, CallError } from '../ipc/call.ts'
import { keys } from './keys.ts'
import { queryClient } from './query-client.ts'
import { sameMessages } from './same-messages.ts'

interface Page extends MessagePage {
  /** Only the newest page knows it. */
  draft: string
}

type Pages = InfiniteData<Page, MessageId | null>

async function loadPage(conversationId: ConversationId, before: MessageId | null): Promise<Page> {
  if (before === null) return ask('conversations.open', { conversationId })
  const page = await ask('conversations.page', { conversationId, before })
  return { ...page, draft: '' }
}

/** Newest page first, as they are loaded; handed out oldest first. */
function share(before: unknown, after: unknown): Pages {
  const next = after as Pages
  if (!before) return next
  const known = (before as Pages).pages.flatMap((page) => page.messages)
  return { ...next, pages: next.pages.map((page) => ({ ...page, messages: sameMessages(known, page.messages) })) }
}

const flatten = (data: Pages) => {
  const newest = data.pages[0]
  return {
    draft: newest?.draft ?? '',
    messages: data.pages.toReversed().flatMap((page) => page.messages),
  }
}

/** A conversation with the messages loaded so far; `fetchNextPage` loads older ones. */
export function useThread(conversationId: ConversationId) {
  const { data, ...query } = useInfiniteQuery<Page, Error, Pages, ReturnType<typeof keys.thread>, MessageId | null>({
    queryKey: keys.thread(conversationId),
    queryFn: ({ pageParam }) => loadPage(conversationId, pageParam),
    initialPageParam: null,
    getNextPageParam: (last) => (last.hasMore ? (last.messages[0]?.id ?? null) : null),
    // Also applied to what `select` gives, so there is no `select`.
    structuralSharing: share,
  })
  const failure = query.error instanceof CallError ? query.error.failure : null
  return { ...query, failure, data: data ? flatten(data) : undefined }
}

/** The newest finished reply of a conversation that is loaded. */
export function lastReply(conversationId: ConversationId): Message | undefined {
  const data = queryClient.getQueryData<Pages>(keys.thread(conversationId))
  return data?.pages[0]?.messages.findLast((message) => message.role === 'assistant' && message.text !== '')
}

/** The text of the newest message of the person that is loaded. */
export function lastPrompt(conversationId: ConversationId): string | undefined {
  const data = queryClient.getQueryData<Pages>(keys.thread(conversationId))
  return data?.pages[0]?.messages.findLast((message) => message.role === 'user')?.text
}

/** A loaded message. */
export function loadedMessage(conversationId: ConversationId, messageId: MessageId): Message | undefined {
  const data = queryClient.getQueryData<Pages>(keys.thread(conversationId))
  return data?.pages.flatMap((page) => page.messages).find((message) => message.id === messageId)
}

/** Shows another version of a message and what follows it; throws a `CallError`. */
export async function showVersion(conversationId: ConversationId, messageId: MessageId) {
  await ask('conversations.show', { messageId })
  await queryClient.invalidateQueries({ queryKey: keys.thread(conversationId) })
}
