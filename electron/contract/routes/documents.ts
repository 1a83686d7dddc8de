import { z } from 'zod'
import {
  attachmentMode,
  derivativeKey,
  documentLimits,
  extractionReport,
  highestPage,
  type Attachment,
  type DocumentKind,
  type DocumentLimits,
  type ListedAttachment,
  type PlacedAttachment,
  type RelevantPage,
} from '../attachment.ts'
import { attachmentId, conversationId, grantId, messageId, uploadId, type GrantId, type UploadId } from '../ids.ts'
import { limits } from '../limits.ts'
import { returns, route } from '../route.ts'

/** A file that the person chose outside the page. It can be taken once, within an hour. */
export interface Grant {
  grantId: GrantId
  name: string
  sizeBytes: number
}

/** A piece of a file. `next` is where the following one begins; `null`: this was the last. */
export interface FilePiece {
  bytes: Uint8Array
  mediaType: string
  sizeBytes: number
  next: number | null
}

/** What files take on the disk. Bytes count once, however often a file is used. */
export interface DocumentStorage {
  kinds: { kind: DocumentKind; count: number; bytes: number }[]
  /** What was made of files: images of pages, smaller images, thumbnails. */
  derivedBytes: number
  textBytes: number
  /** What nothing uses any more and cleaning would free. */
  unusedBytes: number
}

/** One page of text, as it would be sent. */
export interface PageText {
  number: number
  text: string
}

const inDraft = z.strictObject({ conversationId, attachmentId })
const one = z.strictObject({ attachmentId })
const piece = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.byteLength > 0 && value.byteLength <= limits.chunkBytes,
  'at most 1 MiB of bytes',
)
const number = z.int().min(1).max(highestPage)
const offset = z.int().min(0)

/**
 * Files on their way in, in the draft, in the conversation, and out again. A call or an answer carries bytes in `bytes`
 * only, never as text.
 */
export const documentRoutes = {
  /**
   * Opens a way in for one file (of a draft, or something made of an attachment). Nothing is kept before `documents.finish`;
   * one that nothing arrives for is forgotten after 10 minutes. Fails with `document.refused`, `document.too-many-uploads`.
   */
  'documents.begin': route({
    input: z.strictObject({
      target: z.union([
        z.strictObject({ conversationId, name: z.string().max(4_096) }),
        z.strictObject({ attachmentId, derivative: derivativeKey }),
      ]),
      sizeBytes: z.int().min(0),
    }),
    output: returns<{ uploadId: UploadId }>(),
  }),
  /**
   * The next piece. `offset` is how much came before it: anything else fails with `document.not-in-order` and changes
   * nothing, and so does a piece for a way in that has ended. The same last piece again is the same piece.
   */
  'documents.chunk': route({
    input: z.strictObject({
      uploadId,
      offset,
      bytes: piece,
    }),
    output: returns<{ receivedBytes: number }>(),
  }),
  /**
   * Keeps what came: for a draft as its last attachment, for a derivative beside the file it was made of. Fails with
   * `document.refused` when it is not what was announced, or not of a kind that is taken. Ends the way in, whatever happens.
   */
  'documents.finish': route({ input: z.strictObject({ uploadId }), output: returns<Attachment>() }),
  /** Forgets a file on its way in, also one that `documents.take` is reading. */
  'documents.cancel': route({ input: z.strictObject({ uploadId }), output: returns<null>() }),
  /**
   * Lets the person choose files in a window of the system. `null`: this shell has none, and the page asks with its own.
   */
  'documents.pick': route({ input: z.strictObject({}), output: returns<{ grants: Grant[] } | null>() }),
  /** Reads a chosen file into the draft; `upload.progressed` tells how far it is. Fails with `document.refused`. */
  'documents.take': route({
    input: z.strictObject({ conversationId, grantId, uploadId }),
    output: returns<Attachment>(),
  }),
  /** An image on the web, by its https address. Parley does not open it: the provider does, when it is sent. */
  'documents.link': route({
    input: z.strictObject({ conversationId, url: z.string().max(limits.urlChars) }),
    output: returns<Attachment>(),
  }),
  /** What the draft of a conversation has, in order. */
  'documents.draft': route({ input: z.strictObject({ conversationId }), output: returns<PlacedAttachment[]>() }),
  /** Attachments of messages, each in order, as they are sent from now on. Those that are not there have none. */
  'documents.ofMessages': route({
    input: z.strictObject({ messageIds: z.array(messageId).min(1).max(limits.pageMessages) }),
    output: returns<{ messageId: string; attachments: PlacedAttachment[] }[]>(),
  }),
  /** Puts a file of this conversation into its draft again, as the last. Once in a draft, it stays where it is. */
  'documents.attach': route({ input: inDraft, output: returns<PlacedAttachment[]>() }),
  /** Takes it out of the draft. Until it is cleaned away a day later, `documents.restore` puts it back. */
  'documents.remove': route({ input: inDraft, output: returns<PlacedAttachment[]>() }),
  'documents.restore': route({
    input: inDraft.extend({ position: z.int().min(0).max(1_000) }),
    output: returns<PlacedAttachment[]>(),
  }),
  /** Gives the draft's attachments this order; those not named follow in the order they had. */
  'documents.reorder': route({
    input: z.strictObject({ conversationId, attachmentIds: z.array(attachmentId).max(1_000) }),
    output: returns<PlacedAttachment[]>(),
  }),
  /** How it is sent with this draft. Fails with `document.refused` for a mode that its kind does not have. */
  'documents.setMode': route({
    input: inDraft.extend({ mode: attachmentMode }),
    output: returns<PlacedAttachment[]>(),
  }),
  /** How it is sent in all later turns of the conversation; what was sent stays recorded as it was. */
  'documents.setSentMode': route({
    input: z.strictObject({ messageId, attachmentId, mode: attachmentMode }),
    output: returns<null>(),
  }),
  /**
   * Text read out of a file, page by page, in any order; at most 1 MiB of it in one call. `isFirst` forgets what was read before.
   * It counts once `documents.reported` has come.
   */
  'documents.addPages': route({
    input: z.strictObject({
      attachmentId,
      isFirst: z.boolean(),
      pages: z
        .array(z.strictObject({ number, text: z.string().max(limits.pageChars) }))
        .min(1)
        .max(500),
    }),
    output: returns<null>(),
  }),
  /** How reading a file ended. Fails with `document.refused` for more pages than the limit, or fewer than reported. */
  'documents.reported': route({
    input: z.strictObject({ attachmentId, report: extractionReport }),
    output: returns<Attachment>(),
  }),
  /** The text of pages from `from` on, as much of it as goes into one answer. */
  'documents.pages': route({
    input: z.strictObject({ attachmentId, from: number }),
    output: returns<{ pages: PageText[]; next: number | null }>(),
  }),
  /** The pages of a document that a question is about, best first within `budgetTokens`, given in page order. */
  'documents.relevantPages': route({
    input: z.strictObject({
      attachmentId,
      question: z.string().max(limits.messageChars),
      budgetTokens: z.int().min(100).max(1_000_000),
    }),
    output: returns<{ pages: RelevantPage[]; tokens: number; allTokens: number }>(),
  }),
  /** A piece of a file, or of something made of it, at most 1 MiB. Its bytes are what was taken in, or it fails. */
  'documents.read': route({
    input: z.strictObject({ attachmentId, derivative: derivativeKey.nullable(), offset }),
    output: returns<FilePiece>(),
  }),
  /** Saves a file where the person says in a window of the system. `null`: this shell has none, and the page saves it. */
  'documents.save': route({ input: one, output: returns<{ isSaved: boolean } | null>() }),
  /** Every file of a conversation, newest first. */
  'documents.list': route({ input: z.strictObject({ conversationId }), output: returns<ListedAttachment[]>() }),
  'documents.storage': route({ input: z.strictObject({}), output: returns<DocumentStorage>() }),
  /** Removes what nothing uses any more; gives the bytes freed. What a backup needs stays. */
  'documents.clean': route({ input: z.strictObject({}), output: returns<{ freedBytes: number }>() }),
  'documents.limits': route({ input: z.strictObject({}), output: returns<DocumentLimits>() }),
  'documents.setLimits': route({ input: documentLimits.partial(), output: returns<DocumentLimits>() }),
}
