import type { Page } from '@playwright/test'

interface Stamps {
  /** The number of the last token in the page, and the moment when the frame that shows it was painted. */
  tokens: [number, number][]
  frames: number[]
  keys: number[]
  stop(): void
}

declare global {
  interface Window {
    benchStamps?: Stamps
  }
}

/**
 * Stamps every frame that shows a new token below `selector`. A message posted to oneself inside the frame that commits
 * arrives right after it was painted; a second frame callback would add a whole frame.
 */
export async function watchTokens(page: Page, selector: string): Promise<void> {
  await page.evaluate((wanted) => {
    const root = document.querySelector(wanted)
    if (!root) throw new Error(`nothing is ${wanted}`)
    const tokens: [number, number][] = []
    const waiting: number[] = []
    let last = 0
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      const now = performance.timeOrigin + performance.now()
      for (const number of waiting.splice(0)) tokens.push([number, now])
    })
    port1.start()
    const newest = () => {
      // From the end: the newest token is in one of the last pieces of text.
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      let node: Node | null = root
      while (node?.lastChild) node = node.lastChild
      if (!node) return 0
      walker.currentNode = node
      for (let tries = 0, each: Node | null = node; each && tries < 40; each = walker.previousNode(), tries++) {
        const text = each.nodeValue ?? ''
        const found = text
          .slice(-200)
          .match(/§(\d+)/g)
          ?.at(-1)
        if (found) return Number(found.slice(1))
      }
      return 0
    }
    const observer = new MutationObserver(() => {
      const number = newest()
      if (number <= last) return
      last = number
      waiting.push(number)
      port2.postMessage(null)
    })
    observer.observe(root, { subtree: true, childList: true, characterData: true })
    window.benchStamps = { tokens, frames: [], keys: [], stop: () => observer.disconnect() }
  }, selector)
}

/** The time from each token's stamp to its paint, for tokens numbered from `from`. Ends the watch. Milliseconds. */
export async function tokenTimes(page: Page, from: number, stamps: readonly number[]): Promise<number[]> {
  const painted = await page.evaluate(() => {
    window.benchStamps?.stop()
    return window.benchStamps?.tokens ?? []
  })
  let at = 0
  const times = stamps.flatMap((stamp, place) => {
    while (at < painted.length && (painted[at]?.[0] ?? 0) < from + place) at += 1
    const paintedAt = painted[at]?.[1]
    return paintedAt === undefined ? [] : [paintedAt - stamp]
  })
  if (times.length < stamps.length * 0.98) throw new Error(`Only ${times.length} of ${stamps.length} tokens were seen.`)
  return times
}

/** The times between frames from now on, until `frameTimes` is asked. */
export async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames: number[] = []
    let isWatching = true
    let before: number | null = null
    const frame = (now: number) => {
      if (before !== null) frames.push(now - before)
      before = now
      if (isWatching) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    window.benchStamps = { tokens: [], frames, keys: [], stop: () => (isWatching = false) }
  })
}

/** What `watchFrames` saw. Milliseconds. */
export const frameTimes = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    window.benchStamps?.stop()
    return window.benchStamps?.frames ?? []
  })

/** The time from each key to the paint of what it typed, until `keyTimes` is asked. */
export async function watchKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const keys: number[] = []
    const waiting: number[] = []
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      const now = performance.now()
      for (const pressed of waiting.splice(0)) keys.push(now - pressed)
    })
    port1.start()
    let pressed = 0
    const onKey = (event: KeyboardEvent) => {
      pressed = event.timeStamp
    }
    const onInput = () => {
      const at = pressed
      requestAnimationFrame(() => {
        waiting.push(at)
        port2.postMessage(null)
      })
    }
    addEventListener('keydown', onKey, true)
    addEventListener('input', onInput, true)
    const stop = () => {
      removeEventListener('keydown', onKey, true)
      removeEventListener('input', onInput, true)
    }
    window.benchStamps = { tokens: [], frames: [], keys, stop }
  })
}

/** What `watchKeys` saw. Milliseconds. */
export const keyTimes = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    window.benchStamps?.stop()
    return window.benchStamps?.keys ?? []
  })
