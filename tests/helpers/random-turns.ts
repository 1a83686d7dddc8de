import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { ConversationId, TurnId } from '../../electron/contract/ids.ts'
import { FailureError } from '../../electron/contract/errors.ts'
import { startHouse, type House } from './turns-house.ts'
import type { Behaviour } from '../provider/behaviour.ts'
import {
  accessDenied,
  cut,
  errorInStream,
  httpFailure,
  lateMeta,
  outOfCredit,
  resetConnection,
} from '../provider/presets.ts'

const text = Array.from({ length: 24 }, (_, place) => `word${place * 37}`).join(' ')

const behaviours: Behaviour[] = [
  {},
  {},
  {},
  { finishReason: 'length' },
  cut(3),
  cut(12),
  resetConnection(4),
  resetConnection(),
  errorInStream(0),
  errorInStream(6),
  httpFailure(400),
  httpFailure(401),
  httpFailure(429, { retryAfter: 0 }),
  httpFailure(500),
  httpFailure(503),
  outOfCredit(),
  accessDenied(),
  lateMeta(15),
  { meta: 'absent' },
  { meta: 'absent', usage: 'absent' },
  { absurdMeta: 'negative' },
  { absurdMeta: 'nan' },
  { absurdMeta: 'huge' },
  { absurdMeta: 'fraction' },
  { jsonCompletion: true },
  { delayMs: 2 },
  { delayMs: 3 },
]

/** Numbers that look random and follow from the seed alone (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** What a run came to, for its report. */
export interface RandomRun {
  turns: number
  requests: number
  refused: number
  crashes: number
  statuses: Record<string, number>
}

/**
 * Makes turns at random over every fault of the imitation, several at once, with stops, budget edits and crashes in between,
 * and checks after each round: the ledger is the imitation's books to the credit, every attempt is accounted for, the
 * chain and all sums hold, and no budget was exceeded.
 */
export async function expectRandomTurns(input: { turns: number; seed: number }): Promise<RandomRun> {
  const random = randomFrom(input.seed)
  let house = await startHouse({ backoffMs: 1 })
  const run: RandomRun = { turns: 0, requests: 0, refused: 0, crashes: 0, statuses: {} }
  const maxTokens = 40
  try {
    await house.prices.refresh()
    const conversations: ConversationId[] = []
    while (run.turns < input.turns) {
      const limitNanoUsd = [null, 150_000_000, 3_000_000, 900_000][random(4)] ?? null
      const spent = await usedToday(house)
      const limit = limitNanoUsd === null ? null : spent + limitNanoUsd
      await house.store.write.setBudget({ scope: 'day', conversationId: null, limitNanoUsd: limit, at: Date.now() })
      const together = 1 + random(4)
      const isCrash = random(12) === 0
      await Promise.all(
        Array.from({ length: together }, async () => {
          run.turns += 1
          let conversationId = conversations[random(conversations.length + 1)]
          if (conversationId === undefined || conversations.length < 4) {
            conversationId = await house.conversation()
            await house.store.write.saveDraft({ conversationId, text: 'taken', at: 1 })
            await house.store.write.writeParameters({ conversationId, parameters: { max_tokens: maxTokens } })
            conversations.push(conversationId)
          }
          if (conversations.length > 12) conversations.shift()
          house.provider.script({ text, ...behaviours[random(behaviours.length)] })
          await one(house, conversationId, random, run)
        }),
      )
      if (isCrash) {
        run.crashes += 1
        house = await house.crash()
      } else await house.turns.idle()
      house.provider.release()
      await expectBooks(house, limit)
    }
    run.requests = house.provider.chats().length
    return run
  } finally {
    await house.close()
  }
}

async function one(house: House, conversationId: ConversationId, random: (below: number) => number, run: RandomRun) {
  const turnId = randomUUID() as TurnId
  const act = random(10)
  try {
    const { leafId } = await house.store.read.turnGround({ conversationId })
    const last = leafId && (await house.store.read.getMessage({ messageId: leafId }))
    const started =
      act === 0 && last
        ? await house.turns.retry({ turnId, messageId: last.id })
        : act === 1 && last && last.text !== ''
          ? await house.turns.continue({ turnId, messageId: last.id })
          : await house.turns.send({ turnId, conversationId, text: `message ${run.turns}` })
    if (act === 2 || act === 3) {
      await new Promise((resolve) => setTimeout(resolve, random(30)))
      try {
        if (act === 2) house.turns.stop({ messageId: started.replyMessageId })
        else await house.turns.settle({ messageId: started.replyMessageId })
      } catch (error) {
        expect(error).toMatchObject({ failure: { code: 'turn.not-running' } })
      }
    }
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    expect(['budget.exceeded', 'turn.running', 'turn.not-possible']).toContain(error.failure.code)
    if (error.failure.code === 'budget.exceeded') run.refused += 1
    run.statuses[error.failure.code] = (run.statuses[error.failure.code] ?? 0) + 1
  }
}

/** Settled and held today. */
async function usedToday(house: House): Promise<number> {
  const { day } = await house.store.read.spendWindow({ at: Date.now() })
  const cost = await house.store.read.periodCost({ from: day, to: day })
  return cost.nanoUsd + cost.reservedNanoUsd
}

async function expectBooks(house: House, limit: number | null): Promise<void> {
  await house.provider.settled()
  await house.reconciliation.run()
  const { books } = house.provider
  const all = await house.store.read.periodCost({ from: '0000-01-01', to: '9999-12-31' })
  expect(all.nanoUsd).toBe(books.total() * 500)
  // What is still unknown never reached the provider, and keeps its reservation; nothing is held for anything else.
  const { rows } = await house.store.read.ledgerPage({ cursor: null, limit: 200, states: ['unknown', 'held'] })
  expect(rows.filter(({ attemptId }) => books.byClientRequestId(attemptId).length > 0)).toEqual([])
  expect(all.unknownCount).toBe(rows.length)
  expect(all.reservedNanoUsd).toBe(rows.reduce((sum, { reservedNanoUsd }) => sum + (reservedNanoUsd ?? 0), 0))
  expect(await house.store.maintain.verifySpend()).toMatchObject({
    brokenEntries: [],
    wrongConversations: [],
    wrongDays: [],
  })
  if (limit !== null) expect(all.nanoUsd).toBeLessThanOrEqual(limit)
}
