import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { acquireLock } from '../../electron/main/store/lock.ts'
import { requestRaise } from '../../electron/main/store/raise.ts'
import { startWriter } from '../helpers/store-kill.ts'
import { temporaryFolder } from '../helpers/store.ts'

test(
  'five starts on one profile: one owner, the others learn its pid; killed, it frees the profile',
  { timeout: 60_000 },
  async () => {
    const folder = temporaryFolder()
    const starts = Array.from({ length: 5 }, () => startWriter('own', folder))
    const answers = await Promise.all(starts.map((start) => Promise.race([start.said('held'), start.said('taken')])))
    expect(answers.filter((answer) => answer === 'held')).toHaveLength(1)
    const owner = starts[answers.indexOf('held')]
    // A start in the very moment in which the owner writes its pid may not read it yet.
    for (const answer of answers) expect(['held', `taken ${owner?.process.pid}`, 'taken null']).toContain(answer)
    expect(acquireLock({ folder, pid: 1, at: 1 })).toEqual({ kind: 'taken', pid: owner?.process.pid })
    if (process.platform !== 'win32') expect(statSync(join(folder, 'owner.json')).mode & 0o777).toBe(0o600)

    requestRaise(folder)
    await owner?.said('raise')
    requestRaise(folder)
    await expect.poll(() => owner?.lines().filter((line) => line === 'raise').length, { timeout: 5_000 }).toBe(2)

    await owner?.kill()
    const lock = acquireLock({ folder, pid: process.pid, at: 2 })
    expect(lock.kind).toBe('held')
    expect(JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'))).toEqual({ pid: process.pid, startedAt: 2 })
    const late = startWriter('own', folder)
    expect(await late.said('taken')).toBe(`taken ${process.pid}`)
    if (lock.kind === 'held') lock.release()
    const next = startWriter('own', folder)
    await next.said('held')
    await next.kill()
  },
)

test('one process cannot own a profile twice', () => {
  const folder = temporaryFolder()
  const first = acquireLock({ folder, pid: process.pid, at: 1 })
  expect(first.kind).toBe('held')
  expect(acquireLock({ folder, pid: process.pid, at: 2 })).toEqual({ kind: 'taken', pid: process.pid })
  if (first.kind === 'held') first.release()
  const again = acquireLock({ folder, pid: process.pid, at: 3 })
  expect(again.kind).toBe('held')
  if (again.kind === 'held') again.release()
})
