import { z } from 'zod'
import { conversationId, messageId, type MessageId } from '../ids.ts'
import { returns, route } from '../route.ts'

/** Where an export goes on. Made by main, handed back unread. */
export interface ExportCursor {
  leafId: MessageId | null
  place: number
  offset: number
}

/** A piece of an exported conversation: put together in order, they are the file. */
export interface ExportChunk {
  /** At most 1 MiB of UTF-8. */
  text: string
  /** `null`: this was the last piece. */
  next: ExportCursor | null
  /** What the file may be called, with its ending. */
  fileName: string
}

export const exportRoutes = {
  /**
   * One conversation as a file. `markdown`: the shown branch, to be read. `json`: every message on every branch with its
   * wordings and costs; what was deleted is left out. Begins without `cursor`.
   */
  'conversations.export': route({
    input: z.strictObject({
      conversationId,
      format: z.enum(['markdown', 'json']),
      cursor: z
        .strictObject({ leafId: messageId.nullable(), place: z.int().min(0), offset: z.int().min(0) })
        .nullable(),
    }),
    output: returns<ExportChunk>(),
  }),
}
