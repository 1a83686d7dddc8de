import type { AttachmentMode } from '../../contract/attachment.ts'
import { fail } from '../../contract/errors.ts'
import type { MessageId } from '../../contract/ids.ts'
import { limits } from '../../contract/limits.ts'
import { isOfTheTurn, systemRange } from '../api/request-fields.ts'
import { model } from '../core/origin.ts'
import type { ByteSource } from '../api/byte-source.ts'
import { parseChatRequest, type ChatRequest } from '../api/request.ts'
import { promptParts } from '../core/prompt-parts.ts'
import { fileBound, utf8Bytes, type RequestSize } from '../core/upper-bound.ts'
import type { BlobRef } from '../store/blobs.ts'
import type { SentMessage } from '../store/messages.ts'

/** What a manifest says of one message: which wording, and which attachments in which mode. */
interface SentInManifest {
  messageId: string
  revisionId: string
  attachments?: { attachmentId: string; content: string; mode: AttachmentMode }[]
}

/** Reads stored bytes from their beginning, in pieces of this length. */
export type StreamBytes = (hash: string, pieceBytes: number) => AsyncIterable<Uint8Array>

/** A request as it will be sent, what it was made of, and its size as far as money is concerned. */
export interface Prompt {
  request: ChatRequest
  /** Kept with the attempt: ids and parameters, no text. */
  manifest: {
    messages: SentInManifest[]
    parameters: Record<string, unknown>
    /** Messages of the branch that the person had switched off. */
    leftOut?: string[]
  }
  size: RequestSize
}

/**
 * Builds the request of a turn from the shown branch and the conversation's parameters. Only what differs from the
 * provider's defaults is sent. `defaults` are sent where the conversation says nothing. Throws `request.parameter` naming the field, its range and the value.
 */
export function buildPrompt(
  branch: SentMessage[],
  parameters: Record<string, unknown>,
  defaults: { max_tokens?: number } = {},
  streamBytes: StreamBytes = noBytes,
): Prompt {
  const messages = branch.filter(({ isOff }, place) => !isOff || place === branch.length - 1)
  const leftOut = branch.filter((message) => !messages.includes(message)).map(({ messageId }) => messageId)
  const { system, stream = true, ...rest } = parameters
  const contents = messages.map((message) => contentOf(message, streamBytes))
  const history = messages.map(({ role }, place) => ({ role, content: contents[place]?.content ?? '' }))
  const request = parseChatRequest({
    ...defaults,
    ...rest,
    model,
    messages: typeof system === 'string' && system !== '' ? [{ role: 'system', content: system }, ...history] : history,
    stream,
    ...(stream === true ? { stream_options: { include_usage: true } } : {}),
  })
  const texts = [...contents.flatMap((each) => each.texts), typeof system === 'string' ? system : '']
  const attachments = messages.flatMap((message) => message.attachments)
  return {
    request,
    manifest: {
      messages: messages.map(inManifest),
      parameters,
      ...(leftOut.length === 0 ? {} : { leftOut }),
    },
    size: {
      textBytes: texts.reduce(
        (sum, text) => sum + utf8Bytes(text),
        utf8Bytes(JSON.stringify({ ...rest, max_tokens: undefined })),
      ),
      messageCount: request.messages.length,
      imageCount: attachments.reduce((sum, { images }) => sum + images.length, 0),
      fileTokens: fileBound(attachments),
      maxTokens: request.max_tokens ?? null,
    },
  }
}

/** A message as its text, or, with attachments, as parts; and all the texts that are in it. */
function contentOf({ text, attachments }: SentMessage, streamBytes: StreamBytes) {
  const sent = attachments.filter(({ mode }) => mode.kind !== 'off')
  if (sent.length === 0) return { content: text, texts: [text] }
  const source = ({ hash, sizeBytes, mediaType }: BlobRef): ByteSource => ({
    mediaType,
    sizeBytes,
    read: (pieceBytes) => streamBytes(hash, pieceBytes),
  })
  const parts = promptParts<BlobRef>(text, sent)
  const content = parts.map((part) => {
    if (part.kind === 'text') return { type: 'text', text: part.text }
    if (part.kind === 'file') return { type: 'file', file: { filename: part.name, file_data: source(part.file) } }
    const url = 'url' in part.image ? part.image.url : source(part.image)
    return { type: 'image_url', image_url: { url, ...(part.detail === null ? {} : { detail: part.detail }) } }
  })
  return {
    content,
    texts: parts.map((part) => (part.kind === 'text' ? part.text : part.kind === 'file' ? part.name : '')),
  }
}

function inManifest({ messageId, revisionId, attachments }: SentMessage): SentInManifest {
  if (attachments.length === 0) return { messageId, revisionId }
  return {
    messageId,
    revisionId,
    attachments: attachments.map(({ attachmentId, content, mode }) => ({ attachmentId, content, mode })),
  }
}

function noBytes(): never {
  throw new Error('this prompt was built without a way to stored bytes')
}

/** Checks the parameters of a conversation before they are stored. Throws like `buildPrompt`, also for what a turn decides. */
export function parseParameters(parameters: Record<string, unknown>): void {
  const { system, ...rest } = parameters
  if (system !== undefined && (typeof system !== 'string' || system.length > limits.messageChars))
    throw fail('request.parameter', { field: 'system', range: systemRange, value: String(system).slice(0, 100) })
  const decided = Object.keys(rest).find((name) => isOfTheTurn(name))
  if (decided !== undefined)
    throw fail('request.parameter', { field: decided, range: 'not a setting of a conversation', value: '' })
  buildPrompt(
    [{ messageId: '' as MessageId, revisionId: '', role: 'user', text: 'x', isOff: false, attachments: [] }],
    parameters,
  )
}
