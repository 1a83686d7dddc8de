import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { failureOf, openDocumentsHouse } from '../helpers/documents-house.ts'
import { pdf } from '../helpers/files.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-small-disk-'))
const mount = () => spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder]).status === 0
const unmount = () => execFileSync('umount', ['-l', folder])
const canMount = process.platform === 'linux' && mount()
if (canMount) unmount()

beforeAll(() => {
  if (!canMount) console.warn('NOT TESTED: a full disk, as no small disk can be mounted without being root on Linux')
})
afterEach(() => {
  if (canMount) unmount()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.runIf(canMount)('a disk that becomes full while a file is taken in', () => {
  it('says so, leaves nothing of it, and takes what fits', async () => {
    expect(mount()).toBe(true)
    const house = await openDocumentsHouse({ folder: join(folder, 'profile') })
    const conversationId = await house.conversation()
    const failure = await failureOf(house.upload({ conversationId, name: 'large.pdf' }, pdf('x', 20_000_000)))
    expect(failure.code).toBe('store.full')
    await expect.poll(() => house.files()).toEqual({ kept: [], incoming: [] })
    expect(await house.store.read.draftAttachments({ conversationId })).toEqual([])
    const small = await house.upload({ conversationId, name: 'small.pdf' }, pdf('x', 1_000_000))
    const piece = await house.documents.read({ attachmentId: small.id, derivative: null, offset: 0 })
    expect(piece.bytes.byteLength).toBe(1_000_000)
    await house.close()
  })
})
