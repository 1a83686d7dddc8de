import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConversationId, TurnId } from '../../electron/contract/ids.ts'
import type { Message } from '../../electron/contract/routes/conversations.ts'
import { startHouse, type House } from '../helpers/turns-house.ts'
import type { Behaviour } from '../provider/behaviour.ts'
import {
  accessDenied,
  cut,
  errorInStream,
  httpFailure,
  lateMeta,
  outOfCredit,
  redirectTo,
  resetConnection,
} from '../provider/presets.ts'

let house: House
beforeEach(async () => {
  house = await startHouse()
})
afterEach(async () => {
  await house.close()
})

const turnId = () => randomUUID() as TurnId
const text = Array.from({ length: 60 }, (_, place) => `word${place * 37}`).join(' ')

/** What must hold after any fault: nothing shown is lost, the books agree to the credit, nothing was asked twice. */
async function expectPromises(conversationId: ConversationId, requests: number) {
  await house.provider.settled()
  await house.reconciliation.run()
  const { books } = house.provider
  const cost = await house.store.read.conversationCost({ conversationId })
  expect(cost).toMatchObject({ nanoUsd: books.total() * 500, unknownCount: 0, reservedNanoUsd: 0 })
  expect(house.provider.chats()).toHaveLength(requests)
  expect(await house.store.maintain.verifySpend()).toMatchObject({ brokenEntries: [], wrongConversations: [] })
  expect(house.errors).toEqual([])
}

function expectShownIsStored(message: Message) {
  const shown = house.shown(message.id)
  expect(message.text).toBe(shown)
  expect(text.startsWith(shown)).toBe(true)
}

interface Case {
  name: string
  behaviour: Behaviour
  status: Message['status']
  code: string | null
  money?: string
  requests?: number
}

const cases: Case[] = [
  { name: 'success', behaviour: {}, status: 'complete', code: null },
  { name: 'late meta', behaviour: lateMeta(200), status: 'complete', code: null },
  { name: 'absent meta', behaviour: { meta: 'absent' }, status: 'complete', code: null },
  { name: 'absent meta and usage', behaviour: { meta: 'absent', usage: 'absent' }, status: 'complete', code: null },
  { name: 'a negative bill', behaviour: { absurdMeta: 'negative' }, status: 'complete', code: null },
  { name: 'a NaN bill', behaviour: { absurdMeta: 'nan' }, status: 'complete', code: null },
  { name: 'a huge bill', behaviour: { absurdMeta: 'huge' }, status: 'complete', code: null },
  { name: 'a bill in quotes', behaviour: { absurdMeta: 'string' }, status: 'complete', code: null },
  { name: 'JSON although a stream was asked', behaviour: { jsonCompletion: true }, status: 'complete', code: null },
  { name: 'cut after 5', behaviour: cut(5), status: 'interrupted', code: 'reply.ended-early' },
  { name: 'reset after 5', behaviour: resetConnection(5), status: 'interrupted', code: 'reply.ended-early' },
  { name: 'reset before headers', behaviour: resetConnection(), status: 'failed', code: 'network.reset' },
  { name: 'error in a 200', behaviour: errorInStream(5), status: 'interrupted', code: 'reply.error' },
  { name: 'error before text', behaviour: errorInStream(0), status: 'failed', code: 'reply.error' },
  { name: 'captive portal', behaviour: { portal: true }, status: 'failed', code: 'reply.not-a-stream' },
  { name: 'JSON error in a 200', behaviour: { jsonError: true }, status: 'failed', code: 'reply.error' },
  { name: '400', behaviour: httpFailure(400), status: 'failed', code: 'request.refused', money: 'not-charged' },
  { name: '401', behaviour: httpFailure(401), status: 'failed', code: 'key.rejected', money: 'not-charged' },
  { name: '403 credits', behaviour: outOfCredit(), status: 'failed', code: 'balance.empty', money: 'not-charged' },
  { name: '403', behaviour: accessDenied(), status: 'failed', code: 'access.denied', money: 'not-charged' },
  { name: '404', behaviour: httpFailure(404), status: 'failed', code: 'model.not-found', money: 'not-charged' },
  { name: '413', behaviour: httpFailure(413), status: 'failed', code: 'request.too-large', money: 'not-charged' },
  { name: '500', behaviour: httpFailure(500), status: 'failed', code: 'provider.failed' },
  { name: '524', behaviour: httpFailure(524), status: 'failed', code: 'provider.failed' },
  {
    name: 'redirect',
    behaviour: redirectTo(307, 'http://127.0.0.1:9/v1/chat/completions'),
    status: 'failed',
    code: 'network.redirect',
  },
  {
    name: '429 for ever',
    behaviour: httpFailure(429),
    status: 'failed',
    code: 'rate.limited',
    money: 'not-charged',
    requests: 3,
  },
  {
    name: '503 for ever',
    behaviour: httpFailure(503),
    status: 'failed',
    code: 'provider.failed',
    money: 'not-charged',
    requests: 3,
  },
]

describe('every fault of the provider', () => {
  it.each(cases)('$name', async ({ behaviour, status, code, money, requests = 1 }) => {
    house.provider.setDefault({ text, ...behaviour })
    const conversationId = await house.conversation()
    const reply = await house.ask(conversationId)
    expect({ status: reply.status, code: reply.failure?.code ?? null }).toEqual({ status, code })
    if (money) expect(reply.failure?.money).toBe(money)
    if (status === 'complete') expect(reply.text).toBe(text)
    if (status === 'interrupted') expect(reply.text.length).toBeGreaterThan(0)
    expectShownIsStored(reply)
    await expectPromises(conversationId, requests)
  })

  it('a 429 that passes is two requests and one reply', async () => {
    house.provider.script(httpFailure(429, { retryAfter: 0 }), { text })
    const conversationId = await house.conversation()
    const reply = await house.ask(conversationId)
    expect(reply).toMatchObject({
      status: 'complete',
      text,
      cost: { state: 'settled', source: 'billed', attemptCount: 2 },
    })
    expect(house.events.some((event) => event.name === 'turn.progressed' && event.phase === 'retrying')).toBe(true)
    await expectPromises(conversationId, 2)
  })

  it('stream: false takes the same path', async () => {
    house.provider.setDefault({ text })
    const conversationId = await house.conversation()
    await house.store.write.writeParameters({ conversationId, parameters: { stream: false, max_tokens: 500 } })
    const reply = await house.ask(conversationId)
    expect(reply).toMatchObject({ status: 'complete', text, cost: { state: 'settled', source: 'billed' } })
    expect(house.provider.chats()[0]?.json).toMatchObject({ stream: false, max_tokens: 500 })
    await expectPromises(conversationId, 1)
  })
})

describe('stopping', () => {
  const running = async () => {
    house.provider.setDefault({ text, holdAfter: 5 })
    const conversationId = await house.conversation()
    const { replyMessageId } = await house.turns.send({ turnId: turnId(), conversationId, text: 'Go' })
    await expect.poll(() => house.shown(replyMessageId).length, { timeout: 5_000 }).toBeGreaterThan(10)
    return { conversationId, replyMessageId }
  }

  it('cuts the socket within 250 ms, keeps what was shown, and finds the price later', async () => {
    const { conversationId, replyMessageId } = await running()
    const at = Date.now()
    house.turns.stop({ messageId: replyMessageId })
    const reply = await house.ended(replyMessageId)
    await house.provider.settled()
    const closedAt = house.provider.chats()[0]?.closedAt ?? Infinity
    expect(closedAt - at).toBeLessThan(250)
    expect(reply).toMatchObject({ status: 'stopped', failure: null, cost: { state: 'unknown', nanoUsd: null } })
    expect(reply.text.length).toBeGreaterThan(10)
    expectShownIsStored(reply)
    const before = await house.store.read.conversationCost({ conversationId })
    expect(before.unknownCount).toBe(1)
    expect(before.reservedNanoUsd).toBeGreaterThan(0)
    await expectPromises(conversationId, 1)
    expect((await house.store.read.getMessage({ messageId: replyMessageId })).cost).toMatchObject({
      state: 'settled',
      source: 'billed',
    })
  })

  it('stop and settle: hides the rest, lets the next message go, and takes the price from the stream', async () => {
    const { conversationId, replyMessageId } = await running()
    await house.turns.settle({ messageId: replyMessageId })
    const stopped = await house.store.read.getMessage({ messageId: replyMessageId })
    expect(stopped).toMatchObject({ status: 'stopped', cost: { state: 'held' } })
    house.provider.setDefault({ text: 'Next.' })
    const next = await house.ask(conversationId, 'Meanwhile')
    expect(next).toMatchObject({ status: 'complete', text: 'Next.' })
    house.provider.release()
    await house.turns.idle()
    const settled = await house.store.read.getMessage({ messageId: replyMessageId })
    expect(settled.text).toBe(stopped.text)
    expect(settled.cost).toMatchObject({ state: 'settled', source: 'billed' })
    await expectPromises(conversationId, 2)
  })
})

describe('sending', () => {
  it('the same turn twice is one request and one answer', async () => {
    house.provider.setDefault({ text, delayMs: 2 })
    const conversationId = await house.conversation()
    const turn = { turnId: turnId(), conversationId, text: 'Once' }
    const [first, second] = await Promise.all([house.turns.send(turn), house.turns.send(turn)])
    expect(second).toEqual(first)
    await house.ended(first.replyMessageId)
    expect(await house.turns.send(turn)).toEqual(first)
    await expectPromises(conversationId, 1)
  })

  it('another message waits its turn, and is refused with its text kept', async () => {
    house.provider.setDefault({ text, holdAfter: 2 })
    const conversationId = await house.conversation()
    const { replyMessageId } = await house.turns.send({ turnId: turnId(), conversationId, text: 'First' })
    await expect(house.turns.send({ turnId: turnId(), conversationId, text: 'Second' })).rejects.toMatchObject({
      failure: { code: 'turn.running', text: 'kept' },
    })
    await expect.poll(() => house.shown(replyMessageId).length, { timeout: 5_000 }).toBeGreaterThan(4)
    house.provider.release()
    await house.ended(replyMessageId)
  })

  it('several conversations stream at once', async () => {
    house.provider.setDefault({ text, delayMs: 5 })
    const ids = []
    for (let each = 0; each < 4; each++) {
      const conversationId = await house.conversation()
      await house.store.write.saveDraft({ conversationId, text: 'busy', at: 1 })
      ids.push(conversationId)
    }
    const replies = await Promise.all(ids.map((conversationId) => house.ask(conversationId)))
    expect(replies.map((reply) => reply.text)).toEqual(ids.map(() => text))
    expect(house.errors).toEqual([])
  })

  it('goes on after an interruption without repeating the joint; both attempts stay', async () => {
    house.provider.script({ text, cutAfter: 30 })
    const conversationId = await house.conversation()
    const cutReply = await house.ask(conversationId)
    expect(cutReply.status).toBe('interrupted')
    house.provider.script({ text: `${cutReply.text.slice(-40)}${text.slice(cutReply.text.length)}` })
    const { replyMessageId, userMessageId } = await house.turns.continue({ turnId: turnId(), messageId: cutReply.id })
    const continued = await house.ended(replyMessageId)
    expect(cutReply.text + continued.text).toBe(text)
    const asked = await house.store.read.getMessage({ messageId: userMessageId })
    expect(asked).toMatchObject({ role: 'user', parentId: cutReply.id })
    expect(continued.isContinuation).toBe(true)
    await expectPromises(conversationId, 2)
  })

  it('another version of a continuation is a continuation too, without repeating the joint', async () => {
    house.provider.script({ text, cutAfter: 30 })
    const conversationId = await house.conversation()
    const cutReply = await house.ask(conversationId)
    const rest = { text: `${cutReply.text.slice(-40)}${text.slice(cutReply.text.length)}` }
    house.provider.script(rest, rest)
    const { replyMessageId } = await house.turns.continue({ turnId: turnId(), messageId: cutReply.id })
    await house.ended(replyMessageId)
    const again = await house.turns.retry({ turnId: turnId(), messageId: replyMessageId })
    const version = await house.ended(again.replyMessageId)
    expect(version).toMatchObject({ isContinuation: true, siblings: [replyMessageId, version.id] })
    expect(cutReply.text + version.text).toBe(text)
    await expectPromises(conversationId, 3)
  })

  it('a reply that only settles can be asked for again and gone on from', async () => {
    house.provider.script({ text, holdAfter: 8 }, { text: 'Another version' }, { text: ' and on' })
    const conversationId = await house.conversation()
    const { replyMessageId } = await house.turns.send({ turnId: turnId(), conversationId, text: 'Go' })
    await expect.poll(() => house.shown(replyMessageId).length, { timeout: 5_000 }).toBeGreaterThan(10)
    await house.turns.settle({ messageId: replyMessageId })
    const again = await house.turns.retry({ turnId: turnId(), messageId: replyMessageId })
    expect((await house.ended(again.replyMessageId)).text).toBe('Another version')
    const onward = await house.turns.continue({ turnId: turnId(), messageId: replyMessageId })
    expect((await house.ended(onward.replyMessageId)).text).toBe(' and on')
    house.provider.release()
    await house.turns.idle()
    await expectPromises(conversationId, 3)
  })

  it('asks again as another version beside the first; nothing is overwritten', async () => {
    house.provider.script({ text: 'First version' }, { text: 'Second version' })
    const conversationId = await house.conversation()
    const first = await house.ask(conversationId)
    const { replyMessageId } = await house.turns.retry({ turnId: turnId(), messageId: first.id })
    const second = await house.ended(replyMessageId)
    expect(second.siblings).toEqual([first.id, second.id])
    expect((await house.store.read.getMessage({ messageId: first.id })).text).toBe('First version')
    await house.store.write.showBranch({ messageId: first.id })
    const { leafId } = await house.store.read.turnGround({ conversationId })
    expect(leafId).toBe(first.id)
    await expectPromises(conversationId, 2)
  })

  it('sleep interrupts what runs and keeps it', async () => {
    house.provider.setDefault({ text, holdAfter: 5 })
    const conversationId = await house.conversation()
    const { replyMessageId } = await house.turns.send({ turnId: turnId(), conversationId, text: 'Go' })
    await expect.poll(() => house.shown(replyMessageId).length, { timeout: 5_000 }).toBeGreaterThan(10)
    const at = Date.now()
    await house.turns.abortAll('sleep')
    const reply = await house.ended(replyMessageId)
    expect(Date.now() - at).toBeLessThan(1_000)
    const failure = { code: 'reply.interrupted', text: 'partly-kept', money: 'unknown' }
    expect(reply).toMatchObject({ status: 'interrupted', failure })
    await expectPromises(conversationId, 1)
  })
})
