import type { TokenizerExtension, Tokens } from 'marked'
import type { Citation } from '../../../../../electron/contract/routes/conversations.ts'

/** A mark in a reply that leads to one of its sources, numbered from 1. */
export interface SourceMark extends Tokens.Generic {
  type: 'sourceMark'
  number: number
}

/** The sources of a reply, each address once, in the order of their numbers. */
export const sourcesOf = (citations: readonly Citation[]): Citation[] => [
  ...new Map(citations.map((each) => [each.url, each])).values(),
]

/** Rare brackets stand around a number where the provider said that a source belongs. */
const open = '⁅'
const placed = /^⁅(\d{1,3})⁆/
/** What models write by themselves. */
const written = /^\[(\d{1,3})\](?![[(:])/
const isMark = /^[\s([【]*\d{1,3}[\])】\s]*$/

/** A line that a mark at its end would make something else of: a fence, a rule, a row of a table. */
const isSyntax = /^[\s>]*(?:`{3,}|~{3,}|[-*_=]{3,}\s*$|.*\|\s*$)/

/** Where a mark for what ends here goes: after its last word, as at the beginning of a line it would be in the way; `null`: nowhere. */
function placeBefore(text: string, end: number): number | null {
  const at = text.slice(0, end).trimEnd().length
  if (at === 0) return null
  return isSyntax.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at)) ? null : at
}

/** The text with a mark at the end of each part that a source was named for; a part that is a mark itself gets no second one. */
export function withSourceMarks(text: string, citations: readonly Citation[]): string {
  // Places are counted in the text as it was received.
  if (text.includes(open) || text.includes('\r')) return text
  const urls = sourcesOf(citations).map(({ url }) => url)
  const marks = new Map<number, Set<number>>()
  for (const { url, start, end } of citations) {
    if (start === null || end === null || isMark.test(text.slice(start, end))) continue
    const at = placeBefore(text, end)
    if (at === null) continue
    const numbers = marks.get(at) ?? new Set<number>()
    marks.set(at, numbers.add(urls.indexOf(url) + 1))
  }
  let marked = ''
  let from = 0
  for (const [at, numbers] of [...marks].toSorted(([one], [other]) => one - other)) {
    marked += text.slice(from, at)
    // An address would take the mark in.
    if (/\S:\/\/\S*$/.test(marked.slice(-300))) marked += ' '
    for (const number of numbers) marked += `⁅${number}⁆`
    from = at
  }
  return marked + text.slice(from)
}

/** Text that shows no marks, such as code, as it was received. */
export const withoutSourceMarks = (text: string): string =>
  text.includes(open) ? text.replace(/ ?⁅\d{1,3}⁆/g, '') : text

/** The marks, for the lexer. `sourceCount` is how many sources a reply has. */
export const sourceMarkExtension = (sourceCount: number): TokenizerExtension => ({
  name: 'sourceMark',
  level: 'inline',
  start(src) {
    const at = src.search(/⁅\d|\[\d/)
    return at === -1 ? undefined : at
  },
  tokenizer(src) {
    const [raw, digits = ''] = placed.exec(src) ?? written.exec(src) ?? []
    const number = Number(digits)
    if (raw === undefined || number < 1 || number > sourceCount) return undefined
    // A link of the reply's own by that name goes first.
    if (raw.startsWith('[') && Object.hasOwn(this.lexer.tokens.links, digits)) return undefined
    return { type: 'sourceMark', raw, number }
  },
})
