import { setTimeout as sleep } from 'node:timers/promises'
import { richTokens } from '../browser/answers.ts'
import { chatNames, makeLongProfile } from '../browser/long-profile.ts'
import { frameTimes, watchFrames } from '../browser/paint-stamps.ts'
import { askInParley, bringForward, endedInParley, openStage, type Stage } from '../browser/stage.ts'
import { percentile, type Figure, type Measured } from '../harness.ts'

const slowness = 4
const perSecond = 200

type Opened = { stage: Stage; remove(): void }
let opened: Promise<Opened> | null = null

async function open(): Promise<Opened> {
  const { profile, remove } = makeLongProfile()
  return { stage: await openStage(profile), remove }
}

const late = (frames: readonly number[]) => frames.filter((ms) => ms > 34).length

/** Figure 3: frames of a processor four times slower, while a reply is written below 5,000 messages. */
export const framesFigure: Figure = {
  key: 'frames',
  repeats: 10,
  lines: [
    {
      number: '3',
      name: 'frames over 33 ms in 5 s at 200 tokens/s, 4× throttled, 5,000 messages above',
      floor: 'no reply',
      unit: '',
      target: { of: 'value', atMost: 0 },
    },
    {
      number: '3',
      name: 'frame time p95, 5,000 messages above',
      floor: 'an empty chat',
      unit: 'ms',
      target: { of: 'ratio', atMost: 1.05 },
    },
  ],
  async measure(): Promise<Measured[]> {
    const { stage } = await (opened ??= open())
    const { page, source } = stage
    await bringForward(page)
    const cdp = await page.context().newCDPSession(page)
    const frames = async (work: () => Promise<unknown>) => {
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowness })
      await sleep(300)
      await watchFrames(page)
      await work()
      const times = await frameTimes(page)
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
      return times
    }
    const reply = async (isNew: boolean) => {
      await askInParley(page, { isNew })
      await source.send(richTokens(0, 1), perSecond)
      const times = await frames(() => source.send(richTokens(1, 11), perSecond))
      await source.finish()
      await endedInParley(page)
      return times
    }
    const without = await reply(true)
    await page.getByRole('button', { name: chatNames.long }).first().click()
    await page.getByRole('heading', { level: 1, name: chatNames.long }).waitFor()
    await sleep(800)
    const idle = await frames(() => sleep(5_000))
    const under = await reply(false)
    await cdp.detach()
    return [
      { value: late(under), floor: late(idle) },
      { value: percentile(under, 0.95), floor: percentile(without, 0.95) },
    ]
  },
  async close() {
    const made = await opened
    await made?.stage.close()
    made?.remove()
    opened = null
  },
}
