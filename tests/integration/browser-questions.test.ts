import { chromium, type Browser } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createQuestions, type Questions } from '../../electron/shells/browser/ask.ts'
import { chromiumPath } from '../../scripts/chromium.mjs'
import { navigation, send } from '../helpers/raw-http.ts'

const question = {
  title: 'Open <script>alert(1)</script>?',
  detail: 'Host: "example.org" & more\nsecond line',
  language: 'en' as const,
  confirmLabel: 'Open <b>it</b>',
  cancelLabel: 'Keep closed',
}

let questions: Questions
let shown: URL[]
let dismissed: number
let closeWindow: () => void

beforeEach(() => {
  shown = []
  dismissed = 0
  questions = createQuestions({
    timeoutMs: 2_000,
    show: (address) => {
      shown.push(new URL(address))
      return { gone: new Promise((resolve) => (closeWindow = resolve)), dismiss: () => void (dismissed += 1) }
    },
  })
})

afterEach(() => questions.close())

const nextAddress = async (count = 1): Promise<URL> => {
  await expect.poll(() => shown.length).toBe(count)
  return shown[count - 1]!
}
const isPending = async (answer: Promise<boolean>) =>
  (await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 50, 'pending'))])) === 'pending'

describe('in a real browser', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: chromiumPath(),
      chromiumSandbox: process.getuid?.() !== 0,
    })
  })
  afterAll(() => browser.close())

  test.each([
    ['Open <b>it</b>', true],
    ['Keep closed', false],
  ])('the button %s answers %s', async (name, expected) => {
    const answer = questions.ask(question)
    const page = await browser.newPage()
    await page.goto((await nextAddress()).href)
    expect(await page.title()).toBe(question.title)
    expect(await page.locator('p').textContent()).toBe(question.detail)
    await page.getByRole('button', { name, exact: true }).click()
    expect(await answer).toBe(expected)
    await page.getByText('You can close this window').waitFor()
    expect(dismissed).toBe(1)
    await page.close()
  })

  test('Enter, pressed by somebody who did not read, declines', async () => {
    const answer = questions.ask(question)
    const page = await browser.newPage()
    await page.goto((await nextAddress()).href)
    await page.keyboard.press('Enter')
    expect(await answer).toBe(false)
    await page.close()
  })
})

const form = (proof: string) => `proof=${proof}&answer=confirm`
const proofIn = (html: string) => /name="proof" value="([\w-]+)"/.exec(html)?.[1] ?? ''

describe('nobody else can answer', () => {
  test('without the proof, the origin, or a navigation', async () => {
    const answer = questions.ask(question)
    const { port, pathname, origin } = await nextAddress()
    const headers = { ...navigation('same-origin'), origin, 'content-type': 'application/x-www-form-urlencoded' }
    const page = await send(Number(port), { path: pathname, headers: navigation('cross-site') })
    const post = (more: Record<string, string>, body = form(proofIn(page.text))) =>
      send(Number(port), { method: 'POST', path: pathname, headers: { ...headers, ...more }, body })

    expect((await post({ origin: 'http://127.0.0.1:1' })).status).toBe(403)
    expect((await post({ origin: 'null' })).status).toBe(403)
    expect((await post({ host: `localhost:${port}` })).status).toBe(403)
    expect((await post({ 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await post({ 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' })).status).toBe(403)
    expect((await post({}, form('a'.repeat(43)))).status).toBe(403)
    expect((await post({}, `${form('')}${'x'.repeat(10_000)}`)).status).toBe(403)
    expect(await isPending(answer)).toBe(true)
    expect((await post({})).status).toBe(200)
    expect(await answer).toBe(true)
    expect((await post({})).status).toBe(404)
  })

  test('the application’s page can neither read nor find it', async () => {
    const answer = questions.ask(question)
    const { port, pathname } = await nextAddress()
    const reading = { ...navigation('same-site'), 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
    expect((await send(Number(port), { path: pathname, headers: reading })).status).toBe(403)
    expect((await send(Number(port), { path: pathname, headers: navigation('same-site') })).status).toBe(403)
    expect((await send(Number(port), { path: '/', headers: navigation('none') })).status).toBe(404)
    const { headers, text } = await send(Number(port), { path: pathname, headers: navigation('none') })
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['x-frame-options']).toBe('DENY')
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(text).not.toMatch(/<script|<b>it/)
    closeWindow()
    expect(await answer).toBe(false)
  })
})

test('declined when nobody answers, and when Parley ends', async () => {
  expect(await questions.ask(question)).toBe(false)
  const second = questions.ask(question)
  await nextAddress(2)
  await questions.close()
  expect(await second).toBe(false)
  expect(await questions.ask(question)).toBe(false)
})

test('asked one after the other, each at an address of its own', async () => {
  const answers = [questions.ask(question), questions.ask(question)]
  const first = await nextAddress()
  closeWindow()
  expect(await answers[0]).toBe(false)
  const second = await nextAddress(2)
  expect(second.pathname).not.toBe(first.pathname)
  expect((await send(Number(first.port), { path: first.pathname, headers: navigation('none') })).status).toBe(404)
  closeWindow()
  expect(await answers[1]).toBe(false)
})
