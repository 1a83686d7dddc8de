import { z } from 'zod'

/** Placeholder schema, completed next. */
export const chatRequestSchema = z.strictObject({
  model: z.string(),
  messages: z.array(z.strictObject({ role: z.literal('user'), content: z.string() })),
})

/** The body of a chat request. */
export type ChatRequest = z.infer<typeof chatRequestSchema>
