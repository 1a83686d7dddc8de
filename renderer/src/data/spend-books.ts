import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { MessageId } from '../../../electron/contract/ids.ts'
import type { InputOf } from '../../../electron/contract/registry.ts'
import type { LedgerRow } from '../../../electron/contract/routes/spend.ts'
import { ask } from '../ipc/call.ts'
import { keys } from './keys.ts'
import type { LedgerFilter } from './spend-place.ts'

/** Rows asked for at once. */
const pageRows = 100
/** Chats asked for at once. */
const pageChats = 50

const inputOf = (filter: LedgerFilter) => ({
  ...(filter.from === null ? {} : { from: filter.from }),
  ...(filter.to === null ? {} : { to: filter.to }),
  ...(filter.conversationId === null ? {} : { conversationId: filter.conversationId }),
  ...(filter.messageId === null ? {} : { messageId: filter.messageId }),
  ...(filter.states.length === 0 ? {} : { states: filter.states }),
  ...(filter.purposes.length === 0 ? {} : { purposes: filter.purposes }),
})

/** Requests as the books have them, newest first, page by page. */
export function useLedger(filter: LedgerFilter) {
  const input = inputOf(filter)
  return useInfiniteQuery({
    queryKey: keys.books('ledger', input),
    queryFn: ({ pageParam }) => ask('spend.ledger', { ...input, cursor: pageParam, limit: pageRows }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
  })
}

/** All requests of one message, oldest first. */
export const useMessageRequests = (messageId: MessageId) =>
  useQuery({
    queryKey: keys.books('message', { messageId }),
    queryFn: async (): Promise<LedgerRow[]> =>
      (await ask('spend.ledger', { messageId, cursor: null, limit: 50 })).rows.toReversed(),
  })

/** One request with its entries. */
export const useAccount = (attemptId: string) =>
  useQuery({ queryKey: keys.books('attempt', { attemptId }), queryFn: () => ask('spend.attempt', { attemptId }) })

/** What each day with spending has cost, oldest first. */
export const useDays = (range: InputOf<'spend.days'> | null) =>
  useQuery({
    queryKey: keys.books('days', range ?? {}),
    queryFn: () => (range === null ? [] : ask('spend.days', range)),
    enabled: range !== null,
    placeholderData: keepPreviousData,
  })

/** What each month with spending has cost, oldest first. */
export const useMonths = () => useQuery({ queryKey: keys.books('months', {}), queryFn: () => ask('spend.months', {}) })

/** How the month goes. */
export const useCourse = () => useQuery({ queryKey: keys.books('course', {}), queryFn: () => ask('spend.course', {}) })

/** Chats by what they have cost within some days, dearest first, page by page. */
export const useChatsByCost = (range: { from: string; to: string } | null) =>
  useInfiniteQuery({
    queryKey: keys.books('chats', range ?? {}),
    queryFn: ({ pageParam }) =>
      range === null ? [] : ask('spend.conversations', { ...range, offset: pageParam, limit: pageChats }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length < pageChats ? null : pages.length * pageChats),
    enabled: range !== null,
    placeholderData: keepPreviousData,
  })

/** Unknown requests of which the provider's log has had no trace for 72 hours. */
export const useUntraced = () =>
  useQuery({ queryKey: keys.books('untraced', {}), queryFn: () => ask('spend.untraced', {}) })
