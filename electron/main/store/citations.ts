import type { Citation } from '../../contract/routes/conversations.ts'

/** However many sources a provider names, so many are handed on, and so much of a title. */
const maxCitations = 100
const maxTitleChars = 300
const maxUrlChars = 4_000

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function placeOf(value: unknown, length: number): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= length ? value : null
}

function toCitation(annotation: unknown, length: number): Citation | null {
  if (!isRecord(annotation) || annotation.type !== 'url_citation') return null
  // Both forms are seen: the fields beside the type, and in an object of that name.
  const source = isRecord(annotation.url_citation) ? annotation.url_citation : annotation
  const { url, title } = source
  if (typeof url !== 'string' || url.length > maxUrlChars || !URL.canParse(url)) return null
  const address = new URL(url)
  if (address.protocol !== 'https:' && address.protocol !== 'http:') return null
  const start = placeOf(source.start_index, length)
  const end = placeOf(source.end_index, length)
  const isRange = start !== null && end !== null && start <= end
  return {
    url: address.href,
    title: typeof title === 'string' && title.trim() !== '' ? title.trim().slice(0, maxTitleChars) : address.host,
    start: isRange ? start : null,
    end: isRange ? end : null,
  }
}

/** The sources in the annotations of a reply, as they were stored; what is not a source with a web address is left out. */
export function readCitations(stored: string, length: number): Citation[] {
  try {
    const annotations: unknown = JSON.parse(stored)
    if (!Array.isArray(annotations)) return []
    return annotations
      .slice(0, maxCitations)
      .map((each) => toCitation(each, length))
      .filter((each) => each !== null)
  } catch {
    return []
  }
}
