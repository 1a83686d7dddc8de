import type { SearchHit } from '../../contract/routes/conversations.ts'

/** UTF-16 units shown before and after the first match. */
const around = 60

/** The text around the first match of any of the words, in runs. The start of the text where nothing matches literally. */
export function snippetAround(text: string, words: string): SearchHit['snippet'] {
  const flat = text.replace(/\s+/g, ' ')
  const terms = words.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  const pattern = terms.length > 0 ? new RegExp(terms.join('|'), 'giu') : null
  const first = pattern ? flat.search(pattern) : -1
  const start = Math.max(0, first - around)
  const end = Math.min(flat.length, Math.max(first, 0) + 2 * around)
  const window = `${start > 0 ? '…' : ''}${flat.slice(start, end)}${end < flat.length ? '…' : ''}`
  if (!pattern) return [{ text: window, isMatch: false }]
  const runs: SearchHit['snippet'] = []
  let from = 0
  for (const match of window.matchAll(pattern)) {
    if (match.index > from) runs.push({ text: window.slice(from, match.index), isMatch: false })
    runs.push({ text: match[0], isMatch: true })
    from = match.index + match[0].length
  }
  if (from < window.length) runs.push({ text: window.slice(from), isMatch: false })
  return runs
}
