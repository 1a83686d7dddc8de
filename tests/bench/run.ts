// npm run bench [-- --repeats N] [--large] [--out FILE]: measures the figures that need no window.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { threadFigures } from './figures/long-thread.ts'
import { loopDelayFigure, publishFigure } from './figures/publish.ts'
import { searchFigure } from './figures/search.ts'
import { asTable, runFigures } from './harness.ts'

const { values } = parseArgs({
  options: {
    repeats: { type: 'string', default: '5' },
    /** `--large` also fills a store with a million messages: minutes, and 1.3 GB in the temporary folder. */
    large: { type: 'boolean', default: false },
    out: { type: 'string', default: 'test-results/bench.json' },
  },
})
const figures = [
  loopDelayFigure,
  publishFigure,
  ...threadFigures,
  searchFigure(100_000, 20),
  ...(values.large ? [searchFigure(1_000_000, 50)] : []),
]
const results = await runFigures(figures, Number(values.repeats), (line) => process.stderr.write(`${line}\n`))
mkdirSync(dirname(values.out), { recursive: true })
const machine = { node: process.version, platform: process.platform, processors: cpus().map(({ model }) => model) }
writeFileSync(values.out, `${JSON.stringify({ at: new Date().toISOString(), machine, results }, null, 2)}\n`)
console.log(asTable(results))
