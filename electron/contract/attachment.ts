import { z } from 'zod'
import type { AttachmentId, ConversationId, MessageId } from './ids.ts'
import type { NanoUsd } from './money.ts'

/** What a file is, by its content; its name decides nothing. `link` is an image on the web, which the provider fetches. */
export const documentKinds = [
  'pdf',
  'png',
  'jpeg',
  'gif',
  'webp',
  'avif',
  'bmp',
  'svg',
  'docx',
  'xlsx',
  'pptx',
  'odt',
  'ods',
  'odp',
  'epub',
  'html',
  'csv',
  'text',
  'link',
] as const
export type DocumentKind = (typeof documentKinds)[number]

/** The longest page number anything may name. */
export const highestPage = 100_000

const pageNumber = z.int().min(1).max(highestPage)
const pageNumbers = z.array(pageNumber).min(1).max(2_000)
/** Pages from one to another, both included. */
const pageRange = z.strictObject({ from: pageNumber, to: pageNumber }).refine(({ from, to }) => from <= to)
const pageRanges = z.array(pageRange).min(1).max(100)

const pageResolutions = ['small', 'normal', 'large'] as const
const imageSizes = ['original', 'balanced', 'small'] as const
const imageDetails = ['auto', 'low', 'high'] as const

/** Which pages are sent: all, some, or those that matter for the question, found when it is sent. */
const chosenPages = z.union([
  z.literal('all'),
  z.strictObject({ ranges: pageRanges }),
  z.strictObject({
    /** How many tokens the pages may take. */
    budgetTokens: z.int().min(100).max(1_000_000),
    /** What the person added to them or took out. */
    added: pageNumbers.optional(),
    removed: pageNumbers.optional(),
    /** Only on what was sent: the pages that were found, the person's choice included. */
    found: z.array(pageNumber).max(2_000).optional(),
  }),
])

/** How an attachment is sent. */
export const attachmentMode = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), pages: chosenPages }),
  z.strictObject({
    kind: z.literal('page-images'),
    pages: z.union([z.literal('all'), z.strictObject({ ranges: pageRanges })]),
    resolution: z.enum(pageResolutions),
  }),
  /** The PDF itself. */
  z.strictObject({ kind: z.literal('file') }),
  z.strictObject({ kind: z.literal('image'), size: z.enum(imageSizes), detail: z.enum(imageDetails) }),
  z.strictObject({ kind: z.literal('off') }),
])
export type AttachmentMode = z.output<typeof attachmentMode>

/** Something that the page makes of a file, beside its text. Images: PNG, JPEG or WEBP. */
export const derivativeKey = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('thumbnail') }),
  /** The image scaled down; `original`: as it is, but in a form the provider takes. */
  z.strictObject({ kind: z.literal('image'), size: z.enum(imageSizes) }),
  z.strictObject({ kind: z.literal('page-image'), page: pageNumber, resolution: z.enum(pageResolutions) }),
])
export type DerivativeKey = z.output<typeof derivativeKey>

/** Why nothing, or not everything, could be read out of a file. */
const extractionProblems = ['encrypted', 'no-text', 'unreadable', 'too-slow', 'too-large'] as const

/** What reading a file has given. */
export const extractionReport = z.strictObject({
  pageCount: z.int().min(0).max(highestPage),
  problem: z.enum(extractionProblems).nullable(),
  /** Which reader, and which version of it. */
  reader: z.string().min(1).max(100),
})
export type ExtractionReport = z.output<typeof extractionReport>

/** What a mode needs and is not there yet. */
export type Missing = { kind: 'text' } | DerivativeKey

/** A file or an image of a conversation. */
export interface Attachment {
  id: AttachmentId
  conversationId: ConversationId
  /** As the person's system named it, made harmless; never a path. */
  name: string
  kind: DocumentKind
  mediaType: string
  /** `null` for a link. */
  sizeBytes: number | null
  /** Only for a link. */
  url: string | null
  /** SHA-256 of the bytes: the same file has the same; `null` for a link. */
  hash: string | null
  width: number | null
  height: number | null
  /** `null`: not read yet. */
  report: ExtractionReport | null
  /** UTF-8 bytes of all text that was read out of it. */
  textBytes: number
  createdAt: number
}

/** An attachment in its place, with how it is sent. */
export interface PlacedAttachment extends Attachment {
  mode: AttachmentMode
  /** Everything its mode needs is stored: it can be sent. */
  isReady: boolean
  /** What the page still has to make; at most 50 of it. */
  missing: Missing[]
  /** The kinds of mode that this file can have. */
  modes: AttachmentMode['kind'][]
}

/** Where a file of a conversation is used. */
export interface ListedAttachment extends Attachment {
  isInDraft: boolean
  messageIds: MessageId[]
}

/** A page chosen for a question, and why. */
export interface RelevantPage {
  number: number
  /** Estimated. */
  tokens: number
  /** What it has in common with the question, in the question's own words, the most telling first. */
  terms: string[]
  /** The text around the best of them, in runs. */
  snippet: { text: string; isMatch: boolean }[]
}

/** An attachment as a part of prompts. */
export interface AttachmentPrice {
  attachmentId: AttachmentId
  name: string
  mode: AttachmentMode
  tokens: number
  /** The provider counted them, for this very content in this mode; otherwise they are estimated. */
  isMeasured: boolean
  /** What it adds to a turn; `null`: unpriced. */
  nanoUsd: NanoUsd | null
}

/** Bounds on what is taken in and sent. A person may change them. */
export const documentLimits = z.strictObject({
  /** Files in one message. */
  count: z.int().min(1).max(100),
  /** Of one file. */
  bytes: z.int().min(1_024).max(1_073_741_824),
  pages: z.int().min(1).max(highestPage),
  /** Of one image. */
  pixels: z.int().min(10_000).max(1_000_000_000),
  /** Of one request as it is sent. */
  requestBytes: z.int().min(65_536).max(536_870_912),
})
export type DocumentLimits = z.output<typeof documentLimits>

/** What nobody has changed yet. */
export const defaultDocumentLimits: DocumentLimits = {
  count: 20,
  bytes: 100_000_000,
  pages: 2_000,
  pixels: 100_000_000,
  requestBytes: 32_000_000,
}

/** Kinds that are known and not taken; each has its own advice. */
export const refusedKinds = [
  'heic',
  'tiff',
  'old-office',
  'rtf',
  'archive',
  'program',
  'audio',
  'video',
  'unknown',
] as const
export type RefusedKind = (typeof refusedKinds)[number]

/** Why a file was not taken or cannot be sent: which file, which limit, and so what to do. */
export type DocumentRefusal =
  | { reason: 'kind'; name: string; kind: RefusedKind }
  | { reason: 'empty' | 'not-a-file' | 'changed' | 'unreadable-image' | 'damaged'; name: string }
  | { reason: 'bytes' | 'pages' | 'pixels'; name: string; given: number; limit: number }
  | { reason: 'count'; name: string; limit: number }
  | { reason: 'not-ready'; name: string; isUnreadable: boolean }
  | { reason: 'mode'; name: string }
