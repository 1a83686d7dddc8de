import type { ConversationId, MessageId } from '../../../electron/contract/ids.ts'

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
  /** Everything that the books answer. */
  spends: ['spend'] as const,
  books: (question: string, input: object) => ['spend', question, input] as const,
  estimate: (id: ConversationId, act?: string, messageId?: MessageId) => ['estimate', id, act, messageId] as const,
  estimates: (id: ConversationId) => ['estimate', id] as const,
  allEstimates: ['estimate'] as const,
  estimator: ['estimator'] as const,
  context: (id: ConversationId) => ['context', id] as const,
  contexts: ['context'] as const,
  budgets: ['budgets'] as const,
  budgetStatus: (id: ConversationId | null) => ['budgets', 'status', id] as const,
  notices: ['budgets', 'notices'] as const,
  prices: ['prices'] as const,
  priceHistory: ['prices', 'history'] as const,
}
