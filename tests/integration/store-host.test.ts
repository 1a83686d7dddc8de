import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createStoreHost } from '../../electron/main/store/host.ts'

const workerUrl = new URL('../../electron/main/store/store.worker.ts', import.meta.url)
let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'parley-store-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a fresh store opens, answers, closes and leaves one file', async () => {
  const store = await createStoreHost({
    folder,
    workerUrl,
    mode: 'read-write',
    onSlow: () => undefined,
    onDied: () => undefined,
  })
  expect(store.migrated).toEqual({ kind: 'created' })
  expect(await store.write.ping()).toBeGreaterThan(1e12)
  expect(await store.read.ping()).toBeGreaterThan(1e12)
  expect(await store.maintainLatest('x', 'ping')).toBeGreaterThan(1e12)
  await store.close()
  expect(readdirSync(folder)).toEqual(['store.db', 'store.json'])
})
