import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AttemptId, ConversationId, MessageId, TurnId } from '../../electron/contract/ids.ts'
import { createConversation } from '../../electron/main/store/conversations.ts'
import type { Database } from '../../electron/main/store/database.ts'
import { noUsage } from '../../electron/main/store/ledger.ts'
import { openStore } from '../../electron/main/store/opening.ts'
import { connectionFor } from '../../electron/main/store/settings.ts'
import { endTurn } from '../../electron/main/store/turn-end.ts'
import { appendReceived, beginTurn, reserveAttempt } from '../../electron/main/store/turns.ts'
import { temporaryProfile } from './app.ts'

/** A conversation to be made: what is asked and answered in turn number `n`, from 0. */
export interface MadeChat {
  turns: number
  question(n: number): string
  answer(n: number): string
}

const newId = <Id extends string>() => randomUUID() as string as Id

function writeTurn(
  db: Database,
  on: { connectionId: string; conversationId: ConversationId },
  turn: {
    parentId: MessageId | null
    question: string
    answer: string
    at: number
  },
): MessageId {
  const { parentId, question, answer, at } = turn
  const { connectionId, conversationId } = on
  const turnId = newId<TurnId>()
  const attemptId = newId<AttemptId>()
  const messageId = newId<MessageId>()
  const userMessageId = newId<MessageId>()
  beginTurn(db, {
    turnId,
    conversationId,
    parentId,
    text: question,
    isContinuation: false,
    userMessageId,
    replyMessageId: messageId,
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
      messageId,
      priceId: null,
      manifest: {},
      startedAt: at,
    },
    isDemo: false,
    reservedNanoUsd: 1_000,
  })
  appendReceived(db, { deltas: [{ messageId, kind: 'content', start: 0, text: answer }], events: [], at })
  endTurn(db, {
    reply: { messageId, status: 'complete', finishReason: 'stop', failure: null, refusal: null, annotations: [] },
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
  return messageId
}

/** Makes a profile with these conversations, the first one the oldest; with the store's own functions. */
export function profileWith(chats: readonly MadeChat[]): string {
  const profile = temporaryProfile()
  mkdirSync(profile, { recursive: true })
  const start = Date.now() - 86_400_000
  const { db, keeper } = openStore({
    file: join(profile, 'store.db'),
    storeId: randomUUID(),
    at: start,
    now: () => start,
    onTrouble: (what, error) => {
      throw new Error(`trouble with ${what}`, { cause: error })
    },
  })
  const connectionId = connectionFor(db, { kind: 'api', origin: 'https://api.example', at: start })
  db.transaction(() => {
    chats.forEach((chat, number) => {
      const at = start + number * 60_000
      const on = { connectionId, conversationId: createConversation(db, { connectionId, at }).id }
      let parentId: MessageId | null = null
      for (let n = 0; n < chat.turns; n += 1)
        parentId = writeTurn(db, on, { parentId, question: chat.question(n), answer: chat.answer(n), at: at + n })
    })
  })()
  keeper.afterWrite()
  keeper.close()
  return profile
}
