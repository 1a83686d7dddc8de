import { readFileSync, writeFileSync } from 'node:fs'
import type { Result, Target } from './harness.ts'

/** What a run leaves behind, as JSON. */
export interface Report {
  at: string
  machine: { node: string; chromium: string; platform: string; processors: string[] }
  /** The load of the machine before the run and after it, one minute's average. */
  load: [number, number]
  results: Result[]
}

const number = (value: number) => (Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(1))
const amount = (value: number, unit: string) => `${number(value)}${unit === '' ? '' : ` ${unit}`}`

function targetText({ of, atMost }: Target, unit: string): string {
  if (of === 'ratio') return `≤ ${number(atMost)}×`
  return of === 'value' ? `≤ ${amount(atMost, unit)}` : `≤ floor + ${amount(atMost, unit)}`
}

/** The results as a Markdown table: the median, its spread, and what it is measured against. */
export function asTable(results: readonly Result[]): string {
  const rows = results.map((result) => {
    const { name, unit, median, spread, floor, floorMedian, ratio, target, isMet } = result
    return [
      result.number,
      name,
      `${amount(median, unit)} (${number(spread[0])}–${number(spread[1])})`,
      floorMedian === null ? '—' : `${floor}: ${amount(floorMedian, unit)}`,
      ratio === null ? '—' : `${number(ratio)}×`,
      targetText(target, unit),
      isMet ? 'met' : '**not met**',
    ].join(' | ')
  })
  return [
    '| # | figure | median (spread) | floor | ÷ floor | target | |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n')
}

const begin = '<!-- bench: written by npm run bench -- --readme -->'
const end = '<!-- /bench -->'

/** Puts the table of a report between the markers of a document. Throws when they are not there. */
export function writeInto(file: string, report: Report): void {
  const text = readFileSync(file, 'utf8')
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from === -1 || to < from) throw new Error(`${file} has no place for the table: ${begin} … ${end}`)
  const { machine, at, load } = report
  const words =
    `Measured on ${at.slice(0, 10)} with ${machine.processors.length} processors (${machine.processors[0] ?? 'unknown'}), ` +
    `Node ${machine.node.slice(1)}, ${machine.chromium}; load of the machine before and after ${load.map(number).join(' and ')}.`
  writeFileSync(file, `${text.slice(0, from)}${begin}\n\n${asTable(report.results)}\n\n${words}\n\n${text.slice(to)}`)
}
