import type { AttachmentMode, AttachmentPrice } from '../../contract/attachment.ts'
import { addFeatures, estimateTokens, textFeatures, type Estimator, type Features } from '../core/estimate.ts'
import { promptParts } from '../core/prompt-parts.ts'
import { fileBound, tokensPerImage, utf8Bytes } from '../core/upper-bound.ts'
import type { SentAttachment } from '../store/sent-attachments.ts'

/** What one attachment takes in a prompt. */
interface Weight {
  attachmentId: AttachmentPrice['attachmentId']
  name: string
  mode: AttachmentMode
  content: string
  /** Tokens that no text stands for: as counted before, or of images and files as they are assumed. */
  fixedTokens: number
  /** The text that is estimated; `null`: none, or it was counted before. */
  found: Features | null
  isMeasured: boolean
  imageCount: number
}

/** What one message takes in a prompt, with its attachments. */
export interface MessageWeight {
  /** Of its own text and of what belongs to no attachment alone. */
  own: Features
  attachments: Weight[]
  /** UTF-8 bytes of all texts that are sent. */
  bytes: number
  imageCount: number
  /** The most its files count, as measured before; `null`: not bounded. */
  fileTokens: number | null
}

/** Weighs a message. */
export function weighMessage(text: string, attachments: readonly SentAttachment[]): MessageWeight {
  const own = textFeatures(text)
  const sent = attachments.filter(({ mode }) => mode.kind !== 'off')
  if (sent.length === 0)
    return { own, attachments: attachments.map(weigh), bytes: utf8Bytes(text), imageCount: 0, fileTokens: 0 }
  const texts = promptParts(text, sent).map((part) => (part.kind === 'text' ? part.text : ''))
  return {
    own,
    attachments: attachments.map(weigh),
    bytes: texts.reduce((sum, each) => sum + utf8Bytes(each), 0),
    imageCount: sent.reduce((sum, { imageCount }) => sum + imageCount, 0),
    fileTokens: fileBound(sent),
  }
}

function weigh(attachment: SentAttachment): Weight {
  const { attachmentId, name, mode, content, imageCount, pageCount, measuredTokens } = attachment
  const base = { attachmentId, name, mode, content, imageCount, isMeasured: measuredTokens !== null }
  if (mode.kind === 'off') return { ...base, isMeasured: false, fixedTokens: 0, found: null }
  if (measuredTokens !== null) return { ...base, fixedTokens: measuredTokens, found: null }
  if (mode.kind === 'text') {
    const text = promptParts('', [attachment]).map((part) => (part.kind === 'text' ? part.text : ''))
    return { ...base, fixedTokens: 0, found: asPartOfMessage(textFeatures(text.join('\n'))) }
  }
  const assumed = mode.kind === 'file' ? Math.max(1, pageCount) : imageCount
  return { ...base, fixedTokens: assumed * tokensPerImage, found: null }
}

/** It adds no message of its own. */
const asPartOfMessage = (found: Features) => found.map((value, place) => (place === 5 ? 0 : value))

/** All that is estimated of a message. */
export function featuresOf({ own, attachments }: MessageWeight): Features {
  const parts = attachments.map(({ found }) => found).filter((found) => found !== null)
  return parts.length === 0 ? own : addFeatures([own, ...parts], false)
}

/** All that is not estimated from text. */
export const fixedOf = ({ attachments }: MessageWeight): number =>
  attachments.reduce((sum, { fixedTokens }) => sum + fixedTokens, 0)

/** What a message takes. Tokens, not rounded. */
export const tokensOf = (estimator: Estimator, weight: MessageWeight): number =>
  fixedOf(weight) + estimateTokens(estimator, featuresOf(weight))

/** Each attachment of a message with what it takes and costs at a price of input. */
export function attachmentPrices(
  estimator: Estimator,
  { attachments }: MessageWeight,
  inputNanoUsdPerMTok: number | null,
): AttachmentPrice[] {
  return attachments.map(({ attachmentId, name, mode, fixedTokens, found, isMeasured }) => {
    const tokens = Math.round(fixedTokens + (found ? estimateTokens(estimator, found) : 0))
    const nanoUsd = inputNanoUsdPerMTok === null ? null : Math.round((tokens * inputNanoUsdPerMTok) / 1_000_000)
    return { attachmentId, name, mode, tokens, isMeasured, nanoUsd }
  })
}

/** What the provider counted for one content in one mode. */
export interface Measure {
  content: string
  mode: AttachmentMode
  tokens: number
}

/**
 * What attachments that were never counted took of a prompt that was: the difference between its count and the rest. Only
 * where it belongs to one of them, or to images alone, which share it by their number.
 */
export function measuresFrom(fresh: readonly Weight[], differenceTokens: number): Measure[] {
  const [first] = fresh
  if (!first || differenceTokens < 0) return []
  const tokens = Math.round(differenceTokens)
  if (fresh.length === 1) return [{ content: first.content, mode: first.mode, tokens }]
  const images = fresh.reduce((sum, { imageCount }) => sum + imageCount, 0)
  if (fresh.some(({ imageCount }) => imageCount === 0)) return []
  return fresh.map(({ content, mode, imageCount }) => ({
    content,
    mode,
    tokens: Math.round((tokens * imageCount) / images),
  }))
}

/** Attachments of messages that are sent and were never counted. */
export const freshOf = (weights: readonly MessageWeight[]): Weight[] =>
  weights.flatMap(({ attachments }) => attachments.filter(({ mode, isMeasured }) => mode.kind !== 'off' && !isMeasured))
