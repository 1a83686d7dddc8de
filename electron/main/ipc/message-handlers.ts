import type { HandlersFor } from '../../contract/registry.ts'
import type { messageRoutes } from '../../contract/routes/messages.ts'
import type { parameterRoutes } from '../../contract/routes/parameters.ts'
import { settableFields } from '../api/request-fields.ts'
import { parseParameters } from '../chat/prompt.ts'
import type { Access } from './access.ts'
import type { HandlerDeps } from './handlers.ts'

type Names = keyof typeof messageRoutes | keyof typeof parameterRoutes

/** What is done to single messages, and what of a request a conversation decides. */
export function createMessageHandlers(
  { read, write, writable, saying, truth, branch, show }: Access,
  { workspace, now }: Pick<HandlerDeps, 'workspace' | 'now'>,
): HandlersFor<Names> {
  const changed = ({ conversationId }: { conversationId: Parameters<typeof branch>[0] }) =>
    ({ name: 'conversation.changed', conversationId }) as const

  return {
    'messages.revise': async (input) => {
      const message = await write().reviseMessage({ ...input, at: now() })
      return saying(changed(message), truth(message))
    },
    'messages.revisions': (input) => read().listRevisions(input),
    'messages.showRevision': async (input) => {
      const message = await write().showRevision(input)
      return saying(changed(message), truth(message))
    },
    'messages.delete': async (input) => {
      const deletion = await write().hideMessage(input)
      saying(changed(await read().getMessage(input)), null)
      return saying({ name: 'conversations.changed' }, deletion)
    },
    'messages.restore': async ({ messageId, showing = null }) => {
      const message = await write().unhideMessage({ messageId, showing })
      saying(changed(message), null)
      return saying({ name: 'conversations.changed' }, truth(message))
    },
    'conversations.around': async ({ messageId }) => {
      const { conversationId, isShown } = await read().placeOf({ messageId })
      if (!isShown || workspace().isReadOnly) saying(changed({ conversationId: await show(messageId) }), null)
      return { conversationId, ...(await branch(conversationId, { kind: 'around', messageId })) }
    },
    'messages.find': (input) => workspace().store.maintainLatest('find', 'findInBranch', input),

    'request.fields': () => settableFields,
    'conversations.settings': (input) => read().readParameters(input),
    'conversations.configure': async ({ conversationId, parameters }) => {
      parseParameters(parameters)
      await write().writeParameters({ conversationId, parameters })
      return saying(changed({ conversationId }), null)
    },
    'settings.defaults': () => ({ parameters: workspace().preferences.current().chatDefaults }),
    'settings.setDefaults': async ({ parameters }) => {
      parseParameters(parameters)
      await writable().preferences.set({ chatDefaults: parameters })
      return null
    },
  }
}
