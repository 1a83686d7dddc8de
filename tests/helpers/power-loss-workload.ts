/**
 * A process whose system calls are recorded: `power-loss-workload.ts <phase> <folder> <pairs>`. It says on standard output what
 * was acknowledged, in lines written at once. Phases: `first` makes the store, works, backs up, closes, and does it
 * again; `killed` opens it and works until it is killed; `after` finds what that left, says what it sees, works, closes.
 */
import { writeSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import type { AttemptId, ConversationId, MessageId, TurnId } from '../../electron/contract/ids.ts'
import { createStoreHost, type Store } from '../../electron/main/store/host.ts'
import { noUsage, type NewEntry } from '../../electron/main/store/ledger.ts'
import { acquireLock } from '../../electron/main/store/lock.ts'
import { questionFor, replyPieces } from './power-loss-words.ts'

const [, , phase = '', folder = '', pairs = '1'] = process.argv
const workerUrl = new URL('../../electron/main/store/store.worker.ts', import.meta.url)
const say = (...words: (string | number)[]) => void writeSync(1, `${words.join(' ')}\n`)
const fatal = (what: unknown) => {
  say('error', JSON.stringify(what))
  process.exit(3)
}

const lock = acquireLock({ folder, pid: process.pid, at: Date.now() })
if (lock.kind !== 'held') fatal(lock.kind)
if (phase === 'first') {
  await session(async (store, connectionId) => {
    await work(store, connectionId, Number(pairs))
    say('backup', (await store.maintain.backUp({ reason: 'by-hand', at: Date.now() })).name)
    await work(store, connectionId, 1)
  })
  await session((store, connectionId) => work(store, connectionId, 1))
} else if (phase === 'killed') {
  await session((store, connectionId) => work(store, connectionId, Number.POSITIVE_INFINITY))
} else {
  await session((store, connectionId) => work(store, connectionId, 2))
}
if (lock.kind === 'held') lock.release()

/** Opens the store as main does, says what is in it, works, closes. */
async function session(body: (store: Store, connectionId: string) => Promise<void>): Promise<void> {
  const store = await createStoreHost({
    folder,
    workerUrl,
    mode: 'read-write',
    onSlow: () => undefined,
    onDied: fatal,
    onTrouble: fatal,
    onDamage: fatal,
  })
  const failure = { code: 'reply.ended-early', text: 'partly-kept', money: 'unknown' } as const
  await store.write.recoverTurns({ failure, at: Date.now() })
  const connectionId = await store.write.connectionFor({ kind: 'api', origin: 'https://api.example', at: Date.now() })
  for (const { id } of await store.read.listConversations()) {
    const { messages } = await store.read.readBranch({ conversationId: id, place: { kind: 'end' }, limit: 500 })
    // A window shows this now: from here on no power cut may take it away.
    for (const { id: messageId, role, text } of messages) if (role === 'assistant') say('shown', messageId, text.length)
  }
  say('ready')
  await body(store, connectionId)
  say('closing')
  await store.close()
  say('closed')
}

interface Running {
  conversationId: ConversationId
  replyId: MessageId
  attemptId: AttemptId
}

/** Pairs of turns in two conversations of their own; each pair receives in the same commits. */
async function work(store: Store, connectionId: string, count: number): Promise<void> {
  for (let pair = 0; pair < count; pair++) {
    const first = await begin(store, connectionId)
    const second = await begin(store, connectionId)
    say('pair', first.replyId, second.replyId)
    let start = 0
    const pieces = [replyPieces(first.replyId), replyPieces(second.replyId)] as const
    for (const [number, text] of pieces[0].entries()) {
      await store.write.appendReceived({
        deltas: [
          { messageId: first.replyId, kind: 'content', start, text },
          { messageId: second.replyId, kind: 'content', start, text: pieces[1][number] ?? '' },
        ],
        events: [first, second].map(({ attemptId }) => ({ attemptId, number, data: [text, text] })),
        at: Date.now(),
      })
      start += text.length
      say('shown', first.replyId, start)
      say('shown', second.replyId, start)
    }
    await end(store, first, 'billed')
    await end(store, second, 'unknown')
    await store.write.correctAttempt(entry(second, 'correct', 'billed'))
    say('corrected', second.attemptId)
  }
}

async function begin(store: Store, connectionId: string): Promise<Running> {
  const at = Date.now()
  const { id: conversationId } = await store.write.createConversation({ connectionId, at })
  say('conversation', conversationId)
  const turnId = randomUUID() as string as TurnId
  const replyId = randomUUID() as string as MessageId
  const attemptId = randomUUID() as string as AttemptId
  await store.write.beginTurn({
    turnId,
    conversationId,
    parentId: null,
    text: questionFor(replyId),
    isContinuation: false,
    userMessageId: randomUUID() as string as MessageId,
    replyMessageId: replyId,
    at,
  })
  say('begun', replyId)
  await store.write.reserveAttempt({
    attempt: {
      id: attemptId,
      connectionId,
      purpose: 'reply',
      turnId,
      number: 1,
      conversationId,
      messageId: replyId,
      priceId: null,
      manifest: {},
      startedAt: at,
    },
    isDemo: false,
    reservedNanoUsd: 1_000,
  })
  say('reserved', attemptId)
  return { conversationId, replyId, attemptId }
}

async function end(store: Store, { replyId, attemptId }: Running, source: 'billed' | 'unknown'): Promise<void> {
  await store.write.endTurn({
    reply: {
      messageId: replyId,
      status: 'complete',
      finishReason: 'stop',
      failure: null,
      refusal: null,
      annotations: [],
    },
    attemptId,
    entry: entry({ attemptId }, 'settle', source),
    at: Date.now(),
  })
  say('ended', replyId, attemptId)
}

function entry(
  { attemptId }: Pick<Running, 'attemptId'>,
  kind: NewEntry['kind'],
  source: NewEntry['source'],
): NewEntry {
  return {
    attemptId,
    kind,
    source,
    nanoUsd: source === 'unknown' ? null : 500,
    credits: source === 'unknown' ? null : 1,
    usage: noUsage,
    inferenceId: null,
    requestId: null,
    outcome: 'complete',
    firstByteMs: 1,
    firstTokenMs: 2,
    totalMs: 3,
    at: Date.now(),
  }
}
