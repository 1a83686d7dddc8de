import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settlingEntry } from '../../electron/main/chat/settlement.ts'
import { diagnoseWords } from '../../electron/contract/strings/en-diagnose.ts'
import { createDiagnose } from '../../electron/main/spend/diagnose.ts'
import { startHouse, type House } from '../helpers/turns-house.ts'

let house: House
beforeEach(async () => {
  house = await startHouse()
})
afterEach(async () => {
  await house.close()
})

const diagnose = () =>
  createDiagnose({
    ...house,
    words: () => diagnoseWords,
    client: () => house.client,
    price: () => house.prices.refresh(),
    settle: settlingEntry,
    reconcile: house.reconciliation.run,
    now: Date.now,
    newId: <Id extends string>() => randomUUID() as string as Id,
    logWaitMs: 2_000,
  })

describe('a diagnosis', () => {
  it('says its price first and sends nothing without consent to it', async () => {
    const plan = await diagnose().plan()
    expect(plan.steps).toHaveLength(5)
    expect(plan.upToNanoUsd).toBe(plan.steps.reduce((sum, { upToNanoUsd }) => sum + (upToNanoUsd ?? 0), 0))
    await expect(diagnose().run((plan.upToNanoUsd ?? 0) - 1)).rejects.toMatchObject({
      failure: { code: 'confirm.declined' },
    })
    expect(house.provider.chats()).toHaveLength(0)
  })

  it('answers what is open, books each request, costs no more than said, and gives nothing away', async () => {
    house.provider.setDefault({ reasoning: 'Hm.', delayMs: 5 })
    const { upToNanoUsd } = await diagnose().plan()
    const report = await diagnose().run(upToNanoUsd ?? 0)
    expect(report.text).toContain('bill: billed; in data event')
    expect(report.text).toContain('fields of reasoning: reasoning')
    expect(report.text).toMatch(/in the log: \d+ credits/)
    for (const secret of ['test-key-of-the-house', house.provider.url, 'gen-'])
      expect(report.text).not.toContain(secret)
    for (const { chat } of house.provider.chats()) expect(report.text).not.toContain(chat?.inferenceId ?? '-')
    expect(report.spentNanoUsd).toBe(house.provider.books.total() * 500)
    expect(report.spentNanoUsd).toBeLessThanOrEqual(upToNanoUsd ?? 0)
    const { rows } = await house.store.read.ledgerPage({ cursor: null, limit: 10, purposes: ['diagnose'] })
    expect(rows).toHaveLength(5)
    expect(await house.store.maintain.verifySpend()).toMatchObject({ brokenEntries: [], wrongDays: [] })
  })

  it('keeps to the budgets', async () => {
    await house.store.write.setBudget({ scope: 'day', conversationId: null, limitNanoUsd: 1_000, at: 1 })
    const { upToNanoUsd } = await diagnose().plan()
    await expect(diagnose().run(upToNanoUsd ?? 0)).rejects.toMatchObject({ failure: { code: 'budget.exceeded' } })
    expect(house.provider.chats()).toHaveLength(0)
  })
})
