import { numberedTokens, richTokens } from '../browser/answers.ts'
import { tokenTimes, watchTokens } from '../browser/paint-stamps.ts'
import { askInParley, bringForward, endedInParley, mainThreadOf, openStage, type Stage } from '../browser/stage.ts'
import { percentile, type Figure, type Measured } from '../harness.ts'

const perSecond = 200
/** As fast as it can arrive in pieces that are still drawn one by one. */
const burstPerSecond = 5_000
const frameMs = 1_000 / 60

let opened: Promise<Stage> | null = null
const stage = () => (opened ??= openStage())
const close = async () => {
  await (await opened)?.close()
  opened = null
}

/** One reply in one of the two pages. */
async function inPage<Value>(which: 'parley' | 'plain', work: () => Promise<Value>): Promise<Value> {
  const { page, plain, source } = await stage()
  await bringForward(which === 'parley' ? page : plain.page)
  if (which === 'parley') await askInParley(page)
  else await plain.ask()
  const value = await work()
  await source.finish()
  await (which === 'parley' ? endedInParley(page) : plain.ended())
  return value
}

const tokensBefore = 2_000
const tokensWatched = 500

async function paints(which: 'parley' | 'plain'): Promise<{ firstMs: number; p95Ms: number }> {
  const { page, plain, source } = await stage()
  const watched = which === 'parley' ? page : plain.page
  const selector = which === 'parley' ? '[role=log]' : 'main'
  return inPage(which, async () => {
    await watchTokens(watched, selector)
    const first = await source.send(numberedTokens(1, 2), perSecond)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const [firstMs = Number.NaN] = await tokenTimes(watched, 1, first)
    await source.send(numberedTokens(2, tokensBefore), burstPerSecond)
    await watchTokens(watched, selector)
    const stamps = await source.send(numberedTokens(tokensBefore, tokensBefore + tokensWatched), perSecond)
    await new Promise((resolve) => setTimeout(resolve, 500))
    return { firstMs, p95Ms: percentile(await tokenTimes(watched, tokensBefore, stamps), 0.95) }
  })
}

/** Figure 1: from the token server's stamp to the paint, where 40 to 50 KB are there already; and the first token. */
export const paintFigure: Figure = {
  key: 'paint',
  repeats: 10,
  lines: [
    {
      number: '1',
      name: 'token → paint, p95, 40–50 KB into an answer',
      floor: 'a page with one text node, same run',
      unit: 'ms',
      target: { of: 'ratio', atMost: 1.1 },
    },
    {
      number: '1',
      name: 'first token → paint, beyond a raw socket',
      floor: 'raw socket',
      unit: 'ms',
      target: { of: 'difference', atMost: 1.25 * frameMs },
    },
  ],
  async measure(): Promise<Measured[]> {
    const { source } = await stage()
    const raw = await source.rawFirstTokenMs()
    const floor = await paints('plain')
    const parley = await paints('parley')
    return [
      { value: parley.p95Ms, floor: floor.p95Ms },
      { value: parley.firstMs, floor: raw },
    ]
  },
  close,
}

/** Figure 2: what one token of a 50 KB answer costs the main thread, everything drawn. */
export const tokenCpuFigure: Figure = {
  key: 'cpu',
  lines: [
    {
      number: '2',
      name: 'main-thread CPU per token, 50 KB, highlighting and formulas on',
      floor: 'one text node',
      unit: 'ms',
      target: { of: 'ratio', atMost: 2 },
    },
  ],
  async measure(): Promise<Measured[]> {
    const { page, plain, source } = await stage()
    const tokens = richTokens(0, 25)
    const cost = async (which: 'parley' | 'plain') => {
      const thread = await mainThreadOf(which === 'parley' ? page : plain.page)
      return inPage(which, async () => (await thread.during(() => source.send(tokens, perSecond))) / tokens.length)
    }
    const floor = await cost('plain')
    return [{ value: await cost('parley'), floor }]
  },
  close,
}

/** Figure 2b: the same near 200 KB against near 10 KB, of one reply. */
export const growthFigure: Figure = {
  key: 'growth',
  repeats: 10,
  lines: [
    {
      number: '2b',
      name: 'the same at 190–200 KB',
      floor: 'at 4–14 KB',
      unit: 'ms',
      target: { of: 'ratio', atMost: 1.2 },
    },
  ],
  async measure(): Promise<Measured[]> {
    const { page, source } = await stage()
    const thread = await mainThreadOf(page)
    const cost = async (from: number, to: number) => {
      const tokens = richTokens(from, to)
      return (await thread.during(() => source.send(tokens, perSecond))) / tokens.length
    }
    return inPage('parley', async () => {
      await source.send(richTokens(0, 2), perSecond)
      const floor = await cost(2, 7)
      await source.send(richTokens(7, 94), burstPerSecond)
      return [{ value: await cost(94, 99), floor }]
    })
  },
  close,
}
