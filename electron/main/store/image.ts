import BetterSqlite3 from 'better-sqlite3'
import { existsSync, readFileSync, statSync } from 'node:fs'
import type { Database } from './database.ts'
import { applicationId, migrations } from './migrations/index.ts'
import { parseHeader } from './header.ts'
import { foldWal } from './wal.ts'

/** Larger files are not read into memory. Bytes. */
const largestImage = 1024 * 1024 * 1024

/** The database with its -wal, in memory: reading it needs no write anywhere. `null` when it is larger than `largestImage`. */
export function readImage(file: string): Buffer | null {
  const wal = `${file}-wal`
  const walBytes = existsSync(wal) ? statSync(wal).size : 0
  if (statSync(file).size + walBytes > largestImage) return null
  const database = readFileSync(file)
  return walBytes > 0 ? foldWal(database, readFileSync(wal)) : database
}

/** Opens an image for reading. Throws what SQLite says; a garbage header only when the first table is read. */
function openImage(image: Buffer): Database {
  // An image has no log beside it: the two version bytes of the header say "rollback journal" instead of "WAL".
  if (parseHeader(image).isDatabase) image[18] = image[19] = 1
  return new BetterSqlite3(image, { readonly: true })
}

/**
 * Opens an image whose first page may be gone. The schema of each version is always laid out in the same pages, so the
 * first page of a fresh store (as created, or as a backup writes it) can stand in. `null` when nothing can be read.
 */
export function openDamagedImage(image: Buffer): Database | null {
  const asIs = openIfReadable(Buffer.from(image))
  if (asIs) return asIs
  for (let version = migrations.length; version > 0; version--) {
    for (const page of firstPages(version)) {
      const pageCount = Math.floor(image.length / page.length)
      const grafted = Buffer.from(image.subarray(0, pageCount * page.length))
      page.copy(grafted)
      grafted.writeUInt32BE(pageCount, 28)
      grafted.writeUInt32BE(grafted.readUInt32BE(24), 92)
      // No list of free pages: the one of the fresh store is not this one's.
      grafted.fill(0, 32, 40)
      const db = openIfReadable(grafted)
      if (db) return db
    }
  }
  return null
}

function openIfReadable(image: Buffer): Database | null {
  let db: Database | null = null
  try {
    db = openImage(image)
    db.prepare('SELECT id FROM store').get()
    db.prepare('SELECT count(*) FROM (SELECT seq FROM message LIMIT 1)').get()
    return db
  } catch (error) {
    db?.close()
    if (error instanceof BetterSqlite3.SqliteError || error instanceof TypeError) return null
    throw error
  }
}

function firstPages(version: number): Buffer[] {
  const fresh = new BetterSqlite3(':memory:')
  try {
    for (const step of migrations.slice(0, version)) fresh.exec(step)
    fresh.pragma(`application_id = ${applicationId}`)
    fresh.pragma(`user_version = ${version}`)
    const pageSize = fresh.pragma('page_size', { simple: true }) as number
    const asCreated = Buffer.from(fresh.serialize().subarray(0, pageSize))
    fresh.exec('VACUUM')
    return [asCreated, Buffer.from(fresh.serialize().subarray(0, pageSize))]
  } finally {
    fresh.close()
  }
}
