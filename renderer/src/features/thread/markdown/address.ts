import { decodeEntities } from './entities.ts'

/** A link that may be offered. */
export interface Address {
  url: string
  /** What to show before it is followed: the host as the system will see it, or the mail address. */
  shown: string
}

const allowed = new Set(['http:', 'https:', 'mailto:'])

/** What a link points to, if it is a whole web or e-mail address; `null` for everything else. */
export function readAddress(href: string): Address | null {
  // A backslash is one: a browser would take it for a slash.
  const text = decodeEntities(href).trim().replaceAll('\\', '%5C')
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (!allowed.has(url.protocol)) return null
  if (url.protocol === 'mailto:') return { url: url.href, shown: url.pathname }
  return url.host === '' ? null : { url: url.href, shown: url.host }
}
