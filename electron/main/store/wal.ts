/**
 * The write-ahead log as SQLite's file format describes it (https://sqlite.org/fileformat2.html#walformat), read without
 * SQLite: a read-only folder has no place for the -shm that SQLite needs, and looking at damage must write nothing.
 */

/** The database with every committed frame of its -wal in it, exactly as SQLite would recover it. Returns `database` itself when there is none. */
export function foldWal(database: Buffer, wal: Buffer): Buffer {
  const frames = committedFrames(wal)
  if (!frames) return database
  const { pageSize, pages, pageCount } = frames
  const folded = Buffer.alloc(pageCount * pageSize)
  database.copy(folded, 0, 0, Math.min(database.length, folded.length))
  for (const [page, offset] of pages) {
    if (page <= pageCount) wal.copy(folded, (page - 1) * pageSize, offset, offset + pageSize)
  }
  return folded
}

interface Frames {
  pageSize: number
  /** Where the newest committed version of each page lies in the log. */
  pages: Map<number, number>
  pageCount: number
}

function committedFrames(wal: Buffer): Frames | null {
  if (wal.length < 32) return null
  const magic = wal.readUInt32BE(0)
  if (magic !== 0x377f0682 && magic !== 0x377f0683) return null
  const isBigEndian = magic === 0x377f0683
  const pageSize = wal.readUInt32BE(8)
  let sum = checksum(wal, 0, 24, isBigEndian, [0, 0])
  if (sum[0] !== wal.readUInt32BE(24) || sum[1] !== wal.readUInt32BE(28)) return null
  const committed = new Map<number, number>()
  const pending = new Map<number, number>()
  let pageCount = 0
  for (let at = 32; at + 24 + pageSize <= wal.length; at += 24 + pageSize) {
    const isOfThisLog = wal.compare(wal, 16, 24, at + 8, at + 16) === 0
    sum = checksum(wal, at, at + 8, isBigEndian, sum)
    sum = checksum(wal, at + 24, at + 24 + pageSize, isBigEndian, sum)
    if (!isOfThisLog || sum[0] !== wal.readUInt32BE(at + 16) || sum[1] !== wal.readUInt32BE(at + 20)) break
    pending.set(wal.readUInt32BE(at), at + 24)
    const sizeAfterCommit = wal.readUInt32BE(at + 4)
    if (sizeAfterCommit === 0) continue
    for (const [page, offset] of pending) committed.set(page, offset)
    pending.clear()
    pageCount = sizeAfterCommit
  }
  return pageCount === 0 ? null : { pageSize, pages: committed, pageCount }
}

function checksum(
  bytes: Buffer,
  from: number,
  to: number,
  isBigEndian: boolean,
  start: [number, number],
): [number, number] {
  let [first, second] = start
  for (let at = from; at < to; at += 8) {
    first = (first + (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + second) >>> 0
    second = (second + (isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + first) >>> 0
  }
  return [first, second]
}
