import type { Locator } from '@playwright/test'

/** Messages on the shown branch. Only those near the view are in the page, and each says how many there are. */
export async function branchLength(log: Locator): Promise<number> {
  await log.waitFor()
  // In one look: rows come and go while a thread is exchanged for another. None at all is an answer of an empty one only.
  const looked = await log.evaluateHandle(
    (element) =>
      new Promise<number>((resolve) => {
        const until = performance.now() + 5_000
        const look = () => {
          const rows = element.querySelectorAll('[role="article"], article')
          const isEmpty = element.querySelector('h2') !== null
          if (rows.length > 0) resolve(Number([...rows].at(-1)?.getAttribute('aria-setsize') ?? 0))
          else if (isEmpty || !element.isConnected || performance.now() > until) resolve(0)
          else setTimeout(look, 50)
        }
        look()
      }),
  )
  return looked.jsonValue()
}

/** Goes from the end of a thread to its beginning, a view at a time, and calls `check` at every stop. */
export async function walkUp(log: Locator, check: () => Promise<void>): Promise<void> {
  for (let step = 0; step < 400; step++) {
    await check()
    const isAtTop = await log.evaluate((element) => {
      const scroller = [element, ...element.querySelectorAll('*')].find(
        (each) => each.scrollHeight > each.clientHeight + 4,
      )
      const before = scroller?.scrollTop ?? 0
      scroller?.scrollBy(0, -0.9 * (scroller.clientHeight || 0))
      return before <= 0
    })
    if (isAtTop) return
  }
}
