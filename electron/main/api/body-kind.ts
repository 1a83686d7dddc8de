/** What the body of a 200 is: events, one JSON document, a page, or nothing that can be read as a reply. */
export type BodyKind = 'events' | 'json' | 'page' | 'other'

/** As much white space may stand before the first character. */
const mostSpace = 1024

/** Tells the kind of a body from its declared type and its first character. */
export interface BodyKindFinder {
  /** `null`: nothing but white space so far. */
  look: (bytes: Uint8Array) => BodyKind | null
}

/**
 * Believes the first character more than the declared type, because all of these occur: a JSON error or a completion where a
 * stream was asked, a page of a captive portal, events under no type at all. What is declared a page is one.
 */
export function createBodyKindFinder(contentType: string): BodyKindFinder {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  let seen = 0
  return {
    look(bytes) {
      if (type === 'text/html' || type === 'application/xhtml+xml') return 'page'
      for (const byte of bytes) {
        if (!blank.has(byte)) return kindOf(String.fromCharCode(byte), type)
        seen += 1
        if (seen > mostSpace) return type === 'text/event-stream' ? 'events' : 'other'
      }
      return null
    },
  }
}

/** White space and the three bytes of a BOM. */
const blank = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf])

function kindOf(first: string, type: string): BodyKind {
  if (first === '{' || first === '[') return 'json'
  if (first === '<') return 'page'
  if (type === 'text/event-stream') return 'events'
  if (type === 'application/json') return 'other'
  // data, event, id, retry, or a comment.
  return ':deir'.includes(first) ? 'events' : 'other'
}
