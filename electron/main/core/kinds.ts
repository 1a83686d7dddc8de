/* oxlint-disable no-control-regex -- what a file is stands in its bytes, control characters or not */
import type { DocumentKind, RefusedKind } from '../../contract/attachment.ts'
import { avifSize, bmpSize, gifSize, jpegSize, pngSize, svgSize, webpSize, type Size } from './image-size.ts'
import { latin } from './latin.ts'

/** What looking at the beginning and the end of a file has told. */
export type Looked =
  | { kind: DocumentKind; mediaType: string; width: number | null; height: number | null }
  | { refused: RefusedKind }
  /** It says it is an image and is too broken to have a size. */
  | { refused: 'unreadable-image' }

/** How much of the beginning and of the end of a file is looked at. */
export const lookedBytes = 65_536

const mediaTypes: Record<Exclude<DocumentKind, 'link'>, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  svg: 'image/svg+xml',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  epub: 'application/epub+zip',
  html: 'text/html',
  csv: 'text/csv',
  text: 'text/plain',
}

const known = (kind: Exclude<DocumentKind, 'link'>, size: Size | null = null): Looked => ({
  kind,
  mediaType: mediaTypes[kind],
  width: size?.width ?? null,
  height: size?.height ?? null,
})

/**
 * What a file is, by its bytes alone: `head` is its beginning, `tail` its end, each up to `lookedBytes`. The size of an
 * image is read off its header; nothing is decoded.
 */
export function lookAt(head: Uint8Array, tail: Uint8Array): Looked {
  const start = latin(head.subarray(0, 1_024))
  for (const [magic, refused] of refusedMagics) if (magic.test(start)) return { refused }
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return image('png', pngSize(head))
  if (start.startsWith('\xff\xd8\xff')) {
    const size = jpegSize(head)
    // A long preview may come before the size: it is an image all the same.
    return size === null && head.length >= lookedBytes ? known('jpeg') : image('jpeg', size)
  }
  if (/^GIF8[79]a/.test(start)) return image('gif', gifSize(head))
  if (/^RIFF[^]{4}WEBP/.test(start)) return image('webp', webpSize(head))
  if (/^BM[^]{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0/.test(start)) return image('bmp', bmpSize(head))
  if (/^[^]{4}ftyp/.test(start)) return lookAtBoxes(start, head)
  if (/^(?:\xef\xbb\xbf)?[\s\0]*%PDF-\d/.test(start)) return known('pdf')
  if (start.startsWith('PK\x03\x04')) return lookAtZip(head, tail)
  return lookAtText(head)
}

/** Whether a mode can send this image as it is. */
export const isSendableImage = (kind: DocumentKind): boolean =>
  kind === 'png' || kind === 'jpeg' || kind === 'gif' || kind === 'webp'

/** Whether this is an image of any form. */
export const isImage = (kind: DocumentKind): boolean =>
  isSendableImage(kind) || kind === 'avif' || kind === 'bmp' || kind === 'svg' || kind === 'link'

const refusedMagics: readonly [RegExp, RefusedKind][] = [
  [/^(?:II\*\0|MM\0\*)/, 'tiff'],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, 'old-office'],
  [/^\{\\rtf/, 'rtf'],
  [/^(?:7z\xbc\xaf|Rar!\x1a|\x1f\x8b|BZh[1-9]|\xfd7zXZ\0|\x28\xb5\x2f\xfd|[^]{257}ustar)/, 'archive'],
  [/^(?:MZ[^\t\n\r\x20-\x7e]|\x7fELF|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe|\0asm)/, 'program'],
  [/^(?:ID3[\x02-\x04]|\xff[\xfb\xf3\xf2]|fLaC|OggS|RIFF[^]{4}WAVE)/, 'audio'],
  [/^(?:RIFF[^]{4}AVI |\x1a\x45\xdf\xa3)/, 'video'],
]

function image(kind: Exclude<DocumentKind, 'link'>, size: Size | null): Looked {
  return size !== null && size.width > 0 && size.height > 0 ? known(kind, size) : { refused: 'unreadable-image' }
}

function lookAtBoxes(start: string, head: Uint8Array): Looked {
  const brand = start.slice(8, 12)
  if (brand === 'avif' || brand === 'avis') return image('avif', avifSize(head))
  if (/^(?:hei[cfmsx]|hev[cmsx]|mif1|msf1)$/.test(brand)) return { refused: 'heic' }
  return { refused: brand.startsWith('M4A') ? 'audio' : 'video' }
}

/** What a zip holds stands in the names of its first entries and of its list at the end. */
function lookAtZip(head: Uint8Array, tail: Uint8Array): Looked {
  const text = latin(head)
  const mime = /^PK\x03\x04[^]{26}mimetype(application\/[\w.+-]+?)(?:PK|\0|$)/.exec(text)?.[1]
  const byMime = zipKinds.find(([type]) => type === mime)?.[1]
  if (byMime) return known(byMime)
  const names = text + latin(tail)
  if (names.includes('[Content_Types].xml')) {
    if (names.includes('word/document')) return known('docx')
    if (names.includes('xl/workbook')) return known('xlsx')
    if (names.includes('ppt/presentation')) return known('pptx')
  }
  return { refused: 'archive' }
}

const zipKinds: readonly [string, 'odt' | 'ods' | 'odp' | 'epub'][] = [
  [mediaTypes.odt, 'odt'],
  [mediaTypes.ods, 'ods'],
  [mediaTypes.odp, 'odp'],
  [mediaTypes.epub, 'epub'],
]

/** Text in UTF-8, UTF-16 or an encoding of single bytes: whatever has no bytes that no text has. */
function lookAtText(head: Uint8Array): Looked {
  const hasMark = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  const isWide = hasMark || isWideText(head)
  if (!isWide && head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127))
    return { refused: 'unknown' }
  const text = latin(isWide ? head.filter((byte) => byte !== 0) : head).replace(
    /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/,
    '',
  )
  const start = text.replace(/^(?:\s|<\?xml[^>]*>|<!--[^]*?-->)+/, '').slice(0, 1_000)
  if (/^(?:<!DOCTYPE svg[^>]*>\s*)?(?:<svg[\s>])/i.test(start)) return known('svg', svgSize(start))
  if (/^<(?:!DOCTYPE html|html|head|body)[\s>]/i.test(start)) return known('html')
  return known(isTable(text) ? 'csv' : 'text')
}

/** UTF-16 without a mark: every second byte of Latin text is zero. */
function isWideText(head: Uint8Array): boolean {
  if (head.length < 4 || !head.includes(0)) return false
  for (const first of [0, 1]) {
    let zeros = 0
    for (let place = first; place < head.length; place += 2) if (head[place] === 0) zeros += 1
    const half = Math.floor(head.length / 2)
    const others = head.filter((byte, place) => byte === 0 && place % 2 !== first).length
    if (zeros > half * 0.7 && others === 0) return true
  }
  return false
}

/** Lines that all have the same commas, semicolons or tabs. */
function isTable(text: string): boolean {
  const lines = text.split(/\r?\n/).slice(0, 20)
  // The last line may be cut.
  const whole = (lines.length > 2 ? lines.slice(0, -1) : lines).filter((line) => line.trim() !== '')
  if (whole.length < 2) return false
  return [',', ';', '\t'].some((sign) => {
    const counts = whole.map((line) => line.replace(/"(?:[^"]|"")*"/g, '').split(sign).length)
    return (counts[0] ?? 0) > 1 && counts.every((count) => count === counts[0])
  })
}
