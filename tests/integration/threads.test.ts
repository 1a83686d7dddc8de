import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConversationId, MessageId, TurnId } from '../../electron/contract/ids.ts'
import type { ExportChunk, ExportCursor } from '../../electron/contract/routes/export.ts'
import type { StartedTurn } from '../../electron/contract/routes/turns.ts'
import { startApp, temporaryProfile, type RunningApp } from '../helpers/app.ts'
import { openHttpWindow, type HttpWindow } from '../helpers/http-window.ts'
import { startProvider, type Provider } from '../provider/server.ts'

let provider: Provider
let app: RunningApp
let window: HttpWindow
const profile = temporaryProfile()
beforeAll(async () => {
  provider = await startProvider()
  app = await startApp({ profile, apiUrl: provider.url })
  window = await openHttpWindow(app.url)
  await window.call('key.set', { key: 'test-canary-key-4711-0815-abcdefgh', keep: 'session' })
})
afterAll(async () => {
  window.close()
  await app.kill('SIGTERM')
  await provider.close()
  rmSync(join(profile, '..'), { recursive: true, force: true })
})

let conversationId: ConversationId
beforeEach(async () => {
  ;({ id: conversationId } = await window.call('conversations.create', { isDemo: false }))
})

const turnId = () => randomUUID() as TurnId

async function ended(started: Promise<StartedTurn>): Promise<StartedTurn> {
  const turn = await started
  await window.wait((event) => event.name === 'turn.ended' && event.messageId === turn.replyMessageId)
  return turn
}
const send = (text: string, answer: string) => {
  provider.setDefault({ text: answer })
  return ended(window.call('turns.send', { turnId: turnId(), conversationId, text }))
}
const shown = async () => (await window.call('conversations.open', { conversationId })).messages
const lastBody = () => JSON.parse(String(provider.chats().at(-1)?.body)) as unknown
const sent = () => {
  const body = lastBody() as { messages: { role: string; content: string }[] }
  return body.messages.map(({ content }) => content)
}

describe('a thread through its routes', () => {
  it('save and resend is a version beside, sends the branch as it is then, and keeps the draft', async () => {
    const first = await send('How old is the oak?', 'Four hundred years.')
    const second = await send('And the beech?', 'Two hundred.')
    await window.call('drafts.save', { conversationId, text: 'something else' })
    await window.call('messages.revise', { messageId: first.replyMessageId, text: 'Five hundred years.' })
    provider.setDefault({ text: 'One hundred.' })
    const id = turnId()
    const input = { turnId: id, messageId: second.userMessageId, text: 'And the birch?' }
    const third = await ended(window.call('turns.resend', input))
    expect(await window.call('turns.resend', input)).toEqual(third)
    expect(sent()).toEqual(['How old is the oak?', 'Five hundred years.', 'And the birch?'])
    expect((await shown()).map(({ text }) => text)).toEqual([
      'How old is the oak?',
      'Five hundred years.',
      'And the birch?',
      'One hundred.',
    ])
    expect((await shown())[2]).toMatchObject({ siblings: [second.userMessageId, third.userMessageId], index: 2 })
    expect((await window.call('conversations.open', { conversationId })).draft).toBe('something else')
    const reply = { turnId: turnId(), messageId: second.replyMessageId, text: 'x' }
    expect(await window.try('turns.resend', reply)).toMatchObject({ failure: { code: 'turn.not-possible' } })

    const around = await window.call('conversations.around', { messageId: second.replyMessageId })
    expect(around).toMatchObject({ conversationId, total: 4, hasMore: false, hasNewer: false })
    expect((await shown())[3]?.id).toBe(second.replyMessageId)
    expect(await window.call('messages.find', { conversationId, query: 'HUNDRED' })).toMatchObject({ total: 2 })
    const again = await ended(window.call('turns.retry', { turnId: turnId(), messageId: second.replyMessageId }))
    expect((await shown())[3]?.siblings).toEqual([second.replyMessageId, again.replyMessageId])
  })

  it('a deleted message is out of what is sent, and comes back', async () => {
    const first = await send('one', 'two')
    const second = await send('three', 'four')
    const deletion = await window.call('messages.delete', { messageId: second.userMessageId })
    expect(deletion).toEqual({
      messageId: second.userMessageId,
      hiddenCount: 2,
      wasShowing: second.replyMessageId,
    })
    await send('five', 'six')
    expect(sent()).toEqual(['one', 'two', 'five'])
    const { messageId, wasShowing } = deletion
    await window.call('messages.restore', { messageId, showing: wasShowing })
    expect((await shown()).map(({ text }) => text)).toEqual(['one', 'two', 'three', 'four'])
    const page = await window.call('conversations.page', { conversationId, after: first.replyMessageId })
    expect(page).toMatchObject({ total: 4, hasMore: true, hasNewer: false, messages: [{ index: 2 }, { index: 3 }] })
    const unknown = { messageId: randomUUID() as string as MessageId }
    expect(await window.try('messages.delete', unknown)).toMatchObject({ failure: { code: 'message.not-found' } })
  })

  it('settings are checked, sent as far as they differ, and new chats begin with the defaults', async () => {
    const fields = await window.call('request.fields', {})
    expect(fields.map(({ name }) => name)).not.toContain('messages')
    expect(fields.find(({ name }) => name === 'temperature')).toEqual({
      name: 'temperature',
      kind: 'number',
      range: 'a number from 0 to 2',
      min: 0,
      max: 2,
      options: [],
      providerDefault: 1,
    })
    expect(fields.find(({ name }) => name === 'reasoning_effort')).toMatchObject({
      kind: 'choice',
      options: ['low', 'medium', 'high'],
      providerDefault: null,
    })
    expect(fields.find(({ name }) => name === 'seed')).toMatchObject({ kind: 'integer', min: 1, max: null })
    expect(fields.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['text', 'texts', 'boolean', 'json']))

    const parameters = { system: 'Speak like a tree.', temperature: 0.3 }
    for (const [wrong, field] of [
      [{ temperature: 3 }, 'temperature'],
      [{ system: 5 }, 'system'],
      [{ model: 'other' }, 'model'],
      [{ temprature: 1 }, 'temprature'],
    ] as const) {
      for (const outcome of [
        await window.try('conversations.configure', { conversationId, parameters: wrong }),
        await window.try('settings.setDefaults', { parameters: wrong }),
      ])
        expect(outcome).toMatchObject({ ok: false, failure: { code: 'request.parameter', field } })
    }
    await window.call('settings.setDefaults', { parameters })
    expect(await window.call('settings.defaults', {})).toEqual({ parameters })
    expect(await window.call('conversations.settings', { conversationId })).toEqual({ parameters: {} })
    ;({ id: conversationId } = await window.call('conversations.create', { isDemo: false }))
    expect(await window.call('conversations.settings', { conversationId })).toEqual({ parameters })
    await send('Hello', 'Hm.')
    expect(sent()).toEqual(['Speak like a tree.', 'Hello'])
    expect(lastBody()).toMatchObject({ temperature: 0.3 })
    expect(lastBody()).not.toHaveProperty('top_p')
    await window.call('settings.setDefaults', { parameters: {} })
    expect(JSON.stringify(await window.call('app.snapshot', {}))).not.toContain('Speak like a tree')
  })

  it('pins, several at once, the trash and what is gone for good', async () => {
    await send('zebra crossing', 'stripes')
    const other = conversationId
    ;({ id: conversationId } = await window.call('conversations.create', { isDemo: false }))
    await send('second', 'answer')
    await window.call('conversations.pin', { conversationId: other, isPinned: true })
    expect((await window.call('conversations.list', {}))[0]).toMatchObject({ id: other, isPinned: true })
    provider.setDefault({ text: 'a b c d e f', delayMs: 3, holdAfter: 4 })
    const running = window.call('turns.send', { turnId: turnId(), conversationId, text: 'go' })
    const { replyMessageId } = await running
    await expect.poll(() => window.shown(replyMessageId).length).toBeGreaterThan(0)
    const several = { conversationIds: [other, conversationId] }
    expect(await window.call('conversations.deleteMany', several)).toEqual({
      deleted: [other],
      running: [conversationId],
    })
    provider.release()
    await ended(running)
    await window.call('conversations.deleteMany', { conversationIds: [conversationId] })
    const trash = await window.call('conversations.trash', {})
    expect(trash.map(({ id }) => id)).toEqual([conversationId, other])
    expect(trash[0]?.purgeAt).toBe((trash[0]?.deletedAt ?? 0) + 30 * 86_400_000)
    await window.call('conversations.restoreMany', { conversationIds: [conversationId] })
    const spent = (await window.call('spend.summary', { conversationId: other })).conversation
    expect(await window.call('conversations.purge', several)).toEqual({ purged: 1 })
    expect(await window.call('conversations.purge', { conversationIds: 'all' })).toEqual({ purged: 0 })
    expect(await window.try('conversations.open', { conversationId: other })).toMatchObject({
      failure: { code: 'conversation.not-found' },
    })
    expect(await window.call('conversations.search', { query: 'zebra' })).toEqual([])
    expect((await window.call('spend.summary', { conversationId: other })).conversation).toEqual(spent)
  })
})

async function exported(format: 'markdown' | 'json'): Promise<{ text: string; chunks: ExportChunk[] }> {
  const chunks: ExportChunk[] = []
  for (let cursor: ExportCursor | null | undefined; cursor !== null;) {
    const chunk: ExportChunk = await window.call('conversations.export', {
      conversationId,
      format,
      cursor: cursor ?? null,
    })
    chunks.push(chunk)
    cursor = chunk.next
  }
  return { text: chunks.map(({ text }) => text).join(''), chunks }
}

it('exports what is shown to be read, and everything to be kept, in pieces of at most 1 MiB', async () => {
  const long = '🌳 学习 '.repeat(60_000)
  const first = await send(long, 'short')
  await send('or: "a/b"?', 'second')
  await window.call('conversations.rename', { conversationId, title: 'A/B: *trees*?' })
  provider.setDefault({ text: 'other' })
  await ended(window.call('turns.retry', { turnId: turnId(), messageId: first.replyMessageId }))
  await window.call('messages.revise', { messageId: first.userMessageId, text: `${long}!` })

  const markdown = await exported('markdown')
  expect(markdown.chunks.length).toBeGreaterThan(1)
  for (const { text, fileName } of markdown.chunks) {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024)
    expect(text.isWellFormed()).toBe(true)
    expect(fileName).toBe('A B trees.md')
  }
  expect(markdown.text.startsWith('# A/B: \\*trees\\*?\n')).toBe(true)
  expect(markdown.text).toContain(`${long}!`)
  expect(markdown.text).toContain('other')
  expect(markdown.text).not.toContain('second')

  const json = await exported('json')
  expect(json.chunks[0]?.fileName).toBe('A B trees.json')
  const read = JSON.parse(json.text) as {
    title: string
    messages: { text: string; revisions: { text: string }[]; cost: { state: string } | null }[]
  }
  expect(read.title).toBe('A/B: *trees*?')
  expect(read.messages.map(({ text }) => text)).toEqual([`${long}!`, 'short', 'or: "a/b"?', 'second', 'other'])
  expect(read.messages[0]?.revisions.map(({ text }) => text.length)).toEqual([long.length, long.length + 1])
  expect(read.messages[1]?.cost).toMatchObject({ state: 'settled' })
})

// The last one: nothing is written after it.
it('another version can be looked at in a store that is only read, and nothing is written', async () => {
  const first = await send('one', 'two')
  const second = await ended(window.call('turns.retry', { turnId: turnId(), messageId: first.replyMessageId }))
  expect(await window.call('store.openReadOnly', {})).toMatchObject({ kind: 'read-only' })
  const { siblings } = (await shown())[1] ?? {}
  expect(siblings).toEqual([first.replyMessageId, second.replyMessageId])
  const replies = async () => (await shown()).slice(1).map(({ id }) => id)
  expect(await replies()).toEqual([second.replyMessageId])
  const around = await window.call('conversations.around', { messageId: first.replyMessageId })
  expect(around.messages.map(({ id }) => id)).toEqual([first.userMessageId, first.replyMessageId])
  expect(await replies()).toEqual([first.replyMessageId])
  await window.call('conversations.show', { messageId: second.replyMessageId })
  expect(await replies()).toEqual([second.replyMessageId])
  const rename = await window.try('conversations.rename', { conversationId, title: 'x' })
  expect(rename).toMatchObject({ failure: { code: 'store.read-only' } })
})
