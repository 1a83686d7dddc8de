import type { Row, Value } from './salvage-read.ts'

/** A column as a record holds it. */
export interface ScannedColumn {
  name: string
  /** The type of a STRICT table. */
  type: string
  isNotNull: boolean
  /** The INTEGER PRIMARY KEY: the record holds NULL, the value is the rowid. */
  isRowid: boolean
}

export interface ScannedRow {
  rowid: bigint
  row: Row
}

/**
 * Looks at every page of a database for rows of the shape of one table, without its tree: what lies below an inner page that
 * is lost can be found in no other way. Rows of another table of the same shape are found too; constraints and parents
 * decide. Deleted rows are not found: `secure_delete` overwrites them. Pages: https://sqlite.org/fileformat2.html#b_tree_pages
 */
export function* scanPages(image: Buffer, pageSize: number, columns: readonly ScannedColumn[]): Generator<ScannedRow> {
  const pageCount = Math.floor(image.length / pageSize)
  // The first page is the schema's.
  for (let page = 2; page <= pageCount; page++) {
    const start = (page - 1) * pageSize
    if (image[start] !== leafOfTable) continue
    const cellCount = image.readUInt16BE(start + 3)
    if (cellCount === 0 || 8 + cellCount * 2 > pageSize) continue
    for (let cell = 0; cell < cellCount; cell++) {
      const at = image.readUInt16BE(start + 8 + cell * 2)
      const found = at >= 8 + cellCount * 2 && at < pageSize ? readCell(image, pageSize, start, at, columns) : null
      if (found) yield found
    }
  }
}

const leafOfTable = 0x0d

function readCell(
  image: Buffer,
  pageSize: number,
  start: number,
  at: number,
  columns: readonly ScannedColumn[],
): ScannedRow | null {
  const page = image.subarray(start, start + pageSize)
  const length = readVarint(page, at)
  const rowid = length && readVarint(page, length.next)
  if (!length || !rowid || length.value <= 0n || length.value > BigInt(image.length)) return null
  const payload = readPayload(image, pageSize, page, rowid.next, Number(length.value))
  const row = payload && readRecord(payload, rowid.value, columns)
  return row ? { rowid: rowid.value, row } : null
}

/** The bytes of a row, followed over its overflow pages. */
function readPayload(image: Buffer, pageSize: number, page: Buffer, at: number, length: number): Buffer | null {
  const most = pageSize - 35
  const least = Math.floor(((pageSize - 12) * 32) / 255) - 23
  const spilled = least + ((length - least) % (pageSize - 4))
  const local = length <= most ? length : spilled <= most ? spilled : least
  if (at + local > pageSize) return null
  if (local === length) return page.subarray(at, at + length)
  const pieces = [page.subarray(at, at + local)]
  let left = length - local
  let next = at + local + 4 <= pageSize ? page.readUInt32BE(at + local) : 0
  for (; left > 0; left -= pageSize - 4) {
    const from = (next - 1) * pageSize
    if (next < 2 || from + pageSize > image.length) return null
    pieces.push(image.subarray(from + 4, from + 4 + Math.min(left, pageSize - 4)))
    next = image.readUInt32BE(from)
  }
  return Buffer.concat(pieces)
}

function readRecord(payload: Buffer, rowid: bigint, columns: readonly ScannedColumn[]): Row | null {
  const header = readVarint(payload, 0)
  if (!header || header.value > BigInt(payload.length)) return null
  const row: Row = {}
  let at = header.next
  let data = Number(header.value)
  for (const column of columns) {
    const serial = at < Number(header.value) ? readVarint(payload, at) : null
    if (!serial) return null
    at = serial.next
    const type = Number(serial.value)
    const size = sizeOf(type)
    if (data + size > payload.length || !fits(type, column)) return null
    row[column.name] = column.isRowid ? rowid : readValue(payload, data, type, size)
    data += size
  }
  // More columns than the table has, or bytes left over: a row of something else.
  return at === Number(header.value) && data === payload.length ? row : null
}

function fits(type: number, column: ScannedColumn): boolean {
  if (type === 0) return column.isRowid || !column.isNotNull
  if (column.isRowid || type === 10 || type === 11) return false
  if (type < 12) return column.type === 'INTEGER' ? type !== 7 : column.type === 'REAL'
  return column.type === (type % 2 === 0 ? 'BLOB' : 'TEXT')
}

function sizeOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2)
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] ?? 0
}

function readValue(payload: Buffer, at: number, type: number, size: number): Value {
  if (type === 0) return null
  if (type === 7) return payload.readDoubleBE(at)
  if (type === 8 || type === 9) return BigInt(type - 8)
  if (type === 6) return payload.readBigInt64BE(at)
  if (type < 7) return BigInt(payload.readIntBE(at, size))
  const bytes = payload.subarray(at, at + size)
  return type % 2 === 0 ? Buffer.from(bytes) : bytes.toString('utf8')
}

function readVarint(bytes: Buffer, at: number): { value: bigint; next: number } | null {
  let value = 0n
  for (let count = 0; count < 9; count++) {
    const byte = bytes[at + count]
    if (byte === undefined) return null
    if (count === 8) return { value: BigInt.asIntN(64, (value << 8n) | BigInt(byte)), next: at + 9 }
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) return { value, next: at + count + 1 }
  }
  return null
}
