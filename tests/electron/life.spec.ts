import { expect, test, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { ConversationId, MessageId } from '../../electron/contract/ids.ts'
import { native } from '../../electron/contract/strings/native-en.ts'
import { temporaryProfile } from '../helpers/app.ts'
import { startProvider, type Provider } from '../provider/server.ts'
import { ask, desktopEnvironment, electronProgram, launch, root, standInForThePerson } from './launch.ts'

let provider: Provider
test.beforeEach(async () => {
  provider = await startProvider()
})
test.afterEach(async () => {
  await provider.close()
})

const text = Array.from({ length: 200 }, (_, index) => `word${index} `).join('')

async function startReply(page: Page): Promise<{ conversationId: ConversationId; messageId: MessageId }> {
  const { id: conversationId } = await ask(page, 'conversations.create', { isDemo: false })
  const turnId = crypto.randomUUID() as never
  const { replyMessageId } = await ask(page, 'turns.send', { turnId, conversationId, text: 'Count.' })
  return { conversationId, messageId: replyMessageId }
}

async function replyOf(page: Page, conversationId: ConversationId, messageId: MessageId) {
  const { messages } = await ask(page, 'conversations.open', { conversationId })
  return messages.find(({ id }) => id === messageId)
}

async function runningText(page: Page): Promise<string> {
  const [running] = await ask(page, 'turns.running', {})
  return running?.text ?? ''
}

test('a reload in the middle of a reply loses nothing and asks the provider nothing', async () => {
  provider.setDefault({ text, delayMs: 40 })
  const { app, page } = await launch({ apiUrl: provider.url })
  const { conversationId, messageId } = await startReply(page)
  await expect.poll(() => runningText(page)).toContain('word3')
  await page.reload()
  await page.waitForLoadState('domcontentloaded')
  await expect.poll(() => runningText(page)).toContain('word6')
  await expect
    .poll(async () => (await replyOf(page, conversationId, messageId))?.status, { timeout: 30_000 })
    .toBe('complete')
  expect((await replyOf(page, conversationId, messageId))?.text.trim()).toBe(text.trim())
  expect(provider.chats()).toHaveLength(1)
  await app.close()
})

test('a page that dies comes back by itself, and the reply goes on', async () => {
  provider.setDefault({ text, delayMs: 40 })
  const { app, page } = await launch({ apiUrl: provider.url })
  const { conversationId, messageId } = await startReply(page)
  await expect.poll(() => runningText(page)).toContain('word3')
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  const isBack = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isCrashed() === false)
  await expect.poll(isBack).toBe(true)
  const status = () =>
    app.evaluate(
      ({ BrowserWindow }, [conversation, message]) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          `window.parley.call('conversations.open', { conversationId: '${conversation}' })` +
            `.then((result) => result.value.messages.find(({ id }) => id === '${message}').status)`,
        ) as Promise<unknown>,
      [conversationId, messageId] as const,
    )
  await expect.poll(status, { timeout: 30_000 }).toBe('complete')
  expect(provider.chats()).toHaveLength(1)
  await app.close()
})

test('killed in the middle of a reply, the next start has an exact prefix of it', async () => {
  provider.setDefault({ text, delayMs: 40 })
  const profile = temporaryProfile()
  const first = await launch({ profile, apiUrl: provider.url })
  const { conversationId, messageId } = await startReply(first.page)
  await expect.poll(() => runningText(first.page)).toContain('word9')
  const shown = await runningText(first.page)
  const ended = new Promise((resolve) => first.app.process().once('exit', resolve))
  first.app.process().kill('SIGKILL')
  await ended

  const second = await launch({ profile, apiUrl: provider.url })
  const reply = await replyOf(second.page, conversationId, messageId)
  expect(reply?.status).toBe('interrupted')
  expect(text.startsWith(reply?.text ?? '-')).toBe(true)
  expect(reply?.text.startsWith(shown)).toBe(true)
  expect(provider.chats()).toHaveLength(1)
  await second.app.close()
})

test('a second start on the same profile raises the first window and ends', async () => {
  const { app, profile } = await launch()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const second = spawn((await electronProgram()) ?? '', ['.', ...sandbox, '--profile', profile], {
    cwd: root,
    env: desktopEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  second.stdout.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk))
  const code = await new Promise((resolve) => second.once('exit', resolve))
  expect(code).toBe(0)
  expect(printed).toContain(native.alreadyRunning(app.process().pid ?? 0))
  const isMinimized = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized())
  await expect.poll(isMinimized).toBe(false)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  await app.close()
})

test('quitting asks while a reply runs; saying no keeps everything', async () => {
  provider.setDefault({ text, delayMs: 40 })
  const { app, page } = await launch({ apiUrl: provider.url })
  const { conversationId, messageId } = await startReply(page)
  await expect.poll(() => runningText(page)).toContain('word3')
  const outside = await standInForThePerson(app, 1)
  await app.evaluate(({ app: electron }) => electron.quit())
  await expect.poll(async () => (await outside()).dialogs.length).toBe(1)
  expect((await outside()).dialogs[0]).toMatchObject({ message: native.quit.title(1), defaultId: 1, cancelId: 1 })
  await expect
    .poll(async () => (await replyOf(page, conversationId, messageId))?.status, { timeout: 30_000 })
    .toBe('complete')

  const ended = new Promise((resolve) => app.process().once('exit', resolve))
  await app.evaluate(({ app: electron }) => electron.quit())
  expect(await ended).toBe(0)
})

test('the window comes back where it was, from a file only this person can read', async () => {
  const { app, profile } = await launch()
  const bounds = { x: 60, y: 60, width: 900, height: 640 }
  await app.evaluate(({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place), bounds)
  await app.close()
  if (process.platform !== 'win32') expect(statSync(join(profile, 'window.json')).mode & 0o777).toBe(0o600)
  const again = await launch({ profile })
  const found = await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())
  expect(found).toMatchObject({ width: bounds.width, height: bounds.height })
  await again.app.close()
})
