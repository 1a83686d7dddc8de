import { z } from 'zod'
import { attachmentMode, type AttachmentPrice } from '../attachment.ts'
import { attachmentId, conversationId, messageId, type MessageId } from '../ids.ts'
import { limits } from '../limits.ts'
import type { NanoUsd } from '../money.ts'
import { returns, route } from '../route.ts'

/** What sending would take, before it is sent. An estimate; the bill decides. */
export interface Estimate {
  promptTokens: number
  /** How many of them are known from the last bill: only the rest is estimated. */
  knownTokens: number
  /** The estimator's usual error, as a share such as 0.02; `null`: it has no record yet. */
  usualError: number | null
  /** Prompt and a short reply; prompt and a usual reply; the most it can cost. `null`: unpriced. */
  lowNanoUsd: NanoUsd | null
  likelyNanoUsd: NanoUsd | null
  highNanoUsd: NanoUsd | null
  contextTokens: number | null
  /** Share of the context window that the prompt fills; above 1 it does not fit. */
  contextShare: number | null
  /** The most tokens a prompt may have for the longest reply to fit as well. */
  limitTokens: number | null
  /** What the tightest budget leaves; `null`: none applies. */
  leftNanoUsd: NanoUsd | null
  /** What is sent with the draft, in order; of another act, what is sent with its message. */
  attachments: AttachmentPrice[]
}

/** One message of the shown branch as the next prompts have it. */
export interface ContextMessage {
  messageId: MessageId
  role: 'system' | 'user' | 'assistant'
  /** The first words of its text, on one line. */
  beginning: string
  isOff: boolean
  tokens: number
  /** What it adds to every further turn; `null`: unpriced. */
  marginalNanoUsd: NanoUsd | null
  /** What sending it has cost so far, over all attempts it was part of; `null` where one of them had no price. */
  soFarNanoUsd: NanoUsd | null
  sentCount: number
  /** In order, each with what it adds to every further turn; `documents.setSentMode` changes how it is sent. */
  attachments: AttachmentPrice[]
}

export interface ContextView {
  messages: ContextMessage[]
  promptTokens: number
  contextTokens: number | null
}

/** Messages to switch off so that the prompt and the longest reply fit. Only a proposal. */
export interface FitProposal {
  kind: 'fits' | 'proposal' | 'impossible'
  messageIds: MessageId[]
  promptTokens: number
  promptTokensAfter: number
  limitTokens: number | null
}

/** How well the estimator has done. Errors are shares of the real count. */
export interface EstimatorRecord {
  seen: number
  medianErrorFirst: number | null
  medianErrorLater: number | null
  /** Newest last, at most 200. */
  recent: { at: number; estimated: number; actual: number; isFirst: boolean }[]
  /** Characters per token as they stand, by kind. */
  charsPerToken: { prose: number; cyrillic: number; cjk: number; code: number; other: number }
}

const draftText = z.string().max(limits.messageChars)

export const contextRoutes = {
  /** Of a new message at the end of the shown branch; with `of`, of an act on a message, for which only `resend` has a draft. */
  'spend.estimate': route({
    input: z.strictObject({
      conversationId,
      draftText,
      of: z.strictObject({ act: z.enum(['resend', 'retry', 'continue']), messageId }).optional(),
    }),
    output: returns<Estimate>(),
  }),
  /** What an attachment would take in each of these modes, in their order; for pages that matter, with this question. */
  'spend.modes': route({
    input: z.strictObject({ attachmentId, modes: z.array(attachmentMode).min(1).max(10), question: draftText }),
    output: returns<AttachmentPrice[]>(),
  }),
  'spend.estimator': route({ input: z.strictObject({}), output: returns<EstimatorRecord>() }),
  'spend.fit': route({
    input: z.strictObject({ conversationId, draftText, by: z.enum(['oldest', 'dearest']) }),
    output: returns<FitProposal>(),
  }),
  'context.view': route({ input: z.strictObject({ conversationId }), output: returns<ContextView>() }),
  /** Leaves messages out of the next prompts, or takes them in again. The newest message of a prompt is always sent. */
  'context.switch': route({
    input: z.strictObject({ conversationId, messageIds: z.array(messageId).min(1).max(10_000), isOff: z.boolean() }),
    output: returns<null>(),
  }),
}
