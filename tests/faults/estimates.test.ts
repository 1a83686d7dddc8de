import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHouse, type House } from '../helpers/turns-house.ts'

let house: House
beforeEach(async () => {
  house = await startHouse()
})
afterEach(async () => {
  await house.close()
})

const words = (count: number, seed: number) =>
  Array.from(
    { length: count },
    (_, place) => ['river', 'stones', 'of', 'a', 'winter', 'garden', 'window'][(place * seed) % 7],
  ).join(' ')

describe('estimates', () => {
  it('from the second turn on only the new text is estimated: within half a percent', async () => {
    const conversationId = await house.conversation()
    const errors: number[] = []
    for (let turn = 1; turn <= 8; turn++) {
      house.provider.setDefault({ text: words(300, turn) })
      const draft = words(60, turn + 2)
      const estimate = await house.estimates.estimate(conversationId, draft)
      await house.ask(conversationId, draft)
      await house.observed()
      const actual = house.provider.books.rows.at(-1)?.inputTokens ?? 0
      if (turn > 1) {
        expect(estimate.knownTokens).toBeGreaterThan(0)
        errors.push(Math.abs(estimate.promptTokens - actual) / actual)
      }
    }
    const median = errors.toSorted((a, b) => a - b)[3] ?? 1
    console.log(`estimates, later turns: median error ${(median * 100).toFixed(2)} %`)
    expect(median).toBeLessThan(0.005)
    const record = house.estimates.record()
    expect(record).toMatchObject({ seen: 8, recent: { length: 8 } })
    expect(record.medianErrorLater).toBeLessThan(0.005)
  })

  it('answers a keystroke within 5 ms over 200,000 tokens of history', async () => {
    const conversationId = await house.conversation()
    for (let turn = 0; turn < 5; turn++) {
      house.provider.setDefault({ text: words(40_000, turn + 1), tokensPerChunk: 500 })
      await house.ask(conversationId, words(38_000, turn + 2))
    }
    await house.observed()
    const first = await house.estimates.estimate(conversationId, '')
    expect(first.promptTokens).toBeGreaterThan(200_000)
    const times: number[] = []
    for (let key = 1; key <= 60; key++) {
      const from = performance.now()
      await house.estimates.estimate(conversationId, words(key, 3))
      times.push(performance.now() - from)
    }
    const median = times.toSorted((a, b) => a - b)[30] ?? Infinity
    console.log(`estimate per keystroke: median ${median.toFixed(2)} ms`)
    expect(median).toBeLessThan(5)
  })

  it('says price, window and budget, and unpriced instead of zero', async () => {
    house.provider.setDefault({ text: words(50, 1) })
    const conversationId = await house.conversation()
    expect(await house.estimates.estimate(conversationId, 'Hello')).toMatchObject({
      highNanoUsd: null,
      contextTokens: null,
      leftNanoUsd: null,
    })
    await house.prices.refresh()
    await house.store.write.setBudget({ scope: 'day', conversationId: null, limitNanoUsd: 1_000_000_000, at: 1 })
    const estimate = await house.estimates.estimate(conversationId, 'Hello')
    expect(estimate).toMatchObject({ contextTokens: 256_000, leftNanoUsd: 1_000_000_000 })
    expect(estimate.lowNanoUsd ?? 0).toBeLessThan(estimate.likelyNanoUsd ?? 0)
    expect(estimate.likelyNanoUsd ?? 0).toBeLessThan(estimate.highNanoUsd ?? 0)
  })

  it('what is switched off is not sent, costs nothing more, and the attempt says so', async () => {
    house.provider.setDefault({ text: words(200, 1) })
    const conversationId = await house.conversation()
    const first = await house.ask(conversationId, words(100, 2))
    await house.ask(conversationId, 'And then?')
    const before = await house.estimates.view(conversationId)
    expect(before.messages).toHaveLength(4)
    expect(before.messages.map(({ sentCount }) => sentCount)).toEqual([2, 1, 1, 0])
    expect(before.messages[1]?.soFarNanoUsd).toBe(before.messages[1]?.marginalNanoUsd)

    await house.store.write.switchContext({ conversationId, messageIds: [first.id], isOff: true, at: 1 })
    house.estimates.on({ name: 'conversation.changed', conversationId })
    const view = await house.estimates.view(conversationId)
    expect(view.messages.map(({ isOff }) => isOff)).toEqual([false, true, false, false])
    expect(view.promptTokens).toBeLessThan(before.promptTokens - 150)
    await house.ask(conversationId, 'Without it?')
    const sent = house.provider.chats().at(-1)?.json as { messages: object[] }
    expect(sent.messages).toHaveLength(4)
    const { rows } = await house.store.read.ledgerPage({ cursor: null, limit: 1 })
    const { manifest } = await house.store.read.attemptAccount({ attemptId: rows[0]?.attemptId ?? '' })
    expect(manifest).toMatchObject({ leftOut: [first.id] })
  })

  it('fit proposes and changes nothing', async () => {
    house.provider.configure({ contextLength: 1_000, outputMax: 200 })
    house.provider.setDefault({ text: words(150, 1) })
    const conversationId = await house.conversation()
    for (let turn = 1; turn <= 3; turn++) await house.ask(conversationId, words(80 * turn, turn))
    await house.observed()
    const oldest = await house.estimates.fit(conversationId, words(300, 2), 'oldest')
    const dearest = await house.estimates.fit(conversationId, words(300, 2), 'dearest')
    for (const proposal of [oldest, dearest]) {
      expect(proposal).toMatchObject({ kind: 'proposal', limitTokens: 800 })
      expect(proposal.promptTokensAfter).toBeLessThanOrEqual(800)
    }
    expect(dearest.messageIds.length).toBeLessThanOrEqual(oldest.messageIds.length)
    expect((await house.estimates.view(conversationId)).messages.every(({ isOff }) => !isOff)).toBe(true)
  })
})
