import type { NanoUsd } from '../../contract/money.ts'
import type { Price } from '../../contract/price.ts'
import { computeCost } from './money.ts'

/** Tokens that a message adds beside its text: role marks and turn ends (5 each, and 8 for the whole; rounded well up). */
const tokensPerMessage = 16

/** What a request holds as far as its price is concerned. */
export interface RequestSize {
  /** UTF-8 bytes of all texts sent. A token is at least one byte, so bytes bound tokens from above. */
  textBytes: number
  messageCount: number
  /** Images count 1,120 tokens each, the most a host of this model uses. */
  imageCount: number
  /** What files sent as they are count at most, as measured before; `null`: one of them was never measured, so nothing bounds it. */
  fileTokens: number | null
  /** `max_tokens` of the request, or `null` when it was not sent. */
  maxTokens: number | null
}

/** The most a host of this model uses for one image. */
export const tokensPerImage = 1_120

/** The most completion tokens the model gives where neither the request nor the catalogue bounds them. */
const fallbackOutputTokens = 262_144

/** The most a request can cost at a price: what is held before it is sent. `null` when no price is known, or nothing bounds it. */
export function upperBound(size: RequestSize, price: Price | null): NanoUsd | null {
  if (!price || size.fileTokens === null) return null
  const promptTokens =
    size.textBytes + (size.messageCount + 1) * tokensPerMessage + size.imageCount * tokensPerImage + size.fileTokens
  return computeCost(
    { promptTokens, completionTokens: outputBound(size.maxTokens, price), reasoningTokens: null, cachedTokens: 0 },
    price,
  )
}

/** The most completion tokens a request can produce. */
export function outputBound(maxTokens: number | null, price: Price): number {
  return Math.min(maxTokens ?? Infinity, price.maxOutputTokens ?? price.contextTokens ?? fallbackOutputTokens)
}

/** What files sent as they are count at most: as before and a tenth more. `null`: one was never measured, so nothing bounds it. */
export function fileBound(attachments: readonly { file: unknown; measuredTokens: number | null }[]): number | null {
  let sum = 0
  for (const { file, measuredTokens } of attachments) {
    if (file === null) continue
    if (measuredTokens === null) return null
    sum += Math.ceil(measuredTokens * 1.1)
  }
  return sum
}

/** UTF-8 length of a text, counted without encoding it. */
export function utf8Bytes(text: string): number {
  let bytes = 0
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(place + 1) & 0xfc00) === 0xdc00) {
      bytes += 4
      place++
    } else bytes += 3
  }
  return bytes
}
