import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { fail } from '../../contract/errors.ts'
import type { GrantId } from '../../contract/ids.ts'
import type { Grant } from '../../contract/routes/documents.ts'
import { attachmentName } from '../core/attachment-name.ts'

/** Files that the person chose in a window of the system. The page has ids only, each good for one taking. */
export interface Grants {
  /** What was chosen, as far as it is a file. */
  add(paths: readonly string[]): Promise<Grant[]>
  /** Opens what a grant stands for, once. Fails with `document.not-found`, and `document.refused` for what is not a plain file. */
  take(grantId: GrantId): Promise<{ name: string; sizeBytes: number; handle: FileHandle }>
}

const goodForMs = 60 * 60_000
const mostGrants = 1_000

/** Keeps which id stands for which path. */
export function createGrants({ now }: { now: () => number }): Grants {
  const paths = new Map<GrantId, { path: string; at: number }>()

  return {
    async add(chosen) {
      const granted: Grant[] = []
      for (const path of chosen.slice(0, mostGrants)) {
        const facts = await lstat(path)
        const grantId = randomUUID() as string as GrantId
        if (paths.size >= mostGrants) paths.delete(paths.keys().next().value ?? grantId)
        paths.set(grantId, { path, at: now() })
        granted.push({ grantId, name: attachmentName(basename(path)), sizeBytes: facts.isFile() ? facts.size : 0 })
      }
      return granted
    },
    async take(grantId) {
      const grant = paths.get(grantId)
      paths.delete(grantId)
      if (!grant || now() - grant.at > goodForMs) throw fail('document.not-found')
      const name = attachmentName(basename(grant.path))
      const notAFile = () => fail('document.refused', { refusal: { reason: 'not-a-file', name } })
      // A link could lead anywhere, a pipe would never end, a device has no size: none of them is opened for long.
      const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
      const handle = await open(grant.path, flags).catch((error: unknown) => {
        throw error instanceof Error && 'code' in error && error.code === 'ENOENT'
          ? fail('document.not-found')
          : notAFile()
      })
      const facts = await handle.stat()
      if (facts.isFile()) return { name, sizeBytes: facts.size, handle }
      await handle.close()
      throw notAFile()
    },
  }
}
