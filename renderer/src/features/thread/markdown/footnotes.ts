import type { TokenizerExtension, Tokens } from 'marked'

/** A mark that leads to a note. Notes are numbered in the order of their first marks. */
export interface FootnoteMark extends Tokens.Generic {
  type: 'footnoteMark'
  number: number
}

/** A note, drawn at the end of the reply. */
export interface Footnote extends Tokens.Generic {
  type: 'footnote'
  label: string
  /** `null`: nothing leads to it. */
  number: number | null
}

const definition =
  /^\[\^([^\]\s]{1,100})\]:[ \t]*([^\n]*(?:\n(?!\[\^[^\]\s]+\]:)[^\n]*\S[^\n]*|\n+(?: {4}|\t)[^\n]+)*)(?:\n+|$)/
const mark = /^\[\^([^\]\s]{1,100})\]/

/** Per lexer run: the notes there are, and their numbers. */
const known = new WeakMap<object, { labels: Set<string>; numbers: Map<string, number> }>()

function notesOf(lexer: object) {
  const notes = known.get(lexer) ?? { labels: new Set<string>(), numbers: new Map<string, number>() }
  known.set(lexer, notes)
  return notes
}

const name = (label: string) => label.toLowerCase()

/** The number of a note in what was parsed by this lexer; `null` when nothing leads to it. */
export const footnoteNumber = (lexer: object, label: string): number | null =>
  known.get(lexer)?.numbers.get(name(label)) ?? null

/** Footnotes for the lexer, as GitHub has them. */
export const footnoteExtensions: TokenizerExtension[] = [
  {
    name: 'footnote',
    level: 'block',
    start(src) {
      const near = src.slice(0, 1_000)
      const at = near.includes('\n[^') ? near.search(/\n\[\^[^\]\s]+\]:/) : -1
      return at === -1 ? undefined : at
    },
    tokenizer(src) {
      const match = definition.exec(src)
      if (!match) return undefined
      const label = match[1] ?? ''
      const text = (match[2] ?? '').replace(/^(?: {4}|\t)/gm, '')
      // One note inside another would go as deep as the text is long.
      if (definition.test(text)) return undefined
      const { labels } = notesOf(this.lexer)
      const isFirst = !labels.has(name(label))
      labels.add(name(label))
      return { type: isFirst ? 'footnote' : 'space', raw: match[0], label, tokens: this.lexer.blockTokens(text, []) }
    },
    childTokens: ['tokens'],
  },
  {
    name: 'footnoteMark',
    level: 'inline',
    start(src) {
      const at = src.indexOf('[^')
      return at === -1 ? undefined : at
    },
    tokenizer(src) {
      const match = mark.exec(src)
      const { labels, numbers } = notesOf(this.lexer)
      const label = name(match?.[1] ?? '')
      if (!match || !labels.has(label)) return undefined
      const number = numbers.get(label) ?? numbers.size + 1
      numbers.set(label, number)
      return { type: 'footnoteMark', raw: match[0], number }
    },
  },
]
