import { z } from 'zod'
import { conversationId } from '../ids.ts'
import { returns, route } from '../route.ts'

/** Request parameters by name, and `system`. What is absent is the provider's to choose. */
export type Parameters = z.output<typeof parameters>

/** One field of a request, as the page offers it: the same list that main validates with. */
export interface RequestField {
  /** As in the request; `system` is sent as the first message. */
  name: string
  /** `texts`: one text, or a list of them. `json`: an object or list, edited as JSON. */
  kind: 'text' | 'texts' | 'number' | 'integer' | 'boolean' | 'choice' | 'json'
  /** What it may be, in English words; the same words that a refusal uses. */
  range: string
  min: number | null
  max: number | null
  /** For `choice`. */
  options: string[]
  /** What the provider uses when it is absent; `null`: not known. */
  providerDefault: number | boolean | string | null
}

const parameters = z.record(z.string().max(64), z.json())

export const parameterRoutes = {
  /** Every field that a conversation may set. */
  'request.fields': route({ input: z.strictObject({}), output: returns<RequestField[]>() }),
  /** What of the request of a conversation differs from the provider's defaults (and `system`). */
  'conversations.settings': route({
    input: z.strictObject({ conversationId }),
    output: returns<{ parameters: Parameters }>(),
  }),
  /** Replaces them all. Fails naming field, range and value. */
  'conversations.configure': route({ input: z.strictObject({ conversationId, parameters }), output: returns<null>() }),
  /** The parameters a new conversation begins with. */
  'settings.defaults': route({ input: z.strictObject({}), output: returns<{ parameters: Parameters }>() }),
  /** Replaces the parameters of new conversations; those that are there keep theirs. Fails like `conversations.configure`. */
  'settings.setDefaults': route({ input: z.strictObject({ parameters }), output: returns<null>() }),
}
