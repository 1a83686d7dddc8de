import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { chatNames, makeLongProfile } from '../browser/long-profile.ts'
import { openStage, type Stage } from '../browser/stage.ts'
import type { Figure, Measured } from '../harness.ts'

type Opened = { stage: Stage; remove(): void }
let opened: Promise<Opened> | null = null

async function open(): Promise<Opened> {
  const { profile, remove } = makeLongProfile()
  return { stage: await openStage(profile), remove }
}

/** From the click until nothing in the page changes or scrolls any more. In a page that has not seen this chat yet. */
async function settledMs(page: Page, name: string): Promise<number> {
  await page.getByRole('button', { name: chatNames.top }).first().click()
  await page.getByRole('heading', { level: 1, name: chatNames.top }).waitFor()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: chatNames.top }).waitFor()
  await sleep(600)
  return page.evaluate(async (title) => {
    const item = [...document.querySelectorAll<HTMLElement>('nav [data-conversation] button')].find((button) =>
      button.textContent?.startsWith(title),
    )
    if (!item) throw new Error(`no chat ${title}`)
    const { port1, port2 } = new MessageChannel()
    const seen = { lastPaint: 0 }
    let isWaiting = false
    port1.addEventListener('message', () => {
      seen.lastPaint = performance.now()
      isWaiting = false
    })
    port1.start()
    const note = () => {
      if (isWaiting) return
      isWaiting = true
      requestAnimationFrame(() => port2.postMessage(null))
    }
    const observer = new MutationObserver(note)
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
    addEventListener('scroll', note, true)
    const startedAt = performance.now()
    item.click()
    const quietMs = 500
    while (seen.lastPaint === 0 || performance.now() - seen.lastPaint < quietMs)
      await new Promise((resolve) => setTimeout(resolve, 50))
    observer.disconnect()
    removeEventListener('scroll', note, true)
    return seen.lastPaint - startedAt
  }, name)
}

/** Figure 5: opening a chat of 5,000 messages until it is at rest. */
export const chatFigure: Figure = {
  key: 'open',
  repeats: 10,
  dropped: 1,
  lines: [
    {
      number: '5',
      name: 'open a chat of 5,000 messages, settled',
      floor: 'of 20 messages',
      unit: 'ms',
      target: { of: 'ratio', atMost: 1.1 },
    },
  ],
  async measure(): Promise<Measured[]> {
    const { stage } = await (opened ??= open())
    await stage.page.bringToFront()
    const floor = await settledMs(stage.page, chatNames.short)
    return [{ value: await settledMs(stage.page, chatNames.long), floor }]
  },
  async close() {
    const made = await opened
    await made?.stage.close()
    made?.remove()
    opened = null
  },
}
