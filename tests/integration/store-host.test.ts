import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createConnection } from '../../electron/main/store/connection.ts'
import { createStoreHost, type StoreHostOptions } from '../../electron/main/store/host.ts'
import { filledFolder, temporaryFolder, workerUrl } from '../helpers/store.ts'

const quiet = {
  workerUrl,
  mode: 'read-write',
  onSlow: () => undefined,
  onDied: () => undefined,
} satisfies Partial<StoreHostOptions>

test('a fresh store opens, answers, closes, and leaves the database and what was noted of it', async () => {
  const folder = temporaryFolder()
  const store = await createStoreHost({ ...quiet, folder })
  expect(store.migrated).toEqual({ kind: 'created' })
  const [written, read, maintained] = await Promise.all([store.write.ping(), store.read.ping(), store.maintain.ping()])
  for (const time of [written, read, maintained]) expect(time).toBeGreaterThan(1e12)
  await store.close()
  await store.close()
  expect(readdirSync(folder).toSorted()).toEqual(['store.db', 'store.json'])
  expect(JSON.parse(readFileSync(join(folder, 'store.json'), 'utf8'))).toMatchObject({
    cleanlyClosed: true,
    schemaVersion: 1,
    messageCount: 0,
  })
  await expect(store.write.ping()).rejects.toMatchObject({ failure: { code: 'store.busy' } })
})

test('what one thread committed the others see', async () => {
  const store = await createStoreHost({ ...quiet, folder: temporaryFolder() })
  const connectionId = await store.write.connectionFor({ kind: 'api', origin: 'https://api.example', at: 1 })
  const { id } = await store.write.createConversation({ connectionId, at: 1 })
  await store.write.renameConversation({ conversationId: id, title: 'Lakes' })
  expect(await store.read.listConversations()).toMatchObject([{ id, title: 'Lakes' }])
  expect(await store.maintain.search({ query: 'lak', limit: 5 })).toMatchObject([{ conversationId: id }])
  await store.close()
})

test('calls that are queued when it closes are answered', async () => {
  const store = await createStoreHost({ ...quiet, folder: temporaryFolder() })
  const answers = Promise.all(Array.from({ length: 50 }, () => [store.write.ping(), store.maintain.ping()]).flat())
  await store.close()
  expect(await answers).toHaveLength(100)
})

test('errors arrive as failures, with nothing of the values in them', async () => {
  const store = await createStoreHost({ ...quiet, folder: temporaryFolder() })
  const write = store.write as unknown as Record<string, (input: unknown) => Promise<unknown>>
  for (const name of ['nothing', 'toString', '__proto__', 'constructor']) {
    await expect(write[name]?.({})).rejects.toMatchObject({
      failure: { code: 'internal', detail: `no writer call named ${name}` },
    })
  }
  await expect(store.read.getConversation({ conversationId: 'x' as never })).rejects.toMatchObject({
    failure: { code: 'conversation.not-found' },
  })
  await expect(write['saveDraft']?.({ conversationId: 'k', text: { secret: 'words' }, at: 1 })).rejects.toSatisfy(
    (error) => !String(error).includes('words'),
  )
  await expect(write['ping']?.(() => 'not a thing to post')).rejects.toMatchObject({ failure: { code: 'internal' } })
  expect(await store.write.ping()).toBeGreaterThan(0)
  await store.close()
})

test('a search that a newer one replaces while it waits is dropped', async () => {
  const { folder } = filledFolder({ turns: 30 })
  const store = await createStoreHost({ ...quiet, folder })
  const long = store.maintain.checkIntegrity()
  const searches = ['r', 'ri', 'riv', 'rive', 'river'].map((query) =>
    store.maintainLatest('search', 'search', { query, limit: 5 }),
  )
  const backup = store.maintain.ping()
  const settled = await Promise.allSettled(searches)
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected', 'fulfilled'])
  for (const search of settled.slice(0, 4)) {
    expect(search).toMatchObject({ reason: { failure: { code: 'store.busy', detail: 'superseded by a newer call' } } })
  }
  expect((await long).isSound).toBe(true)
  expect(await backup).toBeGreaterThan(0)
  await store.close()
})

test('a slow call is told with its name', async () => {
  const { folder } = filledFolder({ turns: 1_000, words: 100 })
  const slow: { role: string; name: string; ms: number }[] = []
  const store = await createStoreHost({ ...quiet, folder, onSlow: (call) => slow.push(call) })
  await store.maintain.checkIntegrity()
  await store.close()
  expect(slow).toContainEqual({
    role: 'maintenance',
    name: 'checkIntegrity',
    ms: expect.toSatisfy((ms: number) => ms > 20),
  })
})

test('a thread that dies rejects everything outstanding, once', async () => {
  const deaths: unknown[] = []
  const store = await createStoreHost({
    ...quiet,
    folder: temporaryFolder(),
    workerUrl: new URL('../helpers/dying-worker.mjs', import.meta.url),
    onDied: (death) => deaths.push(death),
  })
  expect(await store.write.ping()).toBe(1)
  const answers = await Promise.allSettled([store.write.ping(), store.write.ping(), store.write.ping()])
  for (const answer of answers)
    expect(answer).toMatchObject({ status: 'rejected', reason: { failure: { code: 'internal' } } })
  await expect(store.write.ping()).rejects.toMatchObject({
    failure: { detail: expect.stringContaining('store writer ended') },
  })
  expect(await store.read.ping()).toBe(0)
  expect(deaths).toMatchObject([{ role: 'writer', failure: { code: 'internal' } }])
  await store.close()
})

test('a worker that cannot be loaded fails the opening', async () => {
  const missing = new URL('no-such-worker.mjs', import.meta.url)
  await expect(createStoreHost({ ...quiet, folder: temporaryFolder(), workerUrl: missing })).rejects.toMatchObject({
    failure: { code: 'internal' },
  })
  const connection = createConnection({
    workerUrl: missing,
    start: { role: 'reader', file: 'x', mode: 'read-write' },
    onSlow: () => undefined,
    onFull: () => undefined,
    onTrouble: () => undefined,
    onDied: () => undefined,
  })
  await expect(connection.call('reader', 'ping', undefined)).rejects.toMatchObject({ failure: { code: 'internal' } })
  await connection.close()
})
