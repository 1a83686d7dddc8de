import { randomUUID } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import type { TurnId } from '../../electron/contract/ids.ts'
import { verifyLedger } from '../../scripts/verify-ledger.mjs'
import { startApp, temporaryProfile, type RunningApp } from '../helpers/app.ts'
import { openHttpWindow, type HttpWindow } from '../helpers/http-window.ts'
import { startProvider, type Provider } from '../provider/server.ts'

let provider: Provider
let app: RunningApp
let window: HttpWindow
afterEach(async () => {
  window.close()
  await app.stop()
  await provider.close()
})

it('every question about money is answered by the running application', { timeout: 60_000 }, async () => {
  provider = await startProvider()
  app = await startApp({ profile: temporaryProfile(), apiUrl: provider.url })
  window = await openHttpWindow(app.url)
  await window.call('key.set', { key: 'test-key-of-the-spender', keep: 'session' })
  await window.call('key.test', {})
  const { id: conversationId } = await window.call('conversations.create', { isDemo: false })
  expect(await window.call('spend.residual', { since: 0 })).toMatchObject({ kind: 'first' })
  await window.call('budgets.set', { scope: 'month', conversationId: null, limitNanoUsd: 40_000_000 })
  const send = (text: string) => window.call('turns.send', { turnId: randomUUID() as TurnId, conversationId, text })
  const first = await send('How do I bake bread?')
  await window.wait((event) => event.name === 'turn.ended' && event.messageId === first.replyMessageId)

  const spent = provider.books.total() * 500
  const before = await window.call('spend.estimate', { conversationId, draftText: 'And cake?' })
  expect(before).toMatchObject({ leftNanoUsd: 40_000_000 - spent, contextTokens: 256_000 })
  await window.call('context.switch', { conversationId, messageIds: [first.replyMessageId], isOff: true })
  const after = await window.call('spend.estimate', { conversationId, draftText: 'And cake?' })
  expect(after.promptTokens).toBeLessThan(before.promptTokens)
  const { messages } = await window.call('context.view', { conversationId })
  expect(messages.map(({ isOff }) => isOff)).toEqual([false, true])

  const { day, month } = await window.call('budgets.status', { conversationId })
  expect(await window.call('spend.days', { from: day, to: day })).toMatchObject([{ day, cost: { nanoUsd: spent } }])
  expect(await window.call('spend.months', {})).toMatchObject([{ month, cost: { nanoUsd: spent } }])
  expect(await window.call('spend.course', {})).toMatchObject({ month, limitNanoUsd: 40_000_000 })
  const { rows } = await window.call('spend.ledger', { conversationId, cursor: null, limit: 10 })
  expect(rows).toMatchObject([{ state: 'settled', source: 'billed', nanoUsd: spent, title: 'How do I bake bread?' }])
  const account = await window.call('spend.attempt', { attemptId: rows[0]?.attemptId ?? '' })
  expect(account.entries.map(({ kind }) => kind)).toEqual(['reserve', 'settle'])
  const file = await window.call('spend.export', { format: 'csv', cursor: null })
  expect(verifyLedger(file.text)).toMatchObject({ isSound: true, rowCount: 2 })
  const statement = await window.call('spend.statement', { month, format: 'html', withProvider: true })
  expect(statement.text).toContain('How do I bake bread?')
  expect(await window.call('spend.untraced', {})).toEqual([])

  await window.call('budgets.set', { scope: 'month', conversationId: null, limitNanoUsd: 1_000_000 })
  await expect(send('Too dear')).rejects.toThrow('budget.exceeded')
  const price = { inputNanoUsdPerMTok: 1_000_000, outputNanoUsdPerMTok: 1_000_000, cachedNanoUsdPerMTok: null }
  expect(await window.call('prices.override', { price })).toMatchObject({ inForce: { source: 'override' } })
  const history = await window.call('prices.history', {})
  expect(history[0]?.changes[0]).toMatchObject({ side: 'input', direction: 'fell' })
  expect((await window.call('diagnose.plan', {})).steps).toHaveLength(5)
})
