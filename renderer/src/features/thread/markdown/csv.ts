import type { Token, Tokens } from 'marked'
import { decodeEntities } from './entities.ts'

/** What inline tokens say, without their marks. */
function inlineText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'br') return '\n'
      if (token.type === 'math') return token.raw.trim()
      if ('tokens' in token && token.tokens) return inlineText(token.tokens)
      if (token.type === 'codespan' || token.type === 'escape') return (token as Tokens.Codespan).text
      if (token.type === 'text' || token.type === 'image') return decodeEntities((token as Tokens.Text).text)
      return token.raw
    })
    .join('')
}

/** Characters with which a spreadsheet begins a formula. */
const formulaStart = /^[=+@\t\r]|^-(?![\d.,\s]*\d[\d.,]*%?$)/

function field(text: string): string {
  // A model's words must not run as a formula in a spreadsheet.
  const safe = formulaStart.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A table as CSV (RFC 4180). */
export const tableCsv = (table: Tokens.Table): string =>
  [table.header, ...table.rows]
    .map((row) => `${row.map((cell) => field(inlineText(cell.tokens))).join(',')}\r\n`)
    .join('')
