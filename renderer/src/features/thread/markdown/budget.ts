import type { Token, Tokens } from 'marked'

/** Above this, in UTF-16 units, a message is shown as plain text. */
const maxChars = 200_000
/** Quotes and list markers before the text of one line, and how far a list item may be indented. */
const maxMarkers = 50
const maxIndent = 200
/**
 * The lexer takes time with the square of the emphasis marks in one paragraph: about 30 ms for 1,200. This bounds one
 * paragraph, and the sum of squares of all of them.
 */
const maxMarks = 1_200
const maxMarkSquares = 3_000_000
/** Lines and cells outside of code: about as many elements are drawn, in one task. */
const maxLines = 5_000
/** Of the parsed result. */
const maxDepth = 100
const maxTokens = 30_000

const fenceLine = /^ {0,3}(`{3,}|~{3,})/
const marks = /[*_~$]+|\\?[([]/g
const bullet = /^\s*[-*+] +\S/
const ordered = /^\s*\d{1,9}[.)] /
const delimiterRow = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/

const markerChars = new Set(['>', '-', '*', '+', '.'])

function isLineTooDeep(line: string): boolean {
  let markers = 0
  let isRule = line[0] !== '>'
  for (const char of line) {
    if (markerChars.has(char)) markers += 1
    else if (char !== ' ' && char !== '\t' && !(char >= '0' && char <= '9')) break
    if (char !== line[0]) isRule = false
    // A line of one repeated mark is a rule, however long.
    if (markers > maxMarkers && !isRule) return true
  }
  return markers > 0 && line.length - line.trimStart().length > maxIndent
}

/** Counts the marks of one paragraph, beginning anew where the lexer does. */
class MarkCounter {
  private inParagraph = 0
  private squares = 0
  private lines = 0
  private isList = false
  private isTable = false

  /** Whether the text so far is within the budget. */
  add(line: string): boolean {
    if (line.trim() === '') return this.end()
    const startsItem = bullet.test(line) || (ordered.test(line) && (this.lines === 0 || this.isList))
    if (this.lines === 1 && line.includes('|') && delimiterRow.test(line)) this.isTable = true
    if (startsItem || this.isTable) {
      const { isTable } = this
      if (!this.end()) return false
      this.isList = startsItem
      this.isTable = isTable
    }
    this.lines += 1
    this.inParagraph += line.match(marks)?.length ?? 0
    return this.inParagraph <= maxMarks
  }

  private end(): boolean {
    this.squares += this.inParagraph ** 2
    this.inParagraph = 0
    this.lines = 0
    this.isList = false
    this.isTable = false
    return this.squares <= maxMarkSquares
  }
}

/** Whether a text can be given to the lexer without costing too much time or depth. Linear itself. */
export function isWithinBudget(text: string): boolean {
  if (text.length > maxChars) return false
  const counter = new MarkCounter()
  let fence: string | null = null
  let lines = 0
  for (const line of text.split('\n')) {
    const opening = fenceLine.exec(line)?.[1]
    if (fence !== null) {
      if (opening?.startsWith(fence) && line.trim() === opening) fence = null
      continue
    }
    if (line !== '') lines += line.split('|').length
    if (lines > maxLines) return false
    if (opening !== undefined) fence = opening
    else if (isLineTooDeep(line) || !counter.add(line)) return false
  }
  return true
}

function childrenOf(token: Token): Token[] {
  const children: Token[] = []
  if ('tokens' in token && token.tokens) children.push(...token.tokens)
  if (token.type === 'list') children.push(...(token as Tokens.List).items)
  if (token.type === 'table') {
    const table = token as Tokens.Table
    for (const cell of [table.header, ...table.rows].flat()) children.push(...cell.tokens)
  }
  return children
}

/** Whether what was parsed is small and flat enough to be drawn. */
export function isDrawable(tokens: readonly Token[]): boolean {
  let level: Token[] = [...tokens]
  let total = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    total += level.length
    if (depth > maxDepth || total > maxTokens) return false
    level = level.flatMap(childrenOf)
  }
  return true
}
