import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readResidual } from '../../electron/main/spend/residual.ts'
import { statementWords } from '../../electron/contract/strings/en-statement.ts'
import { makeStatement } from '../../electron/main/spend/statement.ts'
import { startHouse, type House } from '../helpers/turns-house.ts'
import { cut } from '../provider/presets.ts'

let house: House
beforeEach(async () => {
  house = await startHouse()
})
afterEach(async () => {
  await house.close()
})

const residual = () => readResidual({ ...house, client: () => house.client, now: Date.now }, 0)

describe('the account against the books', () => {
  it('says what this app spent, what was spent elsewhere, and what is not in the log', async () => {
    expect(await residual()).toMatchObject({ kind: 'first', balanceNanoUsd: 50_000_000_000 })
    const reply = await house.ask(await house.conversation())
    const spent = reply.cost?.nanoUsd ?? 0
    expect(await residual()).toMatchObject({
      kind: 'known',
      fellNanoUsd: spent,
      thisAppNanoUsd: spent,
      elsewhereNanoUsd: 0,
      notReportedNanoUsd: 0,
      calls: ['/v2/billing', '/v2/logs'],
    })
    const { books } = house.provider
    const row = books.open({
      key: 'test-key-of-the-house',
      requestId: 'r',
      inferenceId: 'i',
      clientRequestId: null,
      price: { input: 2_000_000, output: 2_000_000, cached: 0 },
    })
    books.settle(row, { ended: 'finish', inputTokens: 100, planned: 20 })
    books.balance -= 7
    expect(await residual()).toMatchObject({
      thisAppNanoUsd: spent,
      elsewhereNanoUsd: 240 * 500,
      notReportedNanoUsd: 7 * 500,
    })
    const month = new Date().toISOString().slice(0, 7)
    const found = await residual()
    const page = await makeStatement(house.store.read, {
      month,
      format: 'csv',
      residual: found,
      words: statementWords,
      at: Date.now(),
    })
    expect(page.text).toContain('"Spent elsewhere with this key","0.000120000"')
  })

  it('is not computed while something is open', async () => {
    await residual()
    house.provider.setDefault({ text: 'one two three four five six seven', ...cut(2) })
    await house.ask(await house.conversation())
    expect(await residual()).toEqual({ kind: 'open', openCount: 1 })
    await house.provider.settled()
    await house.reconciliation.run()
    expect(await residual()).toMatchObject({ kind: 'known', notReportedNanoUsd: 0 })
  })

  it('offers to write off what has no trace after 72 hours, and only that', async () => {
    house.provider.setDefault({ text: 'one two three four', ...cut(2) })
    house.provider.configure({ reportDelayMs: 3_600_000 })
    const conversationId = await house.conversation()
    await house.ask(conversationId)
    await house.reconciliation.run()
    const { rows } = await house.store.read.ledgerPage({ cursor: null, limit: 1, states: ['unknown'] })
    const attemptId = rows[0]?.attemptId ?? ('' as never)
    expect(await house.store.read.untracedAttempts()).toEqual([])
    await expect(house.store.write.writeOff({ attemptId, at: Date.now() })).rejects.toMatchObject({
      failure: { code: 'turn.not-possible' },
    })
    await house.store.write.noteLookup({ attemptIds: [attemptId], at: (rows[0]?.startedAt ?? 0) + 72 * 3_600_000 })
    expect(await house.store.read.untracedAttempts()).toMatchObject([{ attemptId }])
    await house.store.write.writeOff({ attemptId, at: Date.now() })
    expect(await house.store.read.conversationCost({ conversationId })).toMatchObject({
      nanoUsd: 0,
      unknownCount: 0,
      reservedNanoUsd: 0,
    })
    const { entries, row } = await house.store.read.attemptAccount({ attemptId })
    expect(row.state).toBe('written-off')
    expect(entries.map(({ kind }) => kind)).toEqual(['reserve', 'settle', 'correct'])
    expect(await house.store.maintain.verifySpend()).toMatchObject({ brokenEntries: [], wrongDays: [] })
  })
})

describe('prices', () => {
  it('are kept with their history; one entered by hand holds until it is taken back', async () => {
    const first = await house.prices.refresh()
    house.provider.configure({ price: { input: 5_446_584, output: 4_098_692, cached: 680_823 } })
    await house.prices.refresh()
    const own = { inputNanoUsdPerMTok: 10, outputNanoUsdPerMTok: 20, cachedNanoUsdPerMTok: null }
    await house.prices.override(own)
    expect(await house.prices.known()).toMatchObject({ ...own, source: 'override', maxOutputTokens: 16_384 })
    // The catalogue goes on being seen, and does not take the place of what was entered.
    house.provider.configure({ price: { input: 2_723_292, output: 4_098_692, cached: 680_823 } })
    await house.prices.refresh()
    const state = await house.prices.state()
    expect(state.inForce).toMatchObject(own)
    expect(state.catalogue).toMatchObject({ inputNanoUsdPerMTok: first?.inputNanoUsdPerMTok })
    expect(state.history.map(({ source }) => source)).toEqual(['catalogue', 'override', 'catalogue', 'catalogue'])
    await house.prices.override(null)
    expect((await house.prices.known())?.source).toBe('catalogue')
  })
})
