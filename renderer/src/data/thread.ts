import { useQuery } from '@tanstack/react-query'
import type { ConversationId, MessageId } from '../../../electron/contract/ids.ts'
import type { Message, MessagePage } from '../../../electron/contract/routes/conversations.ts'
import { ask, CallError } from '../ipc/call.ts'
import { drafts } from './drafts.ts'
import { keys } from './keys.ts'
import { queryClient } from './query-client.ts'
import { sameMessages } from './same-messages.ts'
import { joinNewest, refreshed, type ThreadWindow } from './thread-window.ts'

const held = (id: ConversationId) => queryClient.getQueryData<ThreadWindow>(keys.thread(id))

const put = (id: ConversationId, edit: (known: ThreadWindow) => ThreadWindow) =>
  queryClient.setQueryData<ThreadWindow>(keys.thread(id), (known) => (known ? edit(known) : known))

async function openNewest(conversationId: ConversationId): Promise<ThreadWindow> {
  const { messages, hasMore, hasNewer, total, draft } = await ask('conversations.open', { conversationId })
  return { messages, hasMore, hasNewer, total, draft }
}

/** The same stretch again, page by page, for a window that does not reach the end. */
async function readAgain(conversationId: ConversationId, known: ThreadWindow): Promise<ThreadWindow> {
  const wanted = known.messages.length
  let page: MessagePage = await ask('conversations.page', { conversationId, from: known.messages[0]?.index ?? 0 })
  const messages = [...page.messages]
  for (let last = messages.at(-1); last && page.hasNewer && messages.length < wanted; last = messages.at(-1)) {
    page = await ask('conversations.page', { conversationId, after: last.id })
    messages.push(...page.messages)
  }
  return { ...known, messages, hasNewer: page.hasNewer, total: page.total }
}

async function load(conversationId: ConversationId): Promise<ThreadWindow> {
  const known = held(conversationId)
  if (known?.hasNewer) return readAgain(conversationId, known)
  const newest = await openNewest(conversationId)
  const joined = joinNewest(held(conversationId), newest)
  if (joined.messages.length > newest.messages.length) refreshOlderSoon(conversationId)
  return joined
}

/** What is above the newest page may have changed too, such as a price that came late: it is read again in a quiet moment. */
const olderRefreshMs = 700
const olderRefreshes = new Map<ConversationId, ReturnType<typeof setTimeout>>()

function refreshOlderSoon(conversationId: ConversationId) {
  clearTimeout(olderRefreshes.get(conversationId))
  olderRefreshes.set(
    conversationId,
    setTimeout(() => {
      olderRefreshes.delete(conversationId)
      // What could not be read now is read with the next change.
      refreshOlder(conversationId).catch(() => undefined)
    }, olderRefreshMs),
  )
}

async function refreshOlder(conversationId: ConversationId) {
  const before = held(conversationId)
  if (!before || before.hasNewer) return
  const again = await readAgain(conversationId, before)
  put(conversationId, (known) => refreshed(known, again.messages))
}

function share(before: unknown, after: unknown): ThreadWindow {
  const next = after as ThreadWindow
  return before ? { ...next, messages: sameMessages((before as ThreadWindow).messages, next.messages) } : next
}

/** A conversation with the stretch of its messages that is loaded: at first the newest ones. */
export function useThread(conversationId: ConversationId) {
  const { data, error, isFetching } = useQuery<ThreadWindow>({
    queryKey: keys.thread(conversationId),
    queryFn: () => load(conversationId),
    structuralSharing: share,
  })
  return { data, isFetching, failure: error instanceof CallError ? error.failure : null }
}

/** Loads the messages before those that are loaded; throws a `CallError`. */
export async function loadOlder(conversationId: ConversationId) {
  const before = held(conversationId)?.messages[0]?.id
  if (!before) return
  const page = await ask('conversations.page', { conversationId, before })
  put(conversationId, (known) =>
    known.messages[0]?.id === before
      ? { ...known, messages: [...page.messages, ...known.messages], hasMore: page.hasMore }
      : known,
  )
}

/** Loads the messages after those that are loaded; throws a `CallError`. */
export async function loadNewer(conversationId: ConversationId) {
  const after = held(conversationId)?.messages.at(-1)?.id
  if (!after) return
  const page = await ask('conversations.page', { conversationId, after })
  put(conversationId, (known) =>
    known.messages.at(-1)?.id === after
      ? { ...known, messages: [...known.messages, ...page.messages], hasNewer: page.hasNewer, total: page.total }
      : known,
  )
}

/** Loads the newest messages instead of a stretch further up; throws a `CallError`. */
export async function loadLatest(conversationId: ConversationId) {
  const newest = await openNewest(conversationId)
  put(conversationId, () => newest)
}

/** Loads the messages around one, instead of those that are loaded; throws a `CallError`. */
export async function loadAround(conversationId: ConversationId, messageId: MessageId) {
  const { messages, hasMore, hasNewer, total } = await ask('conversations.around', { messageId })
  put(conversationId, (known) => ({ ...known, messages, hasMore, hasNewer, total }))
}

/** The newest message with a text of the shown branch, whatever stretch of it is loaded; throws a `CallError`. */
export async function newestOf(conversationId: ConversationId, role: Message['role']): Promise<Message | undefined> {
  const known = held(conversationId)
  const { messages } = known && !known.hasNewer ? known : await openNewest(conversationId)
  return messages.findLast((message) => message.role === role && message.text !== '')
}

/** A loaded message. */
export function loadedMessage(conversationId: ConversationId, messageId: MessageId): Message | undefined {
  return held(conversationId)?.messages.find((message) => message.id === messageId)
}

/** Puts a text after what is being written. */
export function addToDraft(conversationId: ConversationId, text: string) {
  const draft = drafts.get(conversationId) ?? held(conversationId)?.draft ?? ''
  drafts.set(conversationId, draft.trim() === '' ? text : `${draft.trimEnd()}\n\n${text}`)
}

const refresh = (conversationId: ConversationId) =>
  queryClient.invalidateQueries({ queryKey: keys.thread(conversationId) })

/** Shows another version of a message and what follows it; throws a `CallError`. */
export async function showVersion(conversationId: ConversationId, messageId: MessageId) {
  await ask('conversations.show', { messageId })
  await refresh(conversationId)
}

/** Saves another wording of a message; throws a `CallError`. */
export async function reviseMessage(conversationId: ConversationId, messageId: MessageId, text: string) {
  const revised = await ask('messages.revise', { messageId, text })
  put(conversationId, (known) => ({
    ...known,
    messages: known.messages.map((message) => (message.id === messageId ? revised : message)),
  }))
}

/** Hides a message and what follows it; gives what takes it back. Throws a `CallError`. */
export async function deleteMessage(conversationId: ConversationId, messageId: MessageId) {
  const deletion = await ask('messages.delete', { messageId })
  await refresh(conversationId)
  return {
    hiddenCount: deletion.hiddenCount,
    async undo() {
      await ask('messages.restore', { messageId, showing: deletion.wasShowing })
      await refresh(conversationId)
    },
  }
}
