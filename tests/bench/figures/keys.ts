import { richTokens } from '../browser/answers.ts'
import { keyTimes, watchKeys } from '../browser/paint-stamps.ts'
import { askInParley, bringForward, endedInParley, openStage, type Stage } from '../browser/stage.ts'
import { percentile, type Figure, type Measured } from '../harness.ts'

let opened: Promise<Stage> | null = null
const typed = 'the words that somebody writes meanwhile, as people do'

/** Figure 9: a key in the composer while a reply is written, and while none is. */
export const keysFigure: Figure = {
  key: 'keys',
  repeats: 10,
  lines: [
    {
      number: '9',
      name: 'key → paint in the composer, p95, while a reply is written',
      floor: 'no reply',
      unit: 'ms',
      target: { of: 'ratio', atMost: 1.2 },
    },
  ],
  async measure(): Promise<Measured[]> {
    const { page, source } = await (opened ??= openStage())
    await bringForward(page)
    const message = page.getByRole('textbox', { name: 'Message' })
    const type = async () => {
      await message.fill('')
      await message.focus()
      await watchKeys(page)
      // A pace that is no multiple of a frame, so that keys fall on all parts of it.
      await page.keyboard.type(typed, { delay: 87 })
      return percentile(await keyTimes(page), 0.95)
    }
    const floor = await type()
    await askInParley(page)
    await source.send(richTokens(0, 5), 2_000)
    const [value] = await Promise.all([type(), source.send(richTokens(5, 16), 200)])
    await source.finish()
    await endedInParley(page)
    return [{ value, floor }]
  },
  async close() {
    await (await opened)?.close()
    opened = null
  },
}
