import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { TurnId } from '../../electron/contract/ids.ts'
import { startHouse } from '../helpers/turns-house.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-small-disk-'))
const mount = (size: string) => spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status === 0
const unmount = () => execFileSync('umount', ['-l', folder])
const canMount = process.platform === 'linux' && mount('1m')
if (canMount) unmount()

/** Fills the disk to the last block. Returns how to give the space back. */
function fillDisk(): () => void {
  const file = join(folder, 'filler')
  const handle = openSync(file, 'w')
  for (let size = 1024 * 1024; size >= 512; size /= 2) {
    const block = Buffer.alloc(size, 1)
    try {
      for (;;) if (writeSync(handle, block) < size) break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
  closeSync(handle)
  return () => unlinkSync(file)
}

beforeAll(() => {
  if (!canMount && process.platform === 'linux' && process.env['CI'])
    throw new Error('a small disk cannot be mounted here')
  if (!canMount) console.warn('NOT TESTED: a full disk, as no small disk can be mounted without being root on Linux')
})
afterEach(() => {
  if (canMount) unmount()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.runIf(canMount)('a disk that becomes full in the middle of a stream', () => {
  it.each([
    ['with the ballast that was kept for this', '160m'],
    ['too small for a ballast', '24m'],
  ])('%s: keeps what was shown, says so, settles later, and goes on when there is space', async (_name, size) => {
    expect(mount(size)).toBe(true)
    const house = await startHouse({ folder: join(folder, 'profile') })
    const text = Array.from({ length: 4_000 }, (_, place) => `word${place}`).join(' ')
    house.provider.setDefault({ text, delayMs: 1, tokensPerChunk: 4 })
    const conversationId = await house.conversation()
    const { replyMessageId } = await house.turns.send({ turnId: randomUUID() as TurnId, conversationId, text: 'Go' })
    await expect.poll(() => house.shown(replyMessageId).length, { timeout: 5_000 }).toBeGreaterThan(100)
    if (size === '160m')
      await expect.poll(() => existsSync(join(folder, 'profile', 'ballast')), { timeout: 15_000 }).toBe(true)
    const makeSpace = fillDisk()
    const first = await house.ended(replyMessageId)
    const hasBallast = first.status === 'interrupted'
    expect(hasBallast).toBe(size === '160m')
    if (!hasBallast) makeSpace()
    await expect
      .poll(async () => (await house.store.read.getMessage({ messageId: replyMessageId })).status, { timeout: 10_000 })
      .toBe('interrupted')
    const reply = await house.store.read.getMessage({ messageId: replyMessageId })
    expect(reply).toMatchObject({ status: 'interrupted', failure: { code: 'store.full', text: 'partly-kept' } })
    expect(reply.text).toBe(house.shown(replyMessageId))
    expect(text.startsWith(reply.text)).toBe(true)
    expect(reply.text.length).toBeLessThan(text.length)
    if (hasBallast) makeSpace()
    house.provider.setDefault({ text: 'There is room again.' })
    expect(await house.ask(conversationId, 'And now?')).toMatchObject({
      status: 'complete',
      text: 'There is room again.',
    })
    await house.provider.settled()
    await house.reconciliation.run()
    const cost = await house.store.read.conversationCost({ conversationId })
    expect(cost).toMatchObject({ nanoUsd: house.provider.books.total() * 500, unknownCount: 0 })
    expect(await house.store.maintain.verifySpend()).toMatchObject({ brokenEntries: [], wrongConversations: [] })
    await house.close()
  })
})
