import { latin } from './latin.ts'

/** Of an image, in pixels, as its header says. */
export interface Size {
  width: number
  height: number
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** `null`: too broken to have a size; so for all of these. */
export function pngSize(head: Uint8Array): Size | null {
  if (head.length < 24 || latin(head.subarray(12, 16)) !== 'IHDR') return null
  return { width: viewOf(head).getUint32(16), height: viewOf(head).getUint32(20) }
}

/** The size stands in the first frame header, after segments of other kinds. */
export function jpegSize(head: Uint8Array): Size | null {
  const view = viewOf(head)
  for (let place = 2; place + 9 < head.length;) {
    if (head[place] !== 0xff) return null
    const marker = head[place + 1] ?? 0
    if (marker === 0xff) {
      place += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { width: view.getUint16(place + 7), height: view.getUint16(place + 5) }
    place += 2 + view.getUint16(place + 2)
  }
  return null
}

/** In its first ten bytes. */
export const gifSize = (head: Uint8Array): Size | null => littleSize(head, 6, 8, 2)

function littleSize(head: Uint8Array, atWidth: number, atHeight: number, bytes: 2 | 4): Size | null {
  if (head.length < atHeight + bytes) return null
  const view = viewOf(head)
  const read = (at: number) => (bytes === 2 ? view.getUint16(at, true) : Math.abs(view.getInt32(at, true)))
  return { width: read(atWidth), height: read(atHeight) }
}

/** A size may be negative: rows from the top. */
export function bmpSize(head: Uint8Array): Size | null {
  return head[14] === 12 ? littleSize(head, 18, 20, 2) : littleSize(head, 18, 22, 4)
}

/** In any of its three forms. */
export function webpSize(head: Uint8Array): Size | null {
  if (head.length < 30) return null
  const view = viewOf(head)
  const form = latin(head.subarray(12, 16))
  if (form === 'VP8X')
    return { width: 1 + (view.getUint32(23, true) >>> 8), height: 1 + (view.getUint32(26, true) >>> 8) }
  if (form === 'VP8L') {
    const bits = view.getUint32(21, true)
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) }
  }
  return form === 'VP8 '
    ? { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    : null
}

/** The first `ispe` box holds the size. */
export function avifSize(head: Uint8Array): Size | null {
  const at = latin(head).indexOf('ispe')
  if (at < 0 || at + 16 > head.length) return null
  return { width: viewOf(head).getUint32(at + 8), height: viewOf(head).getUint32(at + 12) }
}

/** As far as it says; an SVG need not have a size. */
export function svgSize(start: string): Size | null {
  const [, width, height] = /^[^>]*\swidth="(\d{1,7})(?:px)?"[^>]*\sheight="(\d{1,7})(?:px)?"/.exec(start) ?? []
  return width === undefined || height === undefined ? null : { width: Number(width), height: Number(height) }
}
