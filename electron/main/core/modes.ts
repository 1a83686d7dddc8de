import type {
  AttachmentMode,
  DerivativeKey,
  DocumentKind,
  ExtractionReport,
  Missing,
} from '../../contract/attachment.ts'
import { isImage, isSendableImage } from './kinds.ts'

/** What is known of a file when its modes are decided. */
export interface ModeGround {
  kind: DocumentKind
  /** `null`: its text has not been read yet. */
  report: ExtractionReport | null
}

/** The kinds of mode that a file can have, the usual one first. */
export function modesOf({ kind, report }: ModeGround): AttachmentMode['kind'][] {
  if (isImage(kind)) return ['image', 'off']
  if (kind !== 'pdf') return ['text', 'off']
  const isScan = report?.problem === 'no-text'
  return isScan ? ['page-images', 'file', 'text', 'off'] : ['text', 'page-images', 'file', 'off']
}

/** How a file is sent when nobody has decided: its text whole, a scan as images of its pages, an image balanced. */
export function usualMode({ kind, report }: ModeGround): AttachmentMode {
  if (kind === 'link' || kind === 'gif') return { kind: 'image', size: 'original', detail: 'auto' }
  if (isImage(kind)) return { kind: 'image', size: 'balanced', detail: 'auto' }
  if (report?.problem === 'no-text') return { kind: 'page-images', pages: 'all', resolution: 'normal' }
  return { kind: 'text', pages: 'all' }
}

/** Whether a file of this kind can be sent in this mode at all. */
export function isPossible(mode: AttachmentMode, ground: ModeGround): boolean {
  if (!modesOf(ground).includes(mode.kind)) return false
  return mode.kind !== 'image' || ground.kind !== 'link' || mode.size === 'original'
}

/** What of a file a mode sends, so that it can be sent only when all of that is stored. */
export function needsOf(mode: AttachmentMode, ground: ModeGround): Missing[] {
  switch (mode.kind) {
    case 'off':
    case 'file':
      return []
    case 'text':
      return [{ kind: 'text' }]
    case 'image':
      return isAsItIs(mode, ground.kind) ? [] : [{ kind: 'image', size: mode.size }]
    case 'page-images':
      // How many pages there are is known when it has been read.
      return ground.report === null
        ? [{ kind: 'text' }]
        : pagesIn(mode.pages, ground.report.pageCount).map((page) => ({
            kind: 'page-image',
            page,
            resolution: mode.resolution,
          }))
  }
}

/** Whether an image is sent as its own bytes (or address), nothing made of it. */
export function isAsItIs(mode: Extract<AttachmentMode, { kind: 'image' }>, kind: DocumentKind): boolean {
  return mode.size === 'original' && (kind === 'link' || isSendableImage(kind))
}

/** The pages of a choice, in order, each once, none beyond the last. */
export function pagesIn(
  pages: 'all' | { ranges: readonly { from: number; to: number }[] },
  pageCount: number,
): number[] {
  const all = Array.from({ length: pageCount }, (_, place) => place + 1)
  if (pages === 'all') return all
  return all.filter((page) => pages.ranges.some(({ from, to }) => page >= from && page <= to))
}

/** The pages that a text mode sends; `null`: those that matter, which are found when it is sent. */
export function textPages(mode: Extract<AttachmentMode, { kind: 'text' }>, pageCount: number): number[] | null {
  const { pages } = mode
  if (pages === 'all' || 'ranges' in pages) return pagesIn(pages, pageCount)
  return pages.found?.filter((page) => page <= pageCount) ?? null
}

/** Two names of the same mode are the same text: what was measured for one holds for the other. */
export function modeText(mode: AttachmentMode): string {
  return JSON.stringify(sorted(mode))
}

/** How a derivative is named in the store: its parameters, always in the same order. */
export function derivativeParameters(key: DerivativeKey): string {
  return JSON.stringify(sorted({ ...key, kind: undefined }))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
