import { statfsSync } from 'node:fs'

/** How much this process may still write where `folder` lies, in bytes. */
export type FreeBytes = (folder: string) => number

/** Asks the system. */
export const freeBytes: FreeBytes = (folder) => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

const outOfSpace = new Set(['ENOSPC', 'EDQUOT'])
const notAllowed = new Set(['EACCES', 'EPERM', 'EROFS'])

/** What an error of the file system says about writing; null when it says something else. */
export function writeRefusal(error: unknown): 'disk-full' | 'not-writable' | null {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? ''
  if (outOfSpace.has(code)) return 'disk-full'
  return notAllowed.has(code) ? 'not-writable' : null
}
