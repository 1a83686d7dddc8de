import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The process that owns a profile, as it told about itself. */
export interface Owner {
  pid: number
  /** Milliseconds since 1970. */
  startedAt: number
}

/** Writes `owner.json`, for a second start to read. Throws what the system says. */
export function writeOwner(folder: string, owner: Owner): void {
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(owner), { mode: 0o600 })
}

/** The owner last written, or null when there is none that can be read. It may be gone: only the lock decides. */
export function readOwner(folder: string): Owner | null {
  let text: string
  try {
    text = readFileSync(join(folder, 'owner.json'), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    const owner = JSON.parse(text) as Partial<Owner> | null
    return Number.isSafeInteger(owner?.pid) && Number.isSafeInteger(owner?.startedAt) ? (owner as Owner) : null
  } catch (error) {
    // Read while it was being written.
    if (error instanceof SyntaxError) return null
    throw error
  }
}
