import { randomBytes } from 'node:crypto'
import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from './files.ts'
import { freeBytes, writeRefusal, type FreeBytes } from './free-space.ts'

const ballastBytes = 4 * 1024 * 1024
/** With less free than this the ballast would be part of the problem. Bytes. */
const worthwhileBytes = 64 * 1024 * 1024

/** Space kept for the moment when the disk is full, so that what was received and what it cost can still be committed. */
export interface Ballast {
  /** Gives the space back; says whether there was any. */
  free(): boolean
  /** Takes the space again where there is plenty; says whether the ballast is there. Throws what the system says, unless it is about space or permission. */
  restore(): boolean
}

/** The ballast of a profile: `ballast`, 4 MB of noise that no file system can shrink. */
export function createBallast(folder: string, { free = freeBytes }: { free?: FreeBytes } = {}): Ballast {
  const path = join(folder, 'ballast')
  return {
    free() {
      const wasThere = existsSync(path)
      rmSync(path, { force: true })
      return wasThere
    },
    restore() {
      try {
        if (existsSync(path) && statSync(path).size === ballastBytes) return true
        if (free(folder) < worthwhileBytes) return false
        replaceFile(path, randomBytes(ballastBytes))
        return true
      } catch (error) {
        if (writeRefusal(error)) return false
        throw error
      }
    },
  }
}
