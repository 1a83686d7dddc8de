import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import type { AttemptId, ConversationId, MessageId, TurnId } from '../../../electron/contract/ids.ts'
import { FailureError } from '../../../electron/contract/errors.ts'
import { setBudget } from '../../../electron/main/store/budgets.ts'
import type { Database } from '../../../electron/main/store/database.ts'
import { noUsage, type NewEntry } from '../../../electron/main/store/ledger.ts'
import { connectionFor } from '../../../electron/main/store/settings.ts'
import { correctAttempt, periodCost, verifySpend } from '../../../electron/main/store/spend.ts'
import { endTurn, recoverTurns } from '../../../electron/main/store/turn-end.ts'
import { reserveAttempt } from '../../../electron/main/store/turns.ts'
import { openHere, temporaryFolder, testStart } from '../../helpers/store.ts'

/** What can happen next; each acts on the oldest attempt it can act on, if there is one. */
const acts = ['send', 'retry', 'settle', 'cut', 'crash', 'budget'] as const
const depth = 8
const bound = 1_000
const limits = [2_500, 5_000]
const all = { from: '0000-01-01', to: '9999-12-31' }

interface World {
  db: Database
  connectionId: string
  open: { id: AttemptId; turnId: TurnId; number: number }[]
  unknown: AttemptId[]
  settled: number
  limit: number
  at: number
}

const conversationId = randomUUID() as string as ConversationId

function reserve(world: World, turnId: TurnId, number: number): void {
  const id = randomUUID() as string as AttemptId
  const held = bound * (world.open.length + world.unknown.length) + world.settled
  const fits = held + bound <= world.limit
  const attempt = {
    id,
    connectionId: world.connectionId,
    purpose: 'reply' as const,
    turnId,
    number,
    conversationId,
    messageId: turnId as string as MessageId,
    priceId: null,
    manifest: {},
    startedAt: world.at,
  }
  try {
    reserveAttempt(world.db, { attempt, isDemo: false, reservedNanoUsd: bound })
    expect(fits).toBe(true)
    world.open.push({ id, turnId, number })
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    expect(error.failure).toMatchObject({
      code: 'budget.exceeded',
      budgets: [{ overNanoUsd: held + bound - world.limit }],
    })
    expect(fits).toBe(false)
  }
}

const entry = (attemptId: AttemptId, more: Partial<NewEntry>): NewEntry => ({
  attemptId,
  kind: 'settle',
  source: 'billed',
  nanoUsd: 500,
  credits: 1,
  usage: noUsage,
  inferenceId: null,
  requestId: null,
  outcome: 'x',
  firstByteMs: null,
  firstTokenMs: null,
  totalMs: null,
  at: testStart,
  ...more,
})

function act(world: World, name: (typeof acts)[number]): void {
  const { db, at } = world
  const end = (one: NewEntry) => endTurn(db, { reply: null, attemptId: null, entry: one, at })
  if (name === 'send') reserve(world, randomUUID() as string as TurnId, 1)
  else if (name === 'retry') {
    // A refused request is released, then asked again: the next attempt of the same turn.
    const last = world.open.shift()
    if (!last) return
    end(entry(last.id, { kind: 'release', source: 'not-charged', nanoUsd: 0, credits: null }))
    reserve(world, last.turnId, last.number + 1)
  } else if (name === 'settle') {
    const [open] = world.open.splice(0, 1)
    const unknown = open ? undefined : world.unknown.shift()
    if (open) {
      end(entry(open.id, {}))
      // Settling twice changes nothing.
      end(entry(open.id, { nanoUsd: 900, credits: null }))
      world.settled += 500
    } else if (unknown) {
      expect(correctAttempt(db, entry(unknown, { kind: 'correct' }))).toBe(true)
      expect(correctAttempt(db, entry(unknown, { kind: 'correct' }))).toBe(false)
      world.settled += 500
    }
  } else if (name === 'cut') {
    const open = world.open.shift()
    if (!open) return
    end(entry(open.id, { source: 'unknown', nanoUsd: null, credits: null }))
    world.unknown.push(open.id)
  } else if (name === 'crash') {
    const failure = { code: 'reply.ended-early', text: 'kept', money: 'unknown' } as const
    expect(recoverTurns(db, { failure, at }).unsettled).toBe(world.open.length)
    world.unknown.push(...world.open.splice(0).map(({ id }) => id))
  } else {
    world.limit = world.limit === limits[0] ? (limits[1] ?? 0) : (limits[0] ?? 0)
    setBudget(db, { scope: 'day', conversationId: null, limitNanoUsd: world.limit, at })
  }
}

it(
  'every order of send, retry, settle, cut, crash and budget edit to depth 8 keeps books and budget',
  { timeout: 240_000 },
  () => {
    const { db } = openHere(temporaryFolder())
    const connectionId = connectionFor(db, { kind: 'api', origin: 'https://x', at: testStart })
    let states = 0
    let skipped = 0
    const seen = new Set<string>()
    /** Depth first; each step is undone by rolling back to where it began. The first four are all made; after
     * them a state that was seen with as many steps left is not entered again. */
    const explore = (world: World, left: number) => {
      const key = [world.open.length, world.unknown.length, world.settled, world.limit, left].join(' ')
      if (left < depth - 4 && seen.has(key)) {
        skipped += 1
        return
      }
      seen.add(key)
      states += 1
      const cost = periodCost(db, all)
      expect([cost.nanoUsd, cost.unknownCount, cost.reservedNanoUsd]).toEqual([
        world.settled,
        world.unknown.length,
        bound * (world.open.length + world.unknown.length),
      ])
      if (left === 0) return
      for (const name of acts) {
        db.exec(`SAVEPOINT step_${left}`)
        const next = { ...world, open: [...world.open], unknown: [...world.unknown], at: world.at + 1 }
        act(next, name)
        explore(next, left - 1)
        if (left === depth)
          expect(verifySpend(db)).toMatchObject({ brokenEntries: [], wrongConversations: [], wrongDays: [] })
        db.exec(`ROLLBACK TO step_${left}; RELEASE step_${left}`)
      }
    }
    db.exec('BEGIN')
    setBudget(db, { scope: 'day', conversationId: null, limitNanoUsd: limits[0] ?? 0, at: testStart })
    const world = { db, connectionId, open: [], unknown: [], settled: 0, limit: limits[0] ?? 0, at: testStart }
    explore(world, depth)
    db.exec('ROLLBACK')
    console.log(`interleavings: ${states} states entered, ${skipped} orders led to one of them`)
    expect(states).toBeGreaterThan(100)
  },
)
