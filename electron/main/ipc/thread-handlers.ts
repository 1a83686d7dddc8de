import { fail } from '../../contract/errors.ts'
import type { HandlersFor } from '../../contract/registry.ts'
import type { exportRoutes } from '../../contract/routes/export.ts'
import type { messageRoutes } from '../../contract/routes/messages.ts'
import type { parameterRoutes } from '../../contract/routes/parameters.ts'
import type { trashRoutes } from '../../contract/routes/trash.ts'

type ThreadRoutes = typeof messageRoutes & typeof parameterRoutes & typeof trashRoutes & typeof exportRoutes

const refuse = () => {
  throw fail('route.unknown')
}

/** The routes of a thread that are declared and not answered yet. */
export function createThreadHandlers(): Omit<HandlersFor<keyof ThreadRoutes>, 'conversations.configure'> {
  return {
    'messages.revise': refuse,
    'messages.revisions': refuse,
    'messages.showRevision': refuse,
    'messages.delete': refuse,
    'messages.restore': refuse,
    'messages.find': refuse,
    'conversations.around': refuse,
    'request.fields': refuse,
    'conversations.settings': refuse,
    'settings.defaults': refuse,
    'settings.setDefaults': refuse,
    'conversations.deleteMany': refuse,
    'conversations.restoreMany': refuse,
    'conversations.trash': refuse,
    'conversations.purge': refuse,
    'conversations.export': refuse,
  }
}
