/** What is measured together. One is added as a file in `figures/` and a line in `run.ts`. */
export interface Figure {
  /** How `--only` names it. */
  key: string
  lines: readonly Line[]
  /** Five, unless said. A ratio held to less than 1.3 needs ten. */
  repeats?: number
  /** How many measurements of the beginning are thrown away. */
  dropped?: number
  /** One measurement of every line in their order, floors included and taken in turn with them. */
  measure(): Promise<Measured[]> | Measured[]
  /** Frees what the first measurement prepared. */
  close?(): Promise<void> | void
}

/** One line of the table. */
export interface Line {
  /** As in the list of figures; `''`: beside it. */
  number: string
  name: string
  /** What the floor is. */
  floor: string
  unit: string
  target: Target
}

/** The most that meets the target: of the value, of value ÷ floor, or of value − floor. */
export interface Target {
  of: 'value' | 'ratio' | 'difference'
  atMost: number
}

export interface Measured {
  value: number
  /** What the same run gives at least; the ratio to it travels between machines, the value does not. `null`: there is none. */
  floor: number | null
  /** The same as time of the processor, which a busy machine does not stretch, where one thread does it all. Milliseconds. */
  cpuMs?: number
}

/** All repeats of one line. */
export interface Result extends Line {
  repeats: number
  median: number
  /** Least and most of all repeats. */
  spread: [number, number]
  floorMedian: number | null
  /** Median of value ÷ floor; `null` without a floor, or where it is zero. */
  ratio: number | null
  ratioSpread: [number, number] | null
  /** Median of value − floor. */
  difference: number | null
  cpuMs: number | null
  isMet: boolean
}

/** Measures one figure after the other, each with its floors in turn. `repeats`: `null` for what each figure needs. */
export async function runFigures(
  figures: readonly Figure[],
  repeats: number | null,
  say: (line: string) => void,
): Promise<Result[]> {
  const results: Result[] = []
  for (const figure of figures) {
    const count = repeats ?? figure.repeats ?? 5
    const dropped = figure.dropped ?? 0
    const rounds: Measured[][] = []
    try {
      for (let round = 1; round <= count + dropped; round++) {
        const measured = await figure.measure()
        say(`${figure.key} ${round}/${count + dropped}: ${measured.map(inWords).join(' · ')}`)
        if (round > dropped) rounds.push(measured)
      }
    } finally {
      await figure.close?.()
    }
    for (const [at, line] of figure.lines.entries())
      results.push(
        summarise(
          line,
          rounds.flatMap((round) => round[at] ?? []),
        ),
      )
  }
  return results
}

const inWords = ({ value, floor }: Measured) =>
  floor === null ? value.toFixed(2) : `${value.toFixed(2)} (${floor.toFixed(2)})`

function summarise(line: Line, measured: readonly Measured[]): Result {
  const values = measured.map(({ value }) => value)
  const floors = measured.flatMap(({ floor }) => (floor === null ? [] : [floor]))
  const ratios = measured.flatMap(({ value, floor }) => (floor === null || floor === 0 ? [] : [value / floor]))
  const differences = measured.flatMap(({ value, floor }) => (floor === null ? [] : [value - floor]))
  const cpu = measured.flatMap(({ cpuMs }) => (cpuMs === undefined ? [] : [cpuMs]))
  const result = {
    ...line,
    repeats: values.length,
    median: percentile(values, 0.5),
    spread: spreadOf(values),
    floorMedian: medianOrNull(floors),
    ratio: medianOrNull(ratios),
    ratioSpread: ratios.length === 0 ? null : spreadOf(ratios),
    difference: medianOrNull(differences),
    cpuMs: medianOrNull(cpu),
  }
  const judged = { value: result.median, ratio: result.ratio, difference: result.difference }[line.target.of]
  return { ...result, isMet: judged !== null && judged <= line.target.atMost }
}

const spreadOf = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)]
const medianOrNull = (values: readonly number[]) => (values.length === 0 ? null : percentile(values, 0.5))

/** The value below which this share of all values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
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
