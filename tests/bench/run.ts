// npm run bench [-- OPTIONS]: measures the figures of the README. See --help.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { chromiumPath } from '../../scripts/chromium.mjs'
import { chatFigure } from './figures/open-chat.ts'
import { framesFigure } from './figures/frames.ts'
import { growthFigure, paintFigure, tokenCpuFigure } from './figures/streaming.ts'
import { hostileFigure } from './figures/hostile.ts'
import { keysFigure } from './figures/keys.ts'
import { longThreadFigure } from './figures/long-thread.ts'
import { loopDelayFigure, publishFigure } from './figures/publish.ts'
import { searchFigure } from './figures/search.ts'
import { searchPageFigure } from './figures/search-page.ts'
import { windowFigure } from './figures/window.ts'
import { runFigures, type Figure } from './harness.ts'
import { asTable, writeInto, type Report } from './table.ts'

const { values } = parseArgs({
  options: {
    repeats: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    large: { type: 'boolean', default: false },
    out: { type: 'string', default: 'test-results/bench.json' },
    readme: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const figures: Figure[] = [
  paintFigure,
  tokenCpuFigure,
  growthFigure,
  framesFigure,
  windowFigure,
  chatFigure,
  searchPageFigure,
  keysFigure,
  hostileFigure,
  publishFigure,
  loopDelayFigure,
  longThreadFigure,
  searchFigure(100_000, 20),
  ...(values.large ? [searchFigure(1_000_000, 50)] : []),
]

const help = `npm run bench [-- OPTIONS]

Measures every figure against a floor taken in the same run, prints a table and keeps it as JSON. It needs a build
(npm run build) and Chromium. Nothing else should run meanwhile: the load of the machine is noted with the results.

  --only NAME    only this figure; may be given several times: ${figures.map(({ key }) => key).join(', ')}
  --repeats N    instead of what each figure needs: 5, or 10 where its target is tight
  --large        also searches 1,000,000 messages: minutes, and 1.3 GB in the temporary folder
  --out FILE     where the JSON goes (test-results/bench.json)
  --readme       writes the table of that JSON into README.md, without measuring
  --help         this text`

if (values.help) console.log(help)
else if (values.readme) writeInto('README.md', JSON.parse(readFileSync(values.out, 'utf8')) as Report)
else await measure()

async function measure(): Promise<void> {
  const unknown = values.only.find((name) => figures.every(({ key }) => key !== name))
  if (unknown !== undefined) throw new Error(`There is no figure «${unknown}». See --help.`)
  const chosen = figures.filter(({ key }) => values.only.length === 0 || values.only.includes(key))
  const repeats = values.repeats === undefined ? null : Number(values.repeats)
  if (repeats !== null && !(Number.isInteger(repeats) && repeats > 0)) throw new Error('--repeats is a whole number.')
  const load = () => loadavg()[0] ?? 0
  const before = load()
  const results = await runFigures(chosen, repeats, (line) => process.stderr.write(`${line}\n`))
  const report: Report = {
    at: new Date().toISOString(),
    machine: {
      node: process.version,
      chromium: execFileSync(chromiumPath(), ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
        .trim()
        .split(' built')[0] as string,
      platform: process.platform,
      processors: cpus().map(({ model }) => model),
    },
    load: [before, load()],
    results,
  }
  mkdirSync(dirname(values.out), { recursive: true })
  writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`)
  console.log(asTable(results))
}
