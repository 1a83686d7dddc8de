import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConversationId, TurnId } from '../../electron/contract/ids.ts'
import type { BudgetScope } from '../../electron/contract/budget.ts'
import { openBudgetWatch } from '../../electron/main/spend/budget-watch.ts'
import { startHouse, type House } from '../helpers/turns-house.ts'
import { httpFailure } from '../provider/presets.ts'

let house: House
beforeEach(async () => {
  house = await startHouse()
})
afterEach(async () => {
  await house.close()
})

const turnId = () => randomUUID() as TurnId
const limit = (scope: BudgetScope, limitNanoUsd: number | null, conversationId: ConversationId | null = null) =>
  house.store.write.setBudget({ scope, conversationId, limitNanoUsd, at: Date.now() })
/** 16,384 tokens at the catalogue's price, and a little text. */
const oneTurn = 33_700_000

describe('a budget', () => {
  it('refuses before anything is stored or sent, and says by how much and what would fit', async () => {
    const conversationId = await house.conversation()
    await limit('message', 10_000_000)
    const sent = house.turns.send({ turnId: turnId(), conversationId, text: 'Hello' })
    const error = (await sent.catch((reason: unknown) => reason)) as { failure: { budgets: object[] } }
    expect(error).toMatchObject({ failure: { code: 'budget.exceeded', text: 'kept', money: 'not-charged' } })
    const [refusal] = error.failure.budgets as {
      overNanoUsd: number
      fittingMaxTokens: number
      neededNanoUsd: number
    }[]
    expect(refusal).toMatchObject({ scope: 'message', limitNanoUsd: 10_000_000, usedNanoUsd: 0 })
    expect(refusal?.overNanoUsd).toBe((refusal?.neededNanoUsd ?? 0) - 10_000_000)
    expect(house.provider.chats()).toHaveLength(0)
    expect((await house.store.read.turnGround({ conversationId })).leafId).toBeNull()

    const parameters = { max_tokens: refusal?.fittingMaxTokens ?? 0 }
    await house.store.write.writeParameters({ conversationId, parameters })
    expect(await house.ask(conversationId, 'Hello')).toMatchObject({ status: 'complete' })
    expect(house.provider.chats()[0]?.json).toMatchObject(parameters)
  })

  it('sends max_tokens whenever one applies, and only then', async () => {
    const conversationId = await house.conversation()
    await house.ask(conversationId)
    await limit('month', 1_000_000_000)
    await house.ask(conversationId)
    await limit('month', null)
    await house.ask(conversationId)
    const sent = house.provider.chats().map(({ json }) => (json as { max_tokens?: number }).max_tokens)
    expect(sent).toEqual([undefined, 16_384, undefined])
  })

  it('lets one turn through when the person says so, and notes it', async () => {
    const conversationId = await house.conversation()
    await limit('day', 1_000_000)
    const { replyMessageId } = await house.turns.send({
      turnId: turnId(),
      conversationId,
      text: 'Go',
      overBudget: true,
    })
    expect(await house.ended(replyMessageId)).toMatchObject({ status: 'complete' })
    const notices = await house.store.read.listNotices({ afterSeq: 0, limit: 10 })
    expect(notices[0]).toMatchObject({ kind: 'override', scope: 'day', messageId: replyMessageId, conversationId })
    expect(notices[0]?.nanoUsd).toBeGreaterThan(30_000_000)
    await expect(house.turns.send({ turnId: turnId(), conversationId, text: 'Again' })).rejects.toMatchObject({
      failure: { code: 'budget.exceeded' },
    })
  })

  it('turns at the same time cannot jointly pass it', async () => {
    await limit('day', 3 * oneTurn)
    house.provider.setDefault({ text: 'word '.repeat(20), holdAfter: 3 })
    const ids = []
    for (let each = 0; each < 8; each++) {
      const conversationId = await house.conversation()
      await house.store.write.saveDraft({ conversationId, text: 'busy', at: 1 })
      ids.push(conversationId)
    }
    const started = await Promise.allSettled(
      ids.map((conversationId) => house.turns.send({ turnId: turnId(), conversationId, text: 'Go' })),
    )
    await expect.poll(() => house.provider.chats().length, { timeout: 5_000 }).toBe(3)
    house.provider.release()
    await house.turns.idle()
    expect(house.provider.chats()).toHaveLength(3)
    // Those that were past the first look are refused by the reservation, with their text kept as a message.
    for (const [place, each] of started.entries()) {
      const conversationId = ids[place] as ConversationId
      const { leafId } = await house.store.read.turnGround({ conversationId })
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ failure: { code: 'budget.exceeded' } })
      else if (leafId) {
        const reply = await house.store.read.getMessage({ messageId: leafId })
        expect(['complete', 'budget.exceeded']).toContain(reply.failure?.code ?? reply.status)
      }
    }
    expect(house.errors).toEqual([])
  })

  it('a price that is not known is refused with its own code', async () => {
    house.provider.configure({ isListed: false })
    const conversationId = await house.conversation()
    await limit('day', oneTurn)
    await expect(house.turns.send({ turnId: turnId(), conversationId, text: 'Go' })).rejects.toMatchObject({
      failure: { code: 'budget.unpriced', text: 'kept' },
    })
    await limit('day', null)
    expect(await house.ask(conversationId)).toMatchObject({ status: 'complete' })
  })

  it('retries hold one reservation at a time, and what was released is free again', async () => {
    await limit('message', oneTurn)
    house.provider.script(httpFailure(429, { retryAfter: 0 }), httpFailure(503), { text: 'Third time.' })
    const reply = await house.ask(await house.conversation())
    expect(reply).toMatchObject({ status: 'complete', text: 'Third time.', cost: { attemptCount: 3 } })
  })

  it('what is not settled keeps its reservation until the log tells', async () => {
    await limit('day', oneTurn + 5_000_000)
    house.provider.script({ text: 'word '.repeat(30), cutAfter: 5 }, { text: 'Next.' })
    const conversationId = await house.conversation()
    expect(await house.ask(conversationId)).toMatchObject({ status: 'interrupted' })
    await expect(house.turns.send({ turnId: turnId(), conversationId, text: 'Next' })).rejects.toMatchObject({
      failure: { code: 'budget.exceeded' },
    })
    await house.provider.settled()
    await house.reconciliation.run()
    expect(await house.ask(conversationId)).toMatchObject({ status: 'complete', text: 'Next.' })
  })

  it('a bill above what was held is noted with its attempt, and warnings are said once', async () => {
    const conversationId = await house.conversation()
    const watch = await openBudgetWatch({
      store: house.store,
      publish: (event) => void house.events.push(event),
      log: { warn: () => undefined },
    })
    await house.store.write.writeParameters({ conversationId, parameters: { max_tokens: 10 } })
    await limit('conversation', 100_000_000, conversationId)
    house.provider.script({ text: 'Dear.', metaRaw: '{"credits_used":170000}' })
    const reply = await house.ask(conversationId)
    const notices = await house.store.read.listNotices({ afterSeq: 0, limit: 10 })
    expect(notices.map(({ kind, percent }) => [kind, percent])).toEqual([
      ['overrun', null],
      ['threshold', 50],
      ['threshold', 80],
    ])
    expect(notices[0]).toMatchObject({ messageId: reply.id, budgetId: null })
    await watch.look()
    await house.ask(conversationId)
    await watch.look()
    const said = house.events.filter((event) => event.name === 'budget.reached')
    expect(said.map(({ notice }) => [notice.scope, notice.percent])).toEqual([['conversation', 80]])
  })

  it('a conversation with a budget of its own does not have the common one', async () => {
    const own = await house.conversation()
    await limit('conversation', 0)
    await limit('conversation', oneTurn, own)
    expect(await house.ask(own)).toMatchObject({ status: 'complete' })
    const other = await house.conversation()
    await expect(house.turns.send({ turnId: turnId(), conversationId: other, text: 'Go' })).rejects.toMatchObject({
      failure: { code: 'budget.exceeded', budgets: [{ scope: 'conversation', limitNanoUsd: 0 }] },
    })
    await limit('conversation', null, own)
    const all = await house.store.read.listBudgets({ withEnded: true })
    expect(all.map(({ endedAt }) => endedAt === null)).toEqual([false, true])
  })
})
