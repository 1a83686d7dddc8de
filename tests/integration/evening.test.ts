import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { TurnId } from '../../electron/contract/ids.ts'
import { startApp, temporaryProfile, type AppOptions, type RunningApp } from '../helpers/app.ts'
import { openHttpWindow, type HttpWindow } from '../helpers/http-window.ts'
import { startProvider, type Provider } from '../provider/server.ts'

const key = 'test-canary-key-4711-0815-abcdefgh'
const text = Array.from({ length: 80 }, (_, place) => `word${place}`).join(' ')

const open: { apps: RunningApp[]; windows: HttpWindow[]; providers: Provider[]; profiles: string[] } = {
  apps: [],
  windows: [],
  providers: [],
  profiles: [],
}
afterEach(async () => {
  for (const window of open.windows.splice(0)) window.close()
  for (const app of open.apps.splice(0)) await app.kill('SIGKILL')
  for (const provider of open.providers.splice(0)) await provider.close()
  for (const profile of open.profiles.splice(0)) rmSync(join(profile, '..'), { recursive: true, force: true })
})

async function start(options: AppOptions): Promise<{ app: RunningApp; window: HttpWindow }> {
  const app = await startApp(options)
  open.apps.push(app)
  const window = await openHttpWindow(app.url)
  open.windows.push(window)
  return { app, window }
}

async function evening() {
  const provider = await startProvider()
  open.providers.push(provider)
  const profile = temporaryProfile()
  open.profiles.push(profile)
  return { provider, profile, ...(await start({ profile, apiUrl: provider.url })) }
}

const turnId = () => randomUUID() as TurnId

describe('the first evening', () => {
  it('asks, streams, stops being online, and finds everything the next day with what it cost', async () => {
    const { provider, profile, app, window } = await evening()
    provider.setDefault({ text, delayMs: 3 })
    expect((await window.call('app.snapshot', {})).key.present).toBe(false)
    await window.call('key.set', { key, keep: 'session' })
    const tested = await window.call('key.test', {})
    expect(tested.price?.inputNanoUsdPerMTok).toBeGreaterThan(0)
    expect(tested.balanceNanoUsd).toBe(50_000_000_000)

    const { id: conversationId } = await window.call('conversations.create', { isDemo: false })
    await window.call('drafts.save', { conversationId, text: 'How do I' })
    const { replyMessageId } = await window.call('turns.send', {
      turnId: turnId(),
      conversationId,
      text: 'How do I bake bread?',
    })
    await window.wait((event) => event.name === 'turn.ended')
    expect(window.shown(replyMessageId)).toBe(text)
    const spent = await window.call('spend.summary', { conversationId })
    expect(spent.conversation).toEqual(spent.month)
    expect(spent.month.nanoUsd).toBe(provider.books.total() * 500)

    expect(await app.kill('SIGTERM')).toBe(143)
    const requests = provider.requests.length
    const next = await start({ profile, apiUrl: provider.url })
    const [conversation] = await next.window.call('conversations.list', {})
    expect(conversation).toMatchObject({
      id: conversationId,
      title: 'How do I bake bread?',
      messageCount: 2,
      isRunning: false,
    })
    const found = await next.window.call('conversations.open', { conversationId })
    expect(found.draft).toBe('')
    expect(found.messages.map((message) => message.text)).toEqual(['How do I bake bread?', text])
    expect(found.messages[1]?.cost).toMatchObject({ state: 'settled', source: 'billed' })
    expect((await next.window.call('spend.summary', { conversationId })).month).toEqual(spent.month)
    expect(
      (await next.window.call('conversations.search', { query: 'word7' })).map((hit) => hit.conversationId),
    ).toContain(conversationId)
    expect(provider.requests.length).toBe(requests)
  })

  it('a window that comes in the middle gets all of it, and both see the end', async () => {
    const { provider, app, window } = await evening()
    provider.setDefault({ text, delayMs: 3, holdAfter: 30 })
    await window.call('key.set', { key, keep: 'session' })
    const { id: conversationId } = await window.call('conversations.create', { isDemo: false })
    const { replyMessageId } = await window.call('turns.send', { turnId: turnId(), conversationId, text: 'Go' })
    await expect.poll(() => window.shown(replyMessageId).length).toBeGreaterThan(100)
    window.close()
    const again = await openHttpWindow((await askForWindow(app)).href)
    open.windows.push(again)
    const [running] = await again.call('turns.running', {})
    expect(text.startsWith(running?.text ?? 'nothing')).toBe(true)
    provider.release()
    await again.wait((event) => event.name === 'turn.ended')
    const later = again.events.flatMap((event) =>
      event.name === 'turn.delta' && event.offset >= (running?.text.length ?? 0) ? [event.text] : [],
    )
    expect((running?.text ?? '') + later.join('')).toBe(text)
  })

  it('kill -9 in the middle: what was shown is an exact prefix of what is found, and goes on', async () => {
    const { provider, profile, app, window } = await evening()
    provider.setDefault({ text, delayMs: 3, holdAfter: 40 })
    await window.call('key.set', { key, keep: 'session' })
    const { id: conversationId } = await window.call('conversations.create', { isDemo: false })
    const { replyMessageId } = await window.call('turns.send', { turnId: turnId(), conversationId, text: 'Go' })
    await expect.poll(() => window.shown(replyMessageId).length).toBeGreaterThan(150)
    await app.kill('SIGKILL')
    const shown = window.shown(replyMessageId)

    const next = await start({ profile, apiUrl: provider.url })
    const { messages } = await next.window.call('conversations.open', { conversationId })
    expect(messages[1]).toMatchObject({ status: 'interrupted', failure: { code: 'reply.interrupted' } })
    expect(messages[1]?.text.startsWith(shown)).toBe(true)
    expect(text.startsWith(messages[1]?.text ?? 'nothing')).toBe(true)
    expect((await next.window.call('spend.summary', { conversationId })).month.unknownCount).toBe(1)
    await next.window.call('key.set', { key, keep: 'session' })
    await provider.settled()
    expect(await next.window.call('spend.reconcile', {})).toEqual({ settled: 1, unknown: 0 })
    expect((await next.window.call('spend.summary', { conversationId })).month).toMatchObject({
      nanoUsd: provider.books.total() * 500,
      unknownCount: 0,
      reservedNanoUsd: 0,
    })
  })

  it('the demo asks nobody and never enters the books', async () => {
    const { provider, window } = await evening()
    const { id: conversationId } = await window.call('conversations.create', { isDemo: true })
    const { replyMessageId } = await window.call('turns.send', { turnId: turnId(), conversationId, text: 'Hello' })
    await window.wait((event) => event.name === 'turn.ended')
    const { messages, conversation } = await window.call('conversations.open', { conversationId })
    expect(messages[1]).toMatchObject({
      id: replyMessageId,
      status: 'complete',
      cost: { state: 'demo', nanoUsd: null },
    })
    expect(conversation.isDemo).toBe(true)
    expect((await window.call('spend.summary', { conversationId })).month.nanoUsd).toBe(0)
    expect(provider.requests).toHaveLength(0)
    expect((await window.call('app.about', {})).hosts).toEqual([])
  })

  it('without a key nothing is stored and the text stays with the person', async () => {
    const { provider, window } = await evening()
    const { id: conversationId } = await window.call('conversations.create', { isDemo: false })
    const input = { turnId: turnId(), conversationId, text: 'Hello' }
    expect(await window.try('turns.send', input)).toMatchObject({
      ok: false,
      failure: { code: 'key.missing', text: 'kept' },
    })
    expect((await window.call('conversations.open', { conversationId })).messages).toEqual([])
    expect(provider.requests).toHaveLength(0)
  })

  it('the key is nowhere: not in a file, not in an answer, not in an event', async () => {
    const { provider, profile, app, window } = await evening()
    provider.setDefault({ text: 'ok' })
    const answers: unknown[] = [
      await window.try('key.set', { key, keep: 'session' }),
      await window.try('key.test', { key }),
    ]
    const { id: conversationId } = await window.call('conversations.create', { isDemo: false })
    await window.call('turns.send', { turnId: turnId(), conversationId, text: 'Hello' })
    await window.wait((event) => event.name === 'turn.ended')
    provider.script({ failure: { status: 401, message: `the key ${key} is wrong` } })
    const second = await window.call('turns.send', { turnId: turnId(), conversationId, text: 'Again' })
    await window.wait((event) => event.name === 'turn.ended' && event.messageId === second.replyMessageId)
    answers.push(await window.call('conversations.open', { conversationId }), await window.call('app.snapshot', {}))
    answers.push(await window.call('store.backUp', {}))
    expect(JSON.stringify([answers, window.events])).not.toContain(key)
    expect(readEverything(profile)).not.toContain(key)
    await app.kill('SIGTERM')
    expect(readEverything(profile)).not.toContain(key)
  })
})

/** A second start on the profile makes the first one offer its window again. */
async function askForWindow(app: RunningApp): Promise<URL> {
  const before = app.stdout().length
  const second = startApp({ profile: app.profile }).catch((error: unknown) => String(error))
  expect(await second).toContain(`already running (process ${app.pid})`)
  await expect.poll(() => app.stdout().slice(before), { timeout: 5_000 }).toContain('Parley is ready: ')
  return new URL(/Parley is ready: (\S+)/.exec(app.stdout().slice(before))?.[1] ?? '')
}

function readEverything(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'ballast')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}
