import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { askInParley, bringForward, endedInParley, openStage, type Stage } from '../browser/stage.ts'
import type { Figure, Measured } from '../harness.ts'

const rows = (count: number) => '| a | b |\n|---|---|\n' + '| 1 | 2 |\n'.repeat(count)

/** Replies that have brought other programs to a stop. The word «parley» is for the search. */
const replies: Record<string, string> = {
  'quotations, 50,000 deep': `parley ${'\n'}${'>'.repeat(50_000)} deep`,
  'a list, 1,200 deep': `parley\n\n${Array.from({ length: 1_200 }, (_, depth) => `${' '.repeat(2 * depth)}- level`).join('\n')}`,
  '60,000 brackets': `parley ${'['.repeat(60_000)}`,
  'a line of 10 MB': `parley ${'word '.repeat(2_000_000)}`,
  'a table of 100,000 rows': `parley\n\n${rows(100_000)}`,
  'a table of 9,000 rows': `parley\n\n${rows(9_000)}`,
  '30,000 headings': `parley\n\n${'# a\n'.repeat(30_000)}`,
  '9,000 headings': `parley\n\n${'# a\n'.repeat(9_000)}`,
  'a line of backslashes': `parley ${'\\'.repeat(150_000)}`,
  'superscripts, 900 deep': `parley $${'x^{'.repeat(900)}x${'}'.repeat(900)}$ ${`$${'x^{'.repeat(39)}x${'}'.repeat(39)}$ `.repeat(300)}`,
  '2,000 formulas': `parley ${Array.from({ length: 2_000 }, (_, n) => `$\\frac{a_{${n}}}{b}$ `).join('')}`,
  'a fence of 190 KB': `parley\n\n\`\`\`ts\n${'const a = `b` // c\n'.repeat(10_000)}`,
}

const pieces = 60
let opened: Promise<Stage> | null = null

async function watchTasks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const times: number[] = []
    const observer = new PerformanceObserver((list) => times.push(...list.getEntries().map(({ duration }) => duration)))
    observer.observe({ type: 'longtask' })
    window.benchStamps = { tokens: [], frames: times, keys: [], stop: () => observer.disconnect() }
  })
  return async () => {
    await sleep(300)
    const times = await page.evaluate(() => {
      window.benchStamps?.stop()
      return window.benchStamps?.frames ?? []
    })
    return Math.max(0, ...times)
  }
}

/** From the click on a chat until its last message is painted. */
const openMs = (page: Page, id: string): Promise<number> =>
  page.evaluate(async (conversation) => {
    const painted = Promise.withResolvers<number>()
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => painted.resolve(performance.now()))
    port1.start()
    const look = () => {
      if (document.querySelector('[role=log] article[aria-label=Gemma]')) port2.postMessage(null)
      else requestAnimationFrame(look)
    }
    const item = document.querySelector<HTMLElement>(`[data-conversation="${conversation}"] button`)
    if (!item) throw new Error('the chat is not in the list')
    const startedAt = performance.now()
    item.click()
    requestAnimationFrame(look)
    return (await painted.promise) - startedAt
  }, id)

interface Seen {
  taskMs: number
  paintMs: number
}

/** One reply while it arrives, after a reload, in the search, and copied. */
async function tryReply({ page, source }: Stage, name: string, text: string): Promise<Seen> {
  await page.getByRole('button', { name: 'New chat' }).click()
  const message = page.getByRole('textbox', { name: 'Message' })
  await message.fill(text.slice(0, 400))
  let longest = await watchTasks(page)
  await message.press('Enter')
  const size = Math.ceil(text.length / pieces)
  const tokens = Array.from({ length: pieces }, (_, at) => text.slice(at * size, (at + 1) * size))
  await source.send(
    tokens.filter((token) => token !== ''),
    30,
  )
  await source.finish()
  await endedInParley(page)
  const live = await longest()

  const id = new URL(page.url()).hash.split('/').at(-1) ?? ''
  longest = await watchTasks(page)
  await page.getByRole('button', { name: 'Copy', exact: true }).last().click()
  const copied = await longest()

  await page.evaluate(() => location.replace('#'))
  await page.getByRole('button', { name: 'New chat' }).click()
  await page.reload()
  await message.waitFor()
  await sleep(1_500)
  longest = await watchTasks(page)
  const paintMs = await openMs(page, id)
  await sleep(1_500)
  const reloaded = await longest()

  longest = await watchTasks(page)
  const search = page.getByRole('searchbox', { name: 'Search' })
  await search.pressSequentially('parley', { delay: 60 })
  await sleep(400)
  const found = await longest()
  await search.fill('')
  const words = { live, copied, reloaded, found, paintMs }
  process.stderr.write(
    `  ${name}: ${JSON.stringify(words, (_, value: unknown) => (typeof value === 'number' ? Math.round(value) : value))}\n`,
  )
  return { taskMs: Math.max(live, copied, reloaded, found), paintMs }
}

/** Replies made to stop a program: the longest task of the page with any of them, in every view. */
export const hostileFigure: Figure = {
  key: 'hostile',
  repeats: 2,
  lines: [
    {
      number: '',
      name: 'longest task of the page, hostile replies: live, reloaded, searched, copied',
      floor: '',
      unit: 'ms',
      target: { of: 'value', atMost: 200 },
    },
    {
      number: '',
      name: 'open a chat with a hostile reply → painted, the slowest',
      floor: 'an ordinary chat',
      unit: 'ms',
      target: { of: 'value', atMost: 100 },
    },
  ],
  async measure(): Promise<Measured[]> {
    const stage = await (opened ??= openStage())
    await bringForward(stage.page)
    await askInParley(stage.page)
    await stage.source.finish()
    await endedInParley(stage.page)
    const plain = await tryReply(stage, 'an ordinary reply', 'parley is a word like others.')
    const seen: Seen[] = []
    for (const [name, text] of Object.entries(replies)) seen.push(await tryReply(stage, name, text))
    return [
      { value: Math.max(...seen.map(({ taskMs }) => taskMs)), floor: null },
      { value: Math.max(...seen.map(({ paintMs }) => paintMs)), floor: plain.paintMs },
    ]
  },
  async close() {
    await (await opened)?.close()
    opened = null
  },
}
