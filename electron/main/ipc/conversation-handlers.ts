import { fail } from '../../contract/errors.ts'
import type { HandlersFor } from '../../contract/registry.ts'
import type { conversationRoutes } from '../../contract/routes/conversations.ts'
import type { exportRoutes } from '../../contract/routes/export.ts'
import type { trashRoutes } from '../../contract/routes/trash.ts'
import { purge } from '../store/purge.ts'
import type { Access } from './access.ts'
import type { HandlerDeps } from './handlers.ts'

type Names = keyof typeof conversationRoutes | keyof typeof trashRoutes | keyof typeof exportRoutes

/** The list, the trash, and what is shown of one conversation. */
export function createConversationHandlers(
  { read, write, writable, saying, summary, branch, show }: Access,
  { workspace, recovery, now }: Pick<HandlerDeps, 'workspace' | 'recovery' | 'now'>,
): HandlersFor<Names> {
  const changed = { name: 'conversations.changed' } as const

  return {
    'conversations.list': async () => (await read().listConversations()).map(summary),
    'conversations.create': async ({ isDemo }) => {
      const { connection, preferences } = writable()
      const connectionId = await connection.idFor(isDemo ? 'demo' : 'api')
      const parameters = preferences.current().chatDefaults
      return saying(changed, summary(await write().createConversation({ connectionId, parameters, at: now() })))
    },
    'conversations.open': async ({ conversationId }) => {
      const [conversation, draft, page] = await Promise.all([
        read().getConversation({ conversationId }),
        read().readDraft({ conversationId }),
        branch(conversationId, { kind: 'end' }),
      ])
      return { conversation: summary(conversation), draft, ...page }
    },
    'conversations.page': (input) =>
      branch(
        input.conversationId,
        'before' in input
          ? { kind: 'before', messageId: input.before }
          : 'after' in input
            ? { kind: 'after', messageId: input.after }
            : { kind: 'from', index: input.from },
      ),
    'conversations.rename': async (input) => saying(changed, summary(await write().renameConversation(input))),
    'conversations.pin': async ({ conversationId, isPinned }) =>
      saying(changed, summary(await write().pinConversation({ conversationId, pinnedAt: isPinned ? now() : null }))),
    'conversations.delete': async ({ conversationId }) => {
      if (writable().turns.isRunning(conversationId)) throw fail('turn.running')
      await write().trashConversation({ conversationId, deletedAt: now() })
      return saying(changed, null)
    },
    'conversations.restore': async ({ conversationId }) =>
      saying(changed, summary(await write().trashConversation({ conversationId, deletedAt: null }))),
    'conversations.deleteMany': async ({ conversationIds }) => {
      const { turns } = writable()
      const running = conversationIds.filter((id) => turns.isRunning(id))
      const deleted = conversationIds.filter((id) => !running.includes(id))
      await write().trashConversations({ conversationIds: deleted, deletedAt: now() })
      return saying(changed, { deleted, running })
    },
    'conversations.restoreMany': async ({ conversationIds }) => {
      await write().trashConversations({ conversationIds, deletedAt: null })
      return saying(changed, null)
    },
    'conversations.trash': async () => (await read().listTrash()).map(summary),
    'conversations.purge': async ({ conversationIds }) => {
      const { store, documents } = writable()
      const purged = await purge(store, { conversationIds, before: Number.MAX_SAFE_INTEGER, at: now() })
      recovery.forgetInBackups()
      await documents.collector.run()
      return saying(changed, { purged })
    },
    'conversations.show': async ({ messageId }) =>
      saying({ name: 'conversation.changed', conversationId: await show(messageId) }, null),
    'conversations.search': ({ query }) => workspace().store.maintainLatest('search', 'search', { query, limit: 50 }),
    'conversations.export': (input) => read().exportChunk(input),
    'drafts.save': async (input) => {
      await write().saveDraft({ ...input, at: now() })
      return null
    },
  }
}
