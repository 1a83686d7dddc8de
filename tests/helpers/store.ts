import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach } from 'vitest'
import type { AttemptId, ConversationId, MessageId, TurnId } from '../../electron/contract/ids.ts'
import { createConversation } from '../../electron/main/store/conversations.ts'
import type { Database } from '../../electron/main/store/database.ts'
import { noUsage, type NewEntry } from '../../electron/main/store/ledger.ts'
import { openStore, type OpenedStore } from '../../electron/main/store/opening.ts'
import { connectionFor } from '../../electron/main/store/settings.ts'
import { endTurn } from '../../electron/main/store/turn-end.ts'
import { appendReceived, beginTurn, reserveAttempt } from '../../electron/main/store/turns.ts'

/** The worker as the sources have it. */
export const workerUrl = new URL('../../electron/main/store/store.worker.ts', import.meta.url)

/** Where test times begin: 1 January 2026. */
export const testStart = Date.UTC(2026, 0, 1)

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** An empty profile folder, removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-store-'))
  folders.push(folder)
  return folder
}

/** Opens the store of a profile in this thread. */
export function openHere(folder: string, at = testStart): OpenedStore {
  return openStore({
    file: join(folder, 'store.db'),
    storeId: randomUUID(),
    at,
    now: () => at,
    onTrouble: (what, error) => {
      throw new Error(`trouble with ${what}`, { cause: error })
    },
  })
}

/** What one made-up turn is about. */
export interface FilledTurn {
  conversationId: ConversationId
  userMessageId: MessageId
  replyMessageId: MessageId
  attemptId: AttemptId
  question: string
  answer: string
}

/** Writes whole turns with the store's own functions: `perConversation` turns in each conversation, all settled at 500 nano-USD. */
export function fillStore(
  db: Database,
  { turns, perConversation = 10, words = 40 }: { turns: number; perConversation?: number; words?: number },
): FilledTurn[] {
  const connectionId = connectionFor(db, { kind: 'api', origin: 'https://api.example', at: testStart })
  const filled: FilledTurn[] = []
  let conversationId: ConversationId | null = null
  let parentId: MessageId | null = null
  // One commit for all of them: the turns' own transactions become savepoints.
  db.transaction(() => {
    for (let number = 0; number < turns; number++) {
      if (number % perConversation === 0 || conversationId === null) {
        conversationId = createConversation(db, { connectionId, at: testStart + number }).id
        parentId = null
      }
      const turn = fillTurn(db, { connectionId, conversationId, parentId, number, words })
      parentId = turn.replyMessageId
      filled.push(turn)
    }
  })()
  return filled
}

/** Writes one whole turn. */
export function fillTurn(
  db: Database,
  {
    connectionId,
    conversationId,
    parentId,
    number,
    words,
  }: {
    connectionId: string
    conversationId: ConversationId
    parentId: MessageId | null
    number: number
    words: number
  },
): FilledTurn {
  const at = testStart + number
  const turnId = randomUUID() as string as TurnId
  const attemptId = randomUUID() as string as AttemptId
  const userMessageId = randomUUID() as string as MessageId
  const replyMessageId = randomUUID() as string as MessageId
  const question = `question ${number} ${wordsFrom(number, words)}`
  const answer = `answer ${number} ${wordsFrom(number + 7, words)}`
  beginTurn(db, {
    turnId,
    conversationId,
    parentId,
    text: question,
    isContinuation: false,
    userMessageId,
    replyMessageId,
    at,
  })
  reserveAttempt(db, {
    attempt: {
      id: attemptId,
      connectionId,
      purpose: 'reply',
      turnId,
      number: 1,
      conversationId,
      messageId: replyMessageId,
      priceId: null,
      manifest: {},
      startedAt: at,
    },
    isDemo: false,
    reservedNanoUsd: 1_000,
  })
  appendReceived(db, {
    deltas: [{ messageId: replyMessageId, kind: 'content', start: 0, text: answer }],
    events: [],
    at,
  })
  endTurn(db, {
    reply: {
      messageId: replyMessageId,
      status: 'complete',
      finishReason: 'stop',
      failure: null,
      refusal: null,
      annotations: [],
    },
    attemptId,
    entry: settled(attemptId, at),
    at,
  })
  return { conversationId, userMessageId, replyMessageId, attemptId, question, answer }
}

/** The entry of an attempt that cost 500 nano-USD. */
function settled(attemptId: AttemptId, at: number): NewEntry {
  return {
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
  }
}

/** Makes a profile with a filled, cleanly closed store. */
export function filledFolder(input: { turns: number; perConversation?: number; words?: number }): {
  folder: string
  file: string
  filled: FilledTurn[]
} {
  const folder = temporaryFolder()
  const { db, keeper } = openHere(folder)
  const filled = fillStore(db, input)
  keeper.afterWrite()
  keeper.close()
  return { folder, file: join(folder, 'store.db'), filled }
}

/** The pages of a table or index, from 1, of one kind (`leaf`, `internal`, `overflow`) or all. */
export function pagesOf(file: string, name: string, kind?: 'leaf' | 'internal' | 'overflow'): number[] {
  const db = new BetterSqlite3(file)
  try {
    const pages = db.prepare<[string], { pageno: number; pagetype: string }>(
      'SELECT pageno, pagetype FROM dbstat WHERE name = ? ORDER BY path',
    )
    return pages
      .all(name)
      .filter(({ pagetype }) => kind === undefined || pagetype === kind)
      .map(({ pageno }) => pageno)
  } finally {
    db.close()
  }
}

/** Overwrites bytes of a file in place. */
export function overwrite(file: string, offset: number, bytes: Uint8Array): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, bytes, 0, bytes.length, offset)
  fsyncSync(handle)
  closeSync(handle)
}

/** Overwrites a whole page, from 1, with one byte. */
export function ruinPage(file: string, page: number, pageSize = 4096): void {
  overwrite(file, (page - 1) * pageSize, Buffer.alloc(pageSize, 0xa5))
}

const vocabulary = [
  'river',
  'stone',
  'lamp',
  'garden',
  'winter',
  'paper',
  'engine',
  'orange',
  'window',
  'letter',
  'cloud',
  'music',
  'bridge',
  'silver',
]

function wordsFrom(seed: number, count: number): string {
  return Array.from({ length: count }, (_, index) => vocabulary[(seed * 5 + index * 3) % vocabulary.length]).join(' ')
}
