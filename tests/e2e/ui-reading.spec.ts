import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { profileWith } from '../helpers/long-chat.ts'
import { expect, test } from './ui-house.ts'

const profile = profileWith([
  { turns: 10, question: (n) => `Short question ${n}`, answer: (n) => `Short answer ${n}.\n\nAnd a second paragraph.` },
  {
    turns: 2_500,
    question: (n) => `Long question ${n}`,
    answer: (n) =>
      Array.from({ length: 1 + (n % 5) }, (_, at) => `Answer ${n}, paragraph ${at}, in a few words.`).join('\n\n'),
  },
])
test.use({ appOptions: { profile } })
test.describe.configure({ mode: 'serial' })
test.afterAll(() => rmSync(join(profile, '..'), { recursive: true, force: true }))

test('5,000 messages open at the end, with few rows in the page', async ({ view }) => {
  await expect(view.replies().last()).toContainText('Answer 2499, paragraph 0')
  const fromEnd = () => view.log.evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop)
  await expect.poll(fromEnd).toBeLessThan(3)
  expect(await view.log.getByRole('article').count()).toBeLessThan(40)
  await expect(view.replies().last()).toHaveAttribute('aria-posinset', '5000')
  await expect(view.replies().last()).toHaveAttribute('aria-setsize', '5000')
})

test('older messages are loaded on the way up, and what is read stays where it is', async ({ view }) => {
  await expect(view.replies().last()).toContainText('Answer 2499')
  await view.log.hover()
  let worst = 0
  for (let step = 0; step < 30; step += 1) {
    await view.page.mouse.wheel(0, -1_500)
    await view.page.waitForTimeout(60)
  }
  // Once the wheel rests nothing moves.
  const place = () =>
    view.log.evaluate((log) => {
      const edge = log.getBoundingClientRect()
      const row = [...log.querySelectorAll('article')].find((one) => one.getBoundingClientRect().top > edge.top)
      return { id: row?.dataset['message'], top: row?.getBoundingClientRect().top ?? 0 }
    })
  await view.page.waitForTimeout(250)
  const before = await place()
  for (let look = 0; look < 10; look += 1) {
    await view.page.waitForTimeout(50)
    const now = await view.log.evaluate(
      (log, id) => log.querySelector(`[data-message="${id}"]`)?.getBoundingClientRect().top ?? Infinity,
      before.id,
    )
    worst = Math.max(worst, Math.abs(now - before.top))
  }
  expect(worst).toBeLessThanOrEqual(2)
  const position = Number(await view.log.getByRole('article').first().getAttribute('aria-posinset'))
  expect(position).toBeLessThan(4_900)
  await view.page.getByRole('button', { name: 'Jump to latest' }).click()
  await expect(view.replies().last()).toContainText('Answer 2499')
})

test('what settles above does not move what is read', async ({ view }) => {
  await expect(view.replies().last()).toContainText('Answer 2499')
  await view.log.hover()
  await view.page.mouse.wheel(0, -3_000)
  await view.page.waitForTimeout(400)
  const moved = await view.log.evaluate(async (log) => {
    const edge = log.getBoundingClientRect().top
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    const rows = [...log.querySelectorAll('article')].toSorted(
      (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
    )
    const at = rows.findIndex((row) => row.getBoundingClientRect().top > edge)
    const read = rows[at]
    let worst = 0
    const top = read?.getBoundingClientRect().top ?? 0
    for (const above of rows.slice(Math.max(0, at - 3), at))
      for (const height of [40, 120, 15]) {
        const late = document.createElement('div')
        late.style.height = `${height}px`
        above.querySelector('[data-body]')?.prepend(late)
        await frame()
        await frame()
        worst = Math.max(worst, Math.abs((read?.getBoundingClientRect().top ?? 0) - top))
      }
    return worst
  })
  expect(moved).toBeLessThanOrEqual(2)
})

test('messages are walked by key, and their acts have keys', async ({ view }) => {
  await expect(view.replies().last()).toContainText('Answer 2499')
  await view.message.focus()
  await view.page.keyboard.press('Alt+ArrowUp')
  await expect(view.replies().last()).toBeFocused()
  await view.page.keyboard.press('k')
  await view.page.keyboard.press('k')
  await expect(view.log.locator('article:focus')).toContainText('Answer 2498')
  for (let step = 0; step < 40; step += 1) await view.page.keyboard.press('k')
  await expect(view.log.locator('article:focus')).toContainText('Answer 2478')
  await expect(view.log.locator('article:focus')).toBeInViewport()
  await view.page.keyboard.press('j')
  await expect(view.log.locator('article:focus')).toContainText('Long question 2479')
  await view.page.keyboard.press('q')
  await expect(view.message).toHaveValue('> Long question 2479\n\n')
  await expect(view.message).toBeFocused()
})

test('a long thread opens as fast as a short one', async ({ view }) => {
  await expect(view.replies().last()).toContainText('Answer 2499')
  const open = (name: string, ending: string) =>
    view.page.evaluate(
      async ([title, text]) => {
        const item = [...document.querySelectorAll('nav li')].find((one) => one.getAttribute('aria-label') === title)
        const start = performance.now()
        item?.querySelector('button')?.click()
        for (;;) {
          await new Promise((done) => requestAnimationFrame(done))
          const last = [...document.querySelectorAll('[role="log"] article')].at(-1)
          const log = document.querySelector('[role="log"]')
          const isAtEnd = log && log.scrollHeight - log.clientHeight - log.scrollTop < 3
          if (isAtEnd && last?.textContent.includes(text ?? '')) return performance.now() - start
        }
      },
      [name, ending],
    )
  const short: number[] = []
  const long: number[] = []
  for (let round = 0; round < 9; round += 1) {
    short.push(await open('Short question 0', 'Short answer 9.'))
    await view.page.waitForTimeout(250)
    long.push(await open('Long question 0', 'Answer 2499, paragraph 0'))
    await view.page.waitForTimeout(250)
  }
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  console.log(`short ${median(short).toFixed(1)} ms, long ${median(long).toFixed(1)} ms`)
  expect(median(long)).toBeLessThan(median(short) * 2 + 17)
})
