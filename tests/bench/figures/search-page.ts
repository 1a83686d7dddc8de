import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { openDatabase } from '../../../electron/main/store/open.ts'
import { search } from '../../../electron/main/store/search.ts'
import { openStage, type Stage } from '../browser/stage.ts'
import { createRandom, fillForReading, wordOf } from '../filled-store.ts'
import { percentile, timed, type Figure, type Measured } from '../harness.ts'

const frameMs = 1_000 / 60
const keyPauseMs = 140

interface Opened {
  stage: Stage
  /** What the store itself takes for this query. */
  queryMs(query: string): number
  close(): Promise<void>
}

let opened: Promise<Opened> | null = null

async function open(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
  const file = fillForReading(folder, { messages: 100_000 })
  const stage = await openStage(folder)
  const db = openDatabase({ file, role: 'reader', mode: 'read-only' })
  return {
    stage,
    queryMs: (query) => timed(() => search(db, { query, limit: 50 })).wallMs,
    async close() {
      db.close()
      await stage.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Types a word into the search, letter by letter, and gives the time from each key to the paint of its results. */
async function typeWord(page: Page, word: string): Promise<number[]> {
  const field = page.getByRole('searchbox', { name: 'Search' })
  await field.fill('')
  await sleep(400)
  await field.focus()
  await page.evaluate(() => {
    const keys: number[] = []
    const { port1, port2 } = new MessageChannel()
    // A key whose answer is overtaken by the next one's waits until that is painted.
    const pressed: number[] = []
    let isAnswered = false
    port1.addEventListener('message', () => {
      const now = performance.now()
      keys.push(...pressed.splice(0).map((at) => now - at))
    })
    port1.start()
    const onKey = (event: KeyboardEvent) => {
      pressed.push(event.timeStamp)
      isAnswered = false
    }
    addEventListener('keydown', onKey, true)
    const original = window.fetch
    window.fetch = async (...input) => {
      const response = await original(...input)
      const { body } = input[1] ?? {}
      if (typeof body === 'string' && body.includes('conversations.search')) {
        const { input: asked } = JSON.parse(body) as { input: { query: string } }
        const shown = document.querySelector<HTMLInputElement>('input[type=search]')?.value.trim()
        // Only the answer to what is in the field now.
        if (asked.query === shown) isAnswered = true
      }
      return response
    }
    const observer = new MutationObserver(() => {
      if (isAnswered && pressed.length > 0) requestAnimationFrame(() => port2.postMessage(null))
    })
    const list = document.querySelector('nav')
    if (list) observer.observe(list, { subtree: true, childList: true, characterData: true })
    window.benchStamps = {
      tokens: [],
      frames: [],
      keys,
      stop: () => {
        observer.disconnect()
        removeEventListener('keydown', onKey, true)
        window.fetch = original
      },
    }
  })
  for (const letter of word) {
    await page.keyboard.press(letter)
    await sleep(keyPauseMs)
  }
  await sleep(400)
  return page.evaluate(() => {
    window.benchStamps?.stop()
    return window.benchStamps?.keys ?? []
  })
}

let round = 0

/** Figure 6: a key in the search over 100,000 messages, until what it finds is painted. */
export const searchPageFigure: Figure = {
  key: 'search-page',
  lines: [
    {
      number: '6',
      name: 'search: key → results painted, p95, 100,000 messages',
      floor: 'the query alone, p95',
      unit: 'ms',
      target: { of: 'difference', atMost: 1.5 * frameMs },
    },
  ],
  async measure(): Promise<Measured[]> {
    const { stage, queryMs } = await (opened ??= open())
    await stage.page.bringToFront()
    const random = createRandom((round += 1))
    const words = Array.from({ length: 8 }, () => wordOf(Math.floor(50_000 ** random()) - 1))
    const times: number[] = []
    const floors: number[] = []
    for (const word of words) {
      times.push(...(await typeWord(stage.page, word)))
      for (let end = 1; end <= word.length; end++) floors.push(queryMs(word.slice(0, end)))
    }
    if (times.length < floors.length * 0.9)
      throw new Error(`Only ${times.length} of ${floors.length} keys were answered.`)
    return [{ value: percentile(times, 0.95), floor: percentile(floors, 0.95) }]
  },
  async close() {
    await (await opened)?.close()
    opened = null
  },
}
