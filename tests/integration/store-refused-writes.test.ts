import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ConversationId, MessageId, TurnId } from '../../electron/contract/ids.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { createBallast } from '../../electron/main/store/ballast.ts'
import { inspectStore } from '../../electron/main/store/health.ts'
import { createStoreHost, type Store } from '../../electron/main/store/host.ts'
import { acquireLock } from '../../electron/main/store/lock.ts'
import { startStore } from '../../electron/main/store/start.ts'
import type { NewTurn } from '../../electron/main/store/turns.ts'
import { filledFolder, fillTurn, openHere, temporaryFolder, testStart, workerUrl } from '../helpers/store.ts'

const script = fileURLToPath(new URL('../helpers/store-writer.ts', import.meta.url))
const isRoot = process.getuid?.() === 0
/** Permission bits do not hold root back: then the start is made as another user. */
const nobody = 65_534

interface Opened {
  lock: string
  state: unknown
  conversations: number | null
  write: string
}

function openElsewhere(folder: string): Opened {
  const user = isRoot ? { uid: nobody, gid: nobody } : {}
  const { stdout, stderr } = spawnSync(process.execPath, [script, 'open', folder], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '' },
    ...user,
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Opened
}

const canOpenElsewhere =
  process.platform !== 'win32' &&
  (!isRoot ||
    spawnSync(process.execPath, ['-e', `require('fs').readFileSync(${JSON.stringify(script)})`], {
      uid: nobody,
      gid: nobody,
    }).status === 0)
if (!canOpenElsewhere)
  console.warn('NOT TESTED: a folder that cannot be written (another user cannot read the sources here)')

describe.skipIf(!canOpenElsewhere)('a profile that cannot be written', () => {
  test('opens for reading, with its log, and stays as it is', () => {
    const { folder } = filledFolder({ turns: 25 })
    const names = readdirSync(folder)
    for (const name of names) chmodSync(join(folder, name), 0o444)
    chmodSync(folder, 0o555)
    expect(openElsewhere(folder)).toEqual({
      lock: 'not-writable',
      state: { kind: 'read-only', reason: 'not-writable', unread: null },
      conversations: 3,
      write: 'store.read-only',
    })
    expect(readdirSync(folder)).toEqual(names)
    chmodSync(folder, 0o755)
  })

  test('a folder that cannot even be made is an empty store for reading', () => {
    const parent = temporaryFolder()
    chmodSync(parent, 0o555)
    expect(openElsewhere(join(parent, 'profile'))).toEqual({
      lock: 'not-writable',
      state: { kind: 'read-only', reason: 'not-writable', unread: null },
      conversations: 0,
      write: 'store.read-only',
    })
    chmodSync(parent, 0o755)
  })

  test('a file that alone cannot be written', () => {
    const { folder, file } = filledFolder({ turns: 25 })
    if (isRoot) chownSync(folder, nobody, nobody)
    chmodSync(folder, 0o755)
    chmodSync(file, 0o444)
    chmodSync(join(folder, 'store.json'), 0o444)
    expect(openElsewhere(folder)).toMatchObject({
      lock: 'held',
      state: { kind: 'read-only', reason: 'not-writable', unread: null },
      conversations: 3,
    })
  })
})

function newTurn(conversationId: ConversationId, parentId: MessageId | null, text: string): NewTurn {
  const id = <Id extends string>() => randomUUID() as string as Id
  return {
    turnId: id<TurnId>(),
    conversationId,
    parentId,
    text,
    isContinuation: false,
    userMessageId: id<MessageId>(),
    replyMessageId: id<MessageId>(),
    at: testStart,
  }
}

async function countKept(store: Store | null, ids: MessageId[]): Promise<number> {
  const found = await Promise.all(ids.map((messageId) => store?.read.getMessage({ messageId })))
  return found.filter((message) => message !== undefined).length
}

const small = mkdtempSync(join(tmpdir(), 'parley-small-'))
const hasSmallDisk =
  process.platform === 'linux' &&
  isRoot &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', small]).status === 0
if (!hasSmallDisk) console.warn('NOT TESTED: a full disk (mounting a small one needs root and Linux)')
afterAll(() => {
  if (hasSmallDisk) spawnSync('umount', ['-l', small])
  rmSync(small, { recursive: true, force: true })
})

describe.skipIf(!hasSmallDisk)('a full disk', () => {
  const quiet = { workerUrl, onSlow: () => undefined, onDied: () => undefined, now: () => testStart }

  /** Takes all space but `leave` bytes. */
  function fillDisk(leave: number): void {
    const rest = join(small, 'rest')
    rmSync(rest, { force: true })
    try {
      for (let size = 64; ; size++)
        writeFileSync(rest, Buffer.alloc(64 * 1024, 1), { flag: 'a', ...(size > 1_000 ? { flush: true } : {}) })
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC')
    }
    if (leave === 0) return
    const size = statSync(rest).size
    rmSync(rest)
    writeFileSync(rest, Buffer.alloc(Math.max(0, size - leave), 1))
  }

  test(
    'in the middle of writing: the ballast lets what is being written be kept, it is told, then calls say so',
    { timeout: 60_000 },
    async () => {
      const folder = join(small, 'profile')
      mkdirSync(folder)
      createBallast(folder, { free: () => 1e12 }).restore()
      expect(statSync(join(folder, 'ballast')).size).toBe(4 * 1024 * 1024)
      let told = 0
      const troubles: string[] = []
      const first = acquireLock({ folder, pid: process.pid, at: 1 })
      expect(first.kind).toBe('held')
      if (first.kind === 'held') first.release()
      const store = await createStoreHost({
        ...quiet,
        folder,
        mode: 'read-write',
        onFull: () => (told += 1),
        onTrouble: ({ what }) => troubles.push(what),
      })
      const connectionId = await store.write.connectionFor({ kind: 'api', origin: 'https://api.example', at: 1 })
      const conversation = await store.write.createConversation({ connectionId, at: 1 })
      fillDisk(300_000)

      const ids: MessageId[] = []
      let refused = ''
      for (let number = 0; number < 500 && refused === ''; number++) {
        const turn = newTurn(conversation.id, ids.at(-1) ?? null, `${number} ${'x'.repeat(50_000)}`)
        try {
          await store.write.beginTurn(turn)
          ids.push(turn.replyMessageId)
        } catch (error) {
          refused = (error as { failure: { code: string } }).failure.code
        }
      }
      expect(refused).toBe('store.full')
      expect(told).toBe(1)
      expect(existsSync(join(folder, 'ballast'))).toBe(false)
      expect(await countKept(store, ids)).toBe(ids.length)
      await expect(store.maintain.backUp({ reason: 'by-hand', at: 1 })).rejects.toMatchObject({
        failure: { code: 'store.full' },
      })
      await store.close()

      // At the next start it is still full: for reading only, with everything that was acknowledged.
      fillDisk(0)
      const lock = acquireLock({ folder, pid: process.pid, at: 2 })
      expect(lock.kind).toBe('held')
      if (lock.kind === 'held') lock.release()
      const { state, store: readable } = await startStore({ ...quiet, folder })
      expect(state).toEqual({ kind: 'read-only', reason: 'disk-full', unread: null })
      expect(await countKept(readable, ids)).toBe(ids.length)
      await readable?.close()

      rmSync(join(small, 'rest'))
      const again = await startStore({ ...quiet, folder })
      expect(again.state).toEqual({ kind: 'ready' })
      expect(await countKept(again.store, ids)).toBe(ids.length)
      await again.store?.close()
      rmSync(folder, { recursive: true })
    },
  )

  test('a first start on it', () => {
    fillDisk(0)
    expect(acquireLock({ folder: small, pid: process.pid, at: 1 }).kind).toBe('not-writable')
    expect(inspectStore(join(small, 'new'))).toMatchObject({ kind: 'read-only', reason: 'disk-full' })
    rmSync(join(small, 'rest'))
  })
})

test('the ballast is given back once and not taken where there is little', () => {
  const folder = temporaryFolder()
  const ballast = createBallast(folder, { free: () => 64 * 1024 * 1024 })
  expect(ballast.restore()).toBe(true)
  expect(ballast.restore()).toBe(true)
  expect(ballast.free()).toBe(true)
  expect(ballast.free()).toBe(false)
  expect(createBallast(folder, { free: () => 64 * 1024 * 1024 - 1 }).restore()).toBe(false)
})

test('a turn that meets the full disk in this thread leaves nothing behind', () => {
  const folder = temporaryFolder()
  const { db, keeper } = openHere(folder)
  db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + 4}`)
  const connectionId = 'none'
  expect(() =>
    fillTurn(db, { connectionId, conversationId: 'none' as never, parentId: null, number: 1, words: 10 }),
  ).toThrow()
  expect(db.inTransaction).toBe(false)
  keeper.close()
})
