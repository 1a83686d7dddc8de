import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'

/** One file of the built page, ready to be sent. */
export interface StaticFile {
  body: Buffer
  type: string
  /** The file's name carries a hash of its contents. */
  isImmutable: boolean
  etag: string
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

/**
 * Reads the built page into memory, keyed by the exact address path: what is not in this list is not served, no address is
 * ever joined to a folder, and a build made while Parley runs changes nothing. Throws when there is no `index.html`.
 */
export function readStaticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    const path = file.slice(folder.length).replaceAll('\\', '/')
    if (!entry.isFile() || path.includes('/.') || path.endsWith('.map')) continue
    const body = readFileSync(file)
    files.set(path, {
      body,
      type: types[extname(path)] ?? 'application/octet-stream',
      isImmutable: path.startsWith('/assets/'),
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    })
  }
  const index = files.get('/index.html')
  if (!index) throw new Error(`There is no built page in ${folder}.`)
  return files.set('/', index)
}
