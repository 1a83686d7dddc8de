import { closeSync, openSync, readSync } from 'node:fs'

/** The first 100 bytes of a database (https://sqlite.org/fileformat2.html#the_database_header), as far as Parley looks at them. */
export interface DatabaseHeader {
  isDatabase: boolean
  pageSize: number
  /** In pages; 0 when the header does not vouch for it. */
  pageCount: number
  userVersion: number
  applicationId: number
}

const headerBytes = 100

/** Reads a header from the first bytes of a file. */
export function parseHeader(bytes: Buffer): DatabaseHeader {
  const isDatabase = bytes.length >= headerBytes && bytes.toString('latin1', 0, 16) === 'SQLite format 3\0'
  if (!isDatabase) return { isDatabase, pageSize: 0, pageCount: 0, userVersion: 0, applicationId: 0 }
  const pageSize = bytes.readUInt16BE(16)
  const isCountValid = bytes.readUInt32BE(24) === bytes.readUInt32BE(92)
  return {
    isDatabase,
    pageSize: pageSize === 1 ? 65_536 : pageSize,
    pageCount: isCountValid ? bytes.readUInt32BE(28) : 0,
    userVersion: bytes.readUInt32BE(60),
    applicationId: bytes.readUInt32BE(68),
  }
}

/** Reads the header of a file. Throws what the system says. */
export function readHeader(file: string): DatabaseHeader {
  const bytes = Buffer.alloc(headerBytes)
  const handle = openSync(file, 'r')
  try {
    return parseHeader(bytes.subarray(0, readSync(handle, bytes, 0, headerBytes, 0)))
  } finally {
    closeSync(handle)
  }
}
