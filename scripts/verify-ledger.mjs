// npm run verify-ledger FILE: checks the hash chains of an exported ledger (CSV or JSON) and names the first row that
// does not hold. Plain JavaScript, built-in modules only; the form is described in electron/main/store/ledger-export.ts.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const names =
  'id,store_id,attempt_id,kind,source,nano_usd,credits,prompt_tokens,completion_tokens,reasoning_tokens,cached_tokens,inference_id,request_id,outcome,first_byte_ms,first_token_ms,total_ms,at,previous_hash,hash,purpose,turn_id,number,conversation_id,message_id,origin,started_at,day,input_nano_usd_per_mtok,output_nano_usd_per_mtok,cached_nano_usd_per_mtok,export_hash'
const columns = names.split(',')
const hashAt = columns.indexOf('hash')
const zeros = '0'.repeat(64)
const sha256 = (values) => createHash('sha256').update(JSON.stringify(values)).digest('hex')

/** Checks the text of an exported ledger. Rows are counted from 1; row 0 is the head of the file. */
export function verifyLedger(text) {
  const isJson = text.startsWith('[')
  const head = isJson ? '[\n' : `${names}\n`
  if (!text.startsWith(head)) return wrong(0, 'the head of the file is not that of an exported ledger')
  const isEmpty = text === '[\n]\n'
  const end = isJson ? '\n]\n' : ''
  const body = isJson && text.endsWith(end) ? text.slice(head.length, -end.length) : text.slice(head.length)
  if (isEmpty) return { isSound: true, rowCount: 0, chain: zeros }
  const chains = new Map()
  let chain = zeros
  let row = 0
  let place = 0
  while (place < body.length) {
    row += 1
    const read = isJson ? readJson(body, place) : readCsv(body, place)
    if (!read) return wrong(row, 'this row cannot be read')
    const { values, next } = read
    const known = chains.get(values[1])
    if (known !== undefined && values[hashAt - 1] !== known) return wrong(row, 'it does not follow the entry before it')
    if (known === undefined && values[hashAt - 1] !== zeros && row === 1) {
      return wrong(row, 'the chain does not begin here: rows before it are missing')
    }
    if (sha256(values.slice(0, hashAt)) !== values[hashAt]) return wrong(row, 'its hash is not that of its values')
    if (sha256([chain, ...values.slice(0, -1)]) !== values.at(-1)) return wrong(row, 'its export hash does not hold')
    chains.set(values[1], values[hashAt])
    chain = values.at(-1)
    place = next
  }
  if (isJson && !text.endsWith(end)) return wrong(row, 'the end of the file is missing')
  return { isSound: true, rowCount: row, chain }
}

const wrong = (row, reason) => ({ isSound: false, row, reason })

/** A row must be written exactly as it would be written again: then no byte of it can differ unnoticed. */
function readJson(body, place) {
  const lineEnd = body.indexOf('\n', place)
  const line = body.slice(place, lineEnd < 0 ? body.length : lineEnd)
  const isLast = lineEnd < 0
  const text = isLast ? line : line.slice(0, -1)
  if (!isLast && !line.endsWith(',')) return null
  try {
    const object = JSON.parse(text)
    const values = columns.map((name) => object[name] ?? null)
    const again = JSON.stringify(Object.fromEntries(columns.map((name, at) => [name, values[at]])))
    return again === text ? { values, next: isLast ? body.length : lineEnd + 1 } : null
  } catch {
    return null
  }
}

function readCsv(body, start) {
  const values = []
  let place = start
  for (;;) {
    const field = /(?:"((?:[^"]|"")*)"|(-?\d+)|)([,\n])/y
    field.lastIndex = place
    const found = field.exec(body)
    if (!found) return null
    const [, text, number] = found
    if (text !== undefined) {
      const plain = text.replaceAll('""', '"')
      const isMarked = plain.startsWith("'")
      const value = isMarked ? plain.slice(1) : plain
      // oxlint-disable-next-line no-control-regex -- the mark stands before those too
      if (isMarked !== /^[=+\-@'\u0000-\u001f]/.test(value)) return null
      values.push(value)
    } else if (number !== undefined) {
      if (String(Number(number)) !== number) return null
      values.push(Number(number))
    } else values.push(null)
    place = field.lastIndex
    if (found[3] === '\n') return values.length === columns.length ? { values, next: place } : null
    if (values.length > columns.length) return null
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main(process.argv.slice(2))

function main(args) {
  const isHelp = args[0] === '--help'
  if (args.length !== 1 || isHelp) {
    console.log(`npm run verify-ledger FILE

Checks a ledger exported by Parley (CSV or JSON): every entry's hash, its link to the one before, and the
chain over whole rows. Names the first row that does not hold. It detects accidents, such as an altered
byte or a lost row; it is not a signature: whoever alters a file on purpose can compute new hashes.`)
    process.exit(isHelp ? 0 : 2)
  }
  // A relative name is meant from where the person is.
  const file = resolve(process.env['INIT_CWD'] ?? process.cwd(), args[0])
  let text = ''
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file))
  } catch (error) {
    // Bytes that are no text stand in for themselves, so that the row they are in can be named.
    if (error.code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      console.error(`${file} cannot be read: ${error.message}`)
      process.exit(2)
    }
    text = readFileSync(file, 'utf8')
  }
  const found = verifyLedger(text)
  if (found.isSound) {
    console.log(`Sound: ${found.rowCount} rows. Last export hash: ${found.chain}`)
    console.log('This detects accidents. It is not a signature, and rows cut off at the end of a CSV are not noticed.')
    return
  }
  console.error(`Not sound: row ${found.row}: ${found.reason}.`)
  process.exit(1)
}
