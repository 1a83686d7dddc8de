/** One published figure. Others are added as a file in `figures/` and a line in `run.ts`. */
export interface Figure {
  /** As in the table, with its number where it has one. */
  name: string
  unit: string
  /** The most a result may be to meet its target. */
  target: number
  /** One measurement of everything, floor included; called once per repeat, interleaved with the other figures. */
  measure(): Promise<Measured> | Measured
  /** Frees what the first measurement prepared. */
  close?(): Promise<void> | void
}

export interface Measured {
  value: number
  /** What the same run gives at least; the ratio to it travels between machines, the value does not. `null`: there is none. */
  floor: number | null
  /** The same as time of the processor, which a busy machine does not stretch, where one thread does it all. Milliseconds. */
  cpuMs?: number
}

export interface Result {
  name: string
  unit: string
  target: number
  median: number
  /** Least and most of all repeats. */
  spread: [number, number]
  /** Median of value ÷ floor; `null` without a floor. */
  ratio: number | null
  /** Median; `null` where it is not measured. */
  cpuMs: number | null
  isMet: boolean
}

/** Runs every figure `repeats` times, one after the other in each round, so that a busy moment does not hit one of them only. */
export async function runFigures(figures: Figure[], repeats: number, say: (line: string) => void): Promise<Result[]> {
  const measured = new Map<Figure, Measured[]>(figures.map((figure) => [figure, []]))
  try {
    for (let repeat = 1; repeat <= repeats; repeat++) {
      for (const [figure, values] of measured) {
        say(`${repeat}/${repeats} ${figure.name}`)
        values.push(await figure.measure())
      }
    }
  } finally {
    for (const figure of figures) await figure.close?.()
  }
  return [...measured].map(([figure, values]) => summarise(figure, values))
}

function summarise({ name, unit, target }: Figure, measured: Measured[]): Result {
  const values = measured.map(({ value }) => value)
  const ratios = measured.flatMap(({ value, floor }) => (floor === null ? [] : [value / floor]))
  const cpu = measured.flatMap(({ cpuMs }) => (cpuMs === undefined ? [] : [cpuMs]))
  const median = percentile(values, 0.5)
  return {
    name,
    unit,
    target,
    median,
    spread: [Math.min(...values), Math.max(...values)],
    ratio: ratios.length === 0 ? null : percentile(ratios, 0.5),
    cpuMs: cpu.length === 0 ? null : percentile(cpu, 0.5),
    isMet: median <= target,
  }
}

/** The value below which this share of all values lies. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** The results as a Markdown table. */
export function asTable(results: Result[]): string {
  const number = (value: number) => value.toFixed(value < 10 ? 2 : 1)
  const rows = results.map(({ name, unit, median, spread, ratio, cpuMs, target, isMet }) =>
    [
      name,
      `${number(median)} ${unit}`,
      `${number(spread[0])}–${number(spread[1])}`,
      ratio === null ? '—' : `${number(ratio)}×`,
      cpuMs === null ? '—' : `${number(cpuMs)} ms`,
      `≤ ${number(target)} ${unit}`,
      isMet ? 'met' : 'not met',
    ].join(' | '),
  )
  return [
    '| figure | median | spread | ÷ floor | CPU | target | |',
    '|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n')
}

/** What a synchronous body takes: on the clock, and of the processor. Milliseconds. */
export function timed(body: () => unknown): { wallMs: number; cpuMs: number } {
  const before = process.threadCpuUsage()
  const startedAt = performance.now()
  body()
  const wallMs = performance.now() - startedAt
  const { user, system } = process.threadCpuUsage(before)
  return { wallMs, cpuMs: (user + system) / 1_000 }
}
