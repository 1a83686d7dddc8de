import { useQuery } from '@tanstack/react-query'
import type { Failure } from '../../../electron/contract/errors.ts'
import type { ConversationId } from '../../../electron/contract/ids.ts'
import type { Parameters } from '../../../electron/contract/routes/parameters.ts'
import { ask, call } from '../ipc/call.ts'
import { keys } from './keys.ts'
import { queryClient } from './query-client.ts'

/** Every field that a conversation may set. */
export const useRequestFields = () => useQuery({ queryKey: keys.fields, queryFn: () => ask('request.fields', {}) })

/** What of the request of a conversation differs from the provider's defaults. */
export const useParameters = (conversationId: ConversationId) =>
  useQuery({
    queryKey: keys.parameters(conversationId),
    queryFn: async () => (await ask('conversations.settings', { conversationId })).parameters,
    gcTime: 0,
  })

/** One change after the other: each begins with what the one before left. */
let changing: Promise<unknown> = Promise.resolve()

/** Changes what is set. Gives the failure, or `null` once it is kept. */
export function changeParameters(
  conversationId: ConversationId,
  change: (now: Parameters) => Parameters,
): Promise<Failure | null> {
  const work = changing.then(async () => {
    const parameters = change(queryClient.getQueryData<Parameters>(keys.parameters(conversationId)) ?? {})
    const result = await call('conversations.configure', { conversationId, parameters })
    if (!result.ok) return result.failure
    queryClient.setQueryData(keys.parameters(conversationId), parameters)
    return null
  })
  changing = work
  return work
}

/** New conversations begin with these. Gives the failure, or `null`. */
export async function setDefaultParameters(parameters: Parameters): Promise<Failure | null> {
  const result = await call('settings.setDefaults', { parameters })
  return result.ok ? null : result.failure
}
