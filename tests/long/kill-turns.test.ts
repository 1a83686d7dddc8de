import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ConversationId, MessageId, TurnId } from '../../electron/contract/ids.ts'
import { startApp, temporaryProfile } from '../helpers/app.ts'
import { openHttpWindow, type HttpWindow } from '../helpers/http-window.ts'
import { startProvider, type Provider } from '../provider/server.ts'

const kills = Number(process.env['PARLEY_KILLS'] ?? 1_000)
const lanes = 2
const text = Array.from({ length: 400 }, (_, place) => `word${place}`).join(' ')

interface Running {
  conversationId: ConversationId
  replyMessageId: MessageId
  shown: string
}

describe(`kill -9 of main at ${kills} points during streams`, () => {
  it.concurrent.each(Array.from({ length: lanes }, (_, lane) => lane))(
    'lane %i',
    async (lane) => {
      const provider = await startProvider()
      provider.setDefault({ text, delayMs: 2, tokensPerChunk: 3 })
      const profile = temporaryProfile()
      const reopenMs: number[] = []
      let running: Running[] = []
      let lost = 0
      let chars = 0
      for (let kill = 0; kill < kills / lanes; kill++) {
        const app = await startApp({ profile, apiUrl: provider.url })
        const window = await openHttpWindow(app.url)
        const at = performance.now()
        lost += await countLost(window, running)
        reopenMs.push(performance.now() - at)
        await window.call('key.set', { key: 'test-key-of-the-kills', keep: 'session' })
        const begun = [await begin(window), await begin(window)]
        // From before the first byte to after the last.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 550))
        await app.kill('SIGKILL')
        running = begun.map((each) => ({ ...each, shown: window.shown(each.replyMessageId) }))
        chars += running.reduce((sum, each) => sum + each.shown.length, 0)
        window.close()
      }
      const app = await startApp({ profile, apiUrl: provider.url })
      const window = await openHttpWindow(app.url)
      lost += await countLost(window, running)
      expect(lost).toBe(0)
      await expectBooks(window, provider)
      await app.kill('SIGTERM')
      await provider.close()
      rmSync(join(profile, '..'), { recursive: true, force: true })
      reopenMs.sort((a, b) => a - b)
      console.log(
        `lane ${lane}: ${kills / lanes} kills, ${chars} characters shown, ${lost} lost; first answer after a restart p50 ` +
          `${reopenMs[Math.floor(reopenMs.length / 2)]?.toFixed(1)} ms, p99 ${reopenMs[Math.floor(reopenMs.length * 0.99)]?.toFixed(1)} ms`,
      )
    },
    7_200_000,
  )
})

async function begin(window: HttpWindow): Promise<Running> {
  const { id: conversationId } = await window.call('conversations.create', { isDemo: false })
  const { replyMessageId } = await window.call('turns.send', {
    turnId: randomUUID() as TurnId,
    conversationId,
    text: 'Go',
  })
  return { conversationId, replyMessageId, shown: '' }
}

/** Characters that were on a screen before the kill and are not in the store, or not as an exact prefix. */
async function countLost(window: HttpWindow, running: Running[]): Promise<number> {
  let lost = 0
  for (const { conversationId, replyMessageId, shown } of running) {
    const { messages } = await window.call('conversations.open', { conversationId })
    const reply = messages.find(({ id }) => id === replyMessageId)
    expect(reply?.status).toMatch(/^(interrupted|complete)$/)
    if (!reply?.text.startsWith(shown) || !text.startsWith(reply.text)) lost += shown.length
  }
  return lost
}

/** The ledger is whole, and after asking the provider's log it says to the credit what the provider's books say. */
async function expectBooks(window: HttpWindow, provider: Provider): Promise<void> {
  await window.call('key.set', { key: 'test-key-of-the-kills', keep: 'session' })
  await provider.settled()
  for (;;) {
    const { settled, unknown } = await window.call('spend.reconcile', {})
    if (unknown === 0 || settled === 0) break
  }
  const { month } = await window.call('spend.summary', { conversationId: null })
  const reached = new Set(provider.books.rows.map(({ clientRequestId }) => clientRequestId))
  expect(month.nanoUsd).toBe(provider.books.total() * 500)
  expect(reached.size).toBe(provider.books.requestCount)
  expect(provider.books.requestCount).toBe(provider.chats().length)
}
