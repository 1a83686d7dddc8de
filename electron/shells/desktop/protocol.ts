import { protocol, type Session } from 'electron'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pageFile, pageScheme } from '../../main/core/desktop-policy.ts'
import { pageHeaders } from '../../main/core/page-policy.ts'

/**
 * Makes our scheme a proper origin: relative addresses and `'self'` in the CSP work, and it counts as secure (clipboard,
 * `crypto.subtle`). It gets nothing else: no fetch, no service workers, no CORS. Once, before `ready`.
 */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges: { standard: true, secure: true } }])
}

/** Serves the page out of the files the build made, and nothing else. Every answer, a refusal too, carries the CSP. */
export function servePage(session: Session, folder: string): void {
  const files = listFiles(folder)
  if (!files.has('/index.html')) throw new Error(`There is no page in ${folder}.`)
  const headers = pageHeaders('desktop')
  session.protocol.handle(pageScheme, async (request) => {
    const served = pageFile(request.method, request.url, files)
    if (served.kind === 'refused') return new Response(null, { status: served.status, headers })
    const bytes = await readFile(served.file)
    return new Response(new Uint8Array(bytes), { headers: { ...headers, 'Content-Type': served.contentType } })
  })
}

/** Address (`/assets/x.js`) → file, for everything under `folder` but hidden files such as the build's manifest. */
function listFiles(folder: string, prefix = ''): Map<string, string> {
  const files = new Map<string, string>()
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue
    const address = `${prefix}/${entry.name}`
    const path = join(folder, entry.name)
    if (entry.isDirectory()) for (const [name, file] of listFiles(path, address)) files.set(name, file)
    else if (entry.isFile()) files.set(address, path)
  }
  return files
}
