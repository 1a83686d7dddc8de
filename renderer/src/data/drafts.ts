import { useLayoutEffect, useSyncExternalStore } from 'react'
import type { ConversationId } from '../../../electron/contract/ids.ts'
import { call } from '../ipc/call.ts'
import { createDraftStore } from './draft-store.ts'

/** What is being written in every conversation: here first, in the store soon after. */
export const drafts = createDraftStore({
  save: async (conversationId, text) => (await call('drafts.save', { conversationId, text })).ok,
  wait: (work, ms) => {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
})

addEventListener('blur', () => drafts.flush())
addEventListener('pagehide', () => drafts.flushAtOnce())
document.addEventListener('visibilitychange', () => drafts.flush())

/** The text of a conversation's composer; `stored` is what main had when it was opened, once that is known. */
export function useDraft(conversationId: ConversationId, stored: string | undefined): string {
  useLayoutEffect(() => {
    if (stored !== undefined) drafts.read(conversationId, stored)
  }, [conversationId, stored])
  return useSyncExternalStore(drafts.subscribe, () => drafts.get(conversationId) ?? stored ?? '')
}

/** Whether something typed could not be saved yet. */
export const useHasUnsavedDraft = (): boolean => useSyncExternalStore(drafts.subscribe, () => drafts.hasFailed())
