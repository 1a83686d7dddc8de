/**
 * A process to be killed: `store-writer.ts <mode> <folder> [turns]`. It says on standard output what was acknowledged, in lines
 * written at once. Modes: `turns` writes one turn after another in small pieces; `backup` also makes backups; `migrate`
 * takes a store of version 1 through made-up versions; `own` holds the profile; `open` opens it and says how that went.
 */
import { writeSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { AttemptId, MessageId, TurnId } from '../../electron/contract/ids.ts'
import { FailureError } from '../../electron/contract/errors.ts'
import { backUp } from '../../electron/main/store/backup.ts'
import { createStoreHost } from '../../electron/main/store/host.ts'
import { noUsage } from '../../electron/main/store/ledger.ts'
import { acquireLock } from '../../electron/main/store/lock.ts'
import { migrate } from '../../electron/main/store/migrate.ts'
import { migrations } from '../../electron/main/store/migrations/index.ts'
import { openDatabase } from '../../electron/main/store/open.ts'
import { onRaise } from '../../electron/main/store/raise.ts'
import { startStore } from '../../electron/main/store/start.ts'

const [, , mode = '', folder = '', turns = 'Infinity'] = process.argv
const say = (line: string) => writeSync(1, `${line}\n`)
const workerUrl = new URL('../../electron/main/store/store.worker.ts', import.meta.url)

if (mode === 'own') own()
else if (mode === 'open') await open()
else if (mode === 'migrate') migrateOn()
else await write(mode === 'backup')

function own(): void {
  const lock = acquireLock({ folder, pid: process.pid, at: Date.now() })
  say(lock.kind === 'taken' ? `taken ${lock.pid}` : lock.kind)
  if (lock.kind !== 'held') process.exit(0)
  onRaise(folder, () => say('raise'))
  setInterval(() => undefined, 1_000)
}

function migrateOn(): void {
  const steps = [...migrations]
  for (let number = 2; number <= 40; number++) {
    steps.push(
      `CREATE TABLE made_${number} (n INTEGER) STRICT; INSERT INTO made_${number} WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 2000) SELECT n FROM c; DROP TABLE IF EXISTS made_${number - 1};`,
    )
  }
  const db = openDatabase({ file: join(folder, 'store.db'), role: 'writer', mode: 'read-write' })
  say('begin')
  migrate(db, {
    storeId: 'unused',
    at: Date.now(),
    steps,
    backUp: () => void backUp(db, { reason: 'before-migration', at: Date.now() }),
  })
  say('end')
}

async function open(): Promise<void> {
  const lock = acquireLock({ folder, pid: process.pid, at: Date.now() })
  const { state, store } = await startStore({ folder, workerUrl, onSlow: () => undefined, onDied: () => undefined })
  const conversations = (await store?.read.listConversations())?.length ?? null
  const written = await store?.write.connectionFor({ kind: 'api', origin: 'https://x', at: 1 }).then(
    () => 'written',
    (error: unknown) => (error instanceof FailureError ? error.failure.code : String(error)),
  )
  await store?.close()
  say(JSON.stringify({ lock: lock.kind, state, conversations, write: written }))
  if (lock.kind === 'held') lock.release()
}

async function write(isBackingUp: boolean): Promise<void> {
  const fatal = (what: unknown) => {
    say(`error ${JSON.stringify(what)}`)
    process.exit(3)
  }
  const store = await createStoreHost({
    folder,
    workerUrl,
    mode: 'read-write',
    onSlow: () => undefined,
    onDied: fatal,
    onTrouble: fatal,
  })
  const failure = { code: 'reply.ended-early', text: 'partly-kept', money: 'unknown' } as const
  await store.write.recoverTurns({ failure, at: Date.now() })
  const connectionId = await store.write.connectionFor({ kind: 'api', origin: 'https://api.example', at: Date.now() })
  say('ready')
  if (isBackingUp) {
    void (async () => {
      for (;;) say(`backup ${(await store.maintain.backUp({ reason: 'by-hand', at: Date.now() })).name}`)
    })().catch(fatal)
  }
  const conversation = await store.write.createConversation({ connectionId, at: Date.now() })
  let parentId: MessageId | null = null
  for (let turn = 0; turn < Number(turns); turn++) {
    const turnId = randomUUID() as string as TurnId
    const attemptId = randomUUID() as string as AttemptId
    const replyMessageId = randomUUID() as string as MessageId
    const userMessageId = randomUUID() as string as MessageId
    const at = Date.now()
    await store.write.beginTurn({
      turnId,
      conversationId: conversation.id,
      parentId,
      text: `to ${turnId}`,
      isContinuation: false,
      userMessageId,
      replyMessageId,
      at,
    })
    const attempt = {
      id: attemptId,
      connectionId,
      purpose: 'reply',
      turnId,
      number: 1,
      conversationId: conversation.id,
      messageId: replyMessageId,
      priceId: null,
      manifest: {},
      startedAt: at,
    } as const
    await store.write.reserveAttempt({ attempt, isDemo: false, reservedNanoUsd: 1_000 })
    say(`reserved ${attemptId}`)
    let start = 0
    for (let piece = 0; piece < 12; piece++) {
      const text = `<${piece}:${'x'.repeat(piece * 37)}>`
      await store.write.appendReceived({
        deltas: [{ messageId: replyMessageId, kind: 'content', start, text }],
        events: [{ attemptId, number: piece, data: [text] }],
        at,
      })
      start += text.length
      // What is acknowledged is what a window would show now.
      say(`shown ${replyMessageId} ${start}`)
    }
    await store.write.endTurn({
      reply: {
        messageId: replyMessageId,
        status: 'complete',
        finishReason: 'stop',
        failure: null,
        refusal: null,
        annotations: [],
      },
      attemptId,
      entry: {
        attemptId,
        kind: 'settle',
        source: 'billed',
        nanoUsd: 500,
        credits: 1,
        usage: noUsage,
        inferenceId: null,
        requestId: null,
        outcome: 'complete',
        firstByteMs: 1,
        firstTokenMs: 2,
        totalMs: 3,
        at,
      },
      at,
    })
    say(`settled ${attemptId}`)
    parentId = replyMessageId
  }
  await store.close()
}
