import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder } from './files.ts'

/**
 * What stays in a profile: who owns it, and what others empty themselves: the log, and the window's own folders, which are
 * in use until it closes.
 */
const staying = /^(?:lock\.db(?:-.+)?|owner\.json|raise|logs|browser|browser-questions|desktop)$/

/** Removes everything of a profile that holds what a person wrote or paid. Its store must be closed. Throws what the system says. */
export function eraseProfile(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!staying.test(name)) rmSync(join(folder, name), { recursive: true, force: true })
  }
  syncFolder(folder)
}
