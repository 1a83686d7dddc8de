import type { ConversationId } from '../../../electron/contract/ids.ts'

/** The names under which answers of main are kept. */
export const keys = {
  app: ['app'] as const,
  about: ['about'] as const,
  store: ['store'] as const,
  conversations: ['conversations'] as const,
  thread: (id: ConversationId) => ['thread', id] as const,
  fields: ['fields'] as const,
  parameters: (id: ConversationId) => ['parameters', id] as const,
  trash: ['trash'] as const,
  find: (id: ConversationId, query: string) => ['find', id, query] as const,
  search: (query: string) => ['search', query] as const,
  searches: ['search'] as const,
  spend: (id: ConversationId | null) => ['spend', id] as const,
  spends: ['spend'] as const,
}
