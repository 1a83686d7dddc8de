import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createBlobFiles } from '../../electron/main/documents/blob-files.ts'
import { hashFile } from '../../electron/main/store/backup.ts'
import { collectBlobs, neededFiles } from '../../electron/main/store/blobs.ts'
import { createConversation } from '../../electron/main/store/conversations.ts'
import { connectionFor } from '../../electron/main/store/settings.ts'
import { openHere, temporaryFolder } from '../helpers/store.ts'

const script = fileURLToPath(new URL('../helpers/intake-child.ts', import.meta.url))

describe('kill -9 while a file is taken in, at every step', () => {
  it.each([
    ['a file of its own', 250_000],
    ['bytes in the row', 5_000],
  ])(
    '%s: no row without its bytes, and nothing is left for ever',
    async (_what, sizeBytes) => {
      const folder = temporaryFolder()
      const first = openHere(folder)
      const connectionId = connectionFor(first.db, { kind: 'api', origin: 'https://api.example', at: 1 })
      const { id } = createConversation(first.db, { connectionId, at: 1 })
      first.keeper.close()
      const steps: string[] = []
      let isKept = false
      for (let step = 1; !isKept && step < 60; step++) {
        const child = spawnSync(process.execPath, [script, folder, id, String(step), String(sizeBytes)], {
          encoding: 'utf8',
          env: { ...process.env, NODE_OPTIONS: '' },
        })
        const said = child.stdout.trim()
        if (said.startsWith('kept')) isKept = true
        else steps.push(said)
        expect(said, child.stderr).toMatch(/^(kept [0-9a-f]{64}|killed before .+)$/)
        const { db, keeper } = openHere(folder, Date.now())
        const rows = db.prepare<[], { hash: string; bytes: Buffer | null }>('SELECT hash, bytes FROM blob').all()
        for (const { hash, bytes } of rows) {
          if (bytes === null) expect(hashFile(join(folder, 'blobs', hash))).toBe(hash)
          else expect(bytes).toHaveLength(sizeBytes)
        }
        const isAfterTheRow = isKept || steps.includes('killed before the answer')
        expect(rows.length).toBe(isAfterTheRow ? 1 : 0)
        // As the next start does, and the collector a day later.
        const files = createBlobFiles(join(folder, 'blobs'))
        await files.clear()
        if (!isKept) {
          db.prepare('DELETE FROM draft_attachment').run()
          db.prepare('DELETE FROM attachment').run()
          const collected = collectBlobs(db, { before: Number.MAX_SAFE_INTEGER })
          const old = await files.listSince(Number.MAX_SAFE_INTEGER)
          expect(neededFiles(db, { hashes: old })).toEqual([])
          await files.remove([...collected.files, ...old])
          expect(existsSync(join(folder, 'blobs')) ? readdirSync(join(folder, 'blobs')) : []).toEqual([])
        }
        keeper.close()
      }
      expect(isKept).toBe(true)
      const wanted =
        sizeBytes > 100_000 ? ['open', 'write', 'sync', 'rename', 'the row', 'the answer'] : ['write', 'the row']
      for (const step of wanted) expect(steps).toContain(`killed before ${step}`)
    },
    120_000,
  )
})
