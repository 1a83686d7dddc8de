import { z } from 'zod'

declare const brand: unique symbol

/** A string that only the code that made it may call an `Id<Name>`. */
export type Id<Name extends string> = string & { readonly [brand]: Name }

export type ConversationId = Id<'conversation'>
export type MessageId = Id<'message'>
export type TurnId = Id<'turn'>
/** Also the `X-Client-Request-Id` of the physical request. */
export type AttemptId = Id<'attempt'>
export type AttachmentId = Id<'attachment'>
/** A file on its way in. */
export type UploadId = Id<'upload'>
/** A file that the person chose in a window of the system; what it stands for is known to main only. */
export type GrantId = Id<'grant'>

const idSchema = <Name extends string>() => z.uuid().transform((text) => text as Id<Name>)

export const conversationId = idSchema<'conversation'>()
export const messageId = idSchema<'message'>()
export const turnId = idSchema<'turn'>()
export const attemptId = idSchema<'attempt'>()
export const attachmentId = idSchema<'attachment'>()
export const uploadId = idSchema<'upload'>()
export const grantId = idSchema<'grant'>()
