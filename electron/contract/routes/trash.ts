import { z } from 'zod'
import { conversationId, type ConversationId } from '../ids.ts'
import { limits } from '../limits.ts'
import { returns, route } from '../route.ts'
import type { ConversationSummary } from './conversations.ts'

export interface TrashedConversation extends ConversationSummary {
  deletedAt: number
  /** When it is deleted for good, in ms since 1970. */
  purgeAt: number
}

const several = z.strictObject({ conversationIds: z.array(conversationId).min(1).max(limits.conversationsAtOnce) })

export const trashRoutes = {
  /** Puts several conversations into the trash; those in which a reply is being written stay, and are named. */
  'conversations.deleteMany': route({
    input: several,
    output: returns<{ deleted: ConversationId[]; running: ConversationId[] }>(),
  }),
  'conversations.restoreMany': route({ input: several, output: returns<null>() }),
  /** What is in the trash, the last deleted first. After 30 days it is deleted for good. */
  'conversations.trash': route({ input: z.strictObject({}), output: returns<TrashedConversation[]>() }),
  /**
   * Deletes for good what is in the trash: texts, drafts and raw events are gone from the store; what was spent stays in
   * the books. Gives how many. Conversations that are not in the trash are left alone.
   */
  'conversations.purge': route({
    input: z.strictObject({ conversationIds: z.union([several.shape.conversationIds, z.literal('all')]) }),
    output: returns<{ purged: number }>(),
  }),
}
