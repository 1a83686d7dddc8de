import { createHash } from 'node:crypto'
import type { TextPage } from '../../contract/routes/spend.ts'
import { sql, type Database } from './database.ts'

/**
 * The file of a ledger. One row per entry, in the order of the books; columns as below. `hash` is the ledger's own: SHA-256
 * of the JSON array of the 19 values before it. `export_hash` chains whole rows of the file: SHA-256 of the JSON array of the
 * `export_hash` of the row before (64 zeros at first) and all values of this row up to it. Detects accidents; it is not a
 * signature. `scripts/verify-ledger.mjs` reads the same form.
 *
 * CSV: LF ends a line; nothing is null, digits are a number, quotes are a text (a quote doubled; a text that begins with
 * = + - @ ' or a control character has ' before it, so that no spreadsheet runs it).
 * JSON: `[`, one object per line, `]`.
 */
export const exportColumns = [
  'id store_id attempt_id kind source nano_usd credits prompt_tokens completion_tokens reasoning_tokens cached_tokens',
  'inference_id request_id outcome first_byte_ms first_token_ms total_ms at previous_hash hash',
  'purpose turn_id number conversation_id message_id origin started_at day',
  'input_nano_usd_per_mtok output_nano_usd_per_mtok cached_nano_usd_per_mtok export_hash',
].flatMap((names) => names.split(' '))

type Value = string | number | null

const rowsPerPage = 400
const zeros = '0'.repeat(64)

const entryColumns = exportColumns.slice(0, 20).map((name) => `e.${name}`)
const attemptColumns = exportColumns.slice(20, -1).map((name) => (name === 'origin' ? 'c.origin' : `${name}`))

/** One page of the ledger as a file. The cursor carries the chain from page to page. */
export function exportLedger(db: Database, input: { format: 'csv' | 'json'; cursor: string | null }): TextPage {
  const [after = '0', chain = zeros] = input.cursor?.split(' ') ?? []
  const isFirst = input.cursor === null
  const rows = sql<[number, number], Record<string, Value> & { seq: number }>(
    db,
    `SELECT e.seq, ${[...entryColumns, ...attemptColumns].join(', ')}
     FROM ledger_entry e JOIN attempt a ON a.id = e.attempt_id JOIN connection c ON c.id = a.connection_id
     LEFT JOIN price p ON p.id = a.price_id WHERE e.seq > ? ORDER BY e.seq LIMIT ?`,
  ).all(Number(after), rowsPerPage)
  let head = chain
  const lines = rows.map((row) => {
    const values = exportColumns.slice(0, -1).map((name) => row[name] ?? null)
    head = createHash('sha256')
      .update(JSON.stringify([head, ...values]))
      .digest('hex')
    return input.format === 'csv' ? csvLine([...values, head]) : jsonLine([...values, head])
  })
  const last = rows.at(-1)
  const isEnd = rows.length < rowsPerPage
  const fileName = `parley-ledger.${input.format}`
  const cursor = isEnd || !last ? null : `${last.seq} ${head}`
  if (input.format === 'csv') {
    const header = isFirst ? `${exportColumns.join(',')}\n` : ''
    return { text: header + lines.map((line) => `${line}\n`).join(''), cursor, fileName }
  }
  const joint = isFirst || lines.length === 0 ? '' : ',\n'
  const text = `${isFirst ? '[\n' : ''}${joint}${lines.join(',\n')}${isEnd ? `${isFirst && lines.length === 0 ? '' : '\n'}]\n` : ''}`
  return { text, cursor, fileName }
}

/** Values as one line of CSV, without its end. Safe to open in a spreadsheet. */
export function csvLine(values: readonly Value[]): string {
  return values.map(csvField).join(',')
}

function csvField(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  // oxlint-disable-next-line no-control-regex -- spreadsheets skip them and then run what follows
  const isRisky = /^[=+\-@'\u0000-\u001f]/.test(value)
  return `"${isRisky ? "'" : ''}${value.replaceAll('"', '""')}"`
}

function jsonLine(values: readonly Value[]): string {
  return JSON.stringify(Object.fromEntries(exportColumns.map((name, place) => [name, values[place] ?? null])))
}
