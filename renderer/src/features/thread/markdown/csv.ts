import type { Tokens } from 'marked'
import { inlineText } from './inline-text.ts'

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
