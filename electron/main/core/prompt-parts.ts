import type { AttachmentMode } from '../../contract/attachment.ts'

/** What of an attachment goes into a message. `Bytes` stands for stored bytes. */
export interface PromptAttachment<Bytes> {
  name: string
  mode: AttachmentMode
  pageCount: number
  pages: readonly { number: number; text: string }[]
  images: readonly (Bytes | { url: string })[]
  file: Bytes | null
}

/** A part of a message, in the order of the request. */
export type PromptPart<Bytes> =
  | { kind: 'image'; image: Bytes | { url: string }; detail: 'auto' | 'low' | 'high' | null }
  | { kind: 'file'; file: Bytes; name: string }
  | { kind: 'text'; text: string }

/**
 * A message with attachments as parts: images, files, then texts, the person's own last. A line before the texts says which
 * image is what, as images have no names of their own.
 */
export function promptParts<Bytes>(text: string, attachments: readonly PromptAttachment<Bytes>[]): PromptPart<Bytes>[] {
  const images: PromptPart<Bytes>[] = []
  const files: PromptPart<Bytes>[] = []
  const texts: PromptPart<Bytes>[] = []
  const labels: string[] = []
  for (const { name, mode, pageCount, pages, images: own, file } of attachments) {
    const detail = mode.kind === 'image' ? mode.detail : null
    for (const image of own) images.push({ kind: 'image', image, detail })
    if (own.length > 0) labels.push(mode.kind === 'page-images' ? `${pagesOf(mode, own.length)} of ${name}` : name)
    if (file !== null) files.push({ kind: 'file', file, name })
    if (mode.kind === 'text') texts.push({ kind: 'text', text: documentText(name, pages, pageCount) })
  }
  if (labels.length > 0) texts.unshift({ kind: 'text', text: `[Images, in this order: ${labels.join('; ')}]` })
  if (text !== '') texts.push({ kind: 'text', text })
  return [...images, ...files, ...texts]
}

function pagesOf(mode: Extract<AttachmentMode, { kind: 'page-images' }>, count: number): string {
  if (mode.pages === 'all') return count === 1 ? 'page 1' : `pages 1–${count}`
  const ranges = mode.pages.ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`))
  return `${count === 1 ? 'page' : 'pages'} ${ranges.join(', ')}`
}

/** The pages of a document, each under its number, so that a reply can name it. */
function documentText(name: string, pages: PromptAttachment<unknown>['pages'], pageCount: number): string {
  if (pageCount <= 1) return `[File: ${name}]\n\n${pages[0]?.text ?? ''}\n\n[End of ${name}]`
  const which = pages.length === pageCount ? `${pageCount} pages` : `${pages.length} of ${pageCount} pages`
  const texts = pages.map(({ number, text }) => `[Page ${number}]\n${text}`)
  return `[File: ${name}, ${which}]\n\n${texts.join('\n\n')}\n\n[End of ${name}]`
}
