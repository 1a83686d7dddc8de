import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { ConversationId, MessageId } from '../../../electron/contract/ids.ts'
import type { Estimate } from '../../../electron/contract/routes/context.ts'
import { ask } from '../ipc/call.ts'
import { drafts } from './drafts.ts'
import { keys } from './keys.ts'
import { createPacer } from './pacer.ts'
import { queryClient } from './query-client.ts'

/** Estimates follow what is typed, but no closer than this. */
const gapMs = 80

const wait = (then: () => void, ms: number) => {
  const timer = setTimeout(then, ms)
  return () => clearTimeout(timer)
}

/** Asks again for what is newest. One that is under way for an older text counts no more. */
const again = (queryKey: readonly unknown[]) => createPacer({ work: () => refresh(queryKey), gapMs, wait })
const refresh = (queryKey: readonly unknown[]) => queryClient.refetchQueries({ queryKey, exact: true })

const draftQuery = (conversationId: ConversationId) => ({
  queryKey: keys.estimate(conversationId),
  queryFn: () => ask('spend.estimate', { conversationId, draftText: drafts.get(conversationId) ?? '' }),
  gcTime: 0,
})

/** What sending the draft would take, as far as `useEstimate` has found out elsewhere in the page. */
export const useKnownEstimate = (conversationId: ConversationId): Estimate | null =>
  useQuery({ ...draftQuery(conversationId), enabled: false }).data ?? null

/** What sending the draft of a conversation would take. Follows the draft without drawing anything for each key. */
export function useEstimate(conversationId: ConversationId): Estimate | null {
  const { data } = useQuery(draftQuery(conversationId))
  useEffect(() => {
    const pacer = again(keys.estimate(conversationId))
    let known = drafts.get(conversationId)
    const look = () => {
      const text = drafts.get(conversationId)
      if (text === known) return
      known = text
      pacer.poke()
    }
    const forget = drafts.subscribe(look)
    return () => {
      forget()
      pacer.stop()
    }
  }, [conversationId])
  return data ?? null
}

/** What saving and resending a message with this text would take; `null` while it is not known or not wanted. */
export function useResendEstimate(
  conversationId: ConversationId,
  messageId: MessageId,
  text: string,
  isWanted: boolean,
): Estimate | null {
  const newest = useRef(text)
  const queryKey = keys.estimate(conversationId, 'resend', messageId)
  const [pacer] = useState(() => again(queryKey))
  const { data } = useQuery({
    queryKey,
    queryFn: () =>
      ask('spend.estimate', { conversationId, draftText: newest.current, of: { act: 'resend', messageId } }),
    enabled: isWanted,
    gcTime: 0,
  })
  useEffect(() => {
    if (newest.current === text) return
    newest.current = text
    if (isWanted) pacer.poke()
  }, [text, isWanted, pacer])
  return data ?? null
}

/** What asking again, or asking to go on, would take; asked for only once it is wanted. */
export const useActEstimate = (
  conversationId: ConversationId,
  act: 'retry' | 'continue',
  messageId: MessageId,
  isWanted: boolean,
): Estimate | null =>
  useQuery({
    queryKey: keys.estimate(conversationId, act, messageId),
    queryFn: () => ask('spend.estimate', { conversationId, draftText: '', of: { act, messageId } }),
    enabled: isWanted,
    gcTime: 0,
  }).data ?? null

/** How well the estimator has done so far. */
export const useEstimator = () =>
  useQuery({ queryKey: keys.estimator, queryFn: () => ask('spend.estimator', {}), staleTime: 0 })
