import type { Cost, NanoUsd } from '../../contract/money.ts'
import type { Residual } from '../../contract/routes/residual.ts'
import type { ConversationSpend, DaySpend } from '../../contract/routes/spend.ts'
import type { StatementWords } from '../../contract/strings/en-statement.ts'

/** What a statement of a month is made of. */
export interface StatementInput {
  month: string
  zone: string
  /** Milliseconds since 1970. */
  madeAt: number
  total: Cost
  days: DaySpend[]
  conversations: ConversationSpend[]
  /** Conversations left out of the list, and what they cost. */
  rest: { count: number; nanoUsd: NanoUsd }
  /** The comparison with the provider's account; `null`: it was not made. */
  residual: Residual | null
  words: StatementWords
}

/** Dollars with nine decimals, exact: `12.345000500`. */
export function exactUsd(nanoUsd: NanoUsd): string {
  const digits = Math.abs(nanoUsd).toString().padStart(10, '0')
  return `${nanoUsd < 0 ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`
}

/** Text as HTML: nothing in it can be markup. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replaceAll(/[&<>"']/g, (each) => names[each] ?? '')
}

const row = (cells: (string | number)[], tag = 'td') =>
  `<tr>${cells.map((cell, place) => `<${tag}${place > 0 ? ' class="n"' : ''}>${escapeHtml(String(cell))}</${tag}>`).join('')}</tr>`

const table = (caption: string, head: string[], rows: (string | number)[][]) =>
  `<table><caption>${escapeHtml(caption)}</caption><thead>${row(head, 'th')}</thead><tbody>${rows
    .map((cells) => row(cells))
    .join('\n')}</tbody></table>`

const costCells = ({ nanoUsd, computedNanoUsd, unknownCount, reservedNanoUsd }: Cost) => [
  exactUsd(nanoUsd),
  exactUsd(computedNanoUsd),
  unknownCount,
  exactUsd(reservedNanoUsd),
]

/** The statement for print: one HTML document without scripts, links or images; every text in it is escaped. */
export function statementHtml(input: StatementInput): string {
  const { words, month, total, days, conversations, rest } = input
  const title = words.title(month)
  const head = (first: string) => [first, ...words.amounts]
  const named = conversations.map(({ title: name, cost }) => [name || words.untitled, ...costCells(cost)])
  const others = rest.count === 0 ? [] : [[words.others(rest.count), exactUsd(rest.nanoUsd), '', '', '']]
  return `<!doctype html>
<html lang="${words.locale}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>body{font:11pt/1.4 sans-serif;margin:2cm}table{border-collapse:collapse;width:100%;margin:1em 0}caption{text-align:left;font-weight:bold}th,td{border-bottom:1px solid #999;padding:2px 6px;text-align:left}.n{text-align:right;font-variant-numeric:tabular-nums}tr{break-inside:avoid}</style></head><body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(words.made(new Date(input.madeAt).toISOString(), input.zone))}</p>
${table(words.total, head(''), [[month, ...costCells(total)]])}
${table(
  words.days,
  head(words.day),
  days.map(({ day, cost }) => [day, ...costCells(cost)]),
)}
${table(words.conversations, head(words.conversation), [...named, ...others])}
${table(words.provider, ['', words.usd], residualRows(input))}
<p>${escapeHtml(words.note)}</p>
</body></html>
`
}

/** The same as rows of values for a CSV: kind, name, settled, computed, unknown, held. */
export function statementRows(input: StatementInput): (string | number | null)[][] {
  const { words, month, total, days, conversations, rest } = input
  return [
    ['kind', 'name', ...words.columns],
    ['month', month, ...costCells(total)],
    ...days.map(({ day, cost }) => ['day', day, ...costCells(cost)]),
    ...conversations.map(({ title, cost }) => ['conversation', title || words.untitled, ...costCells(cost)]),
    ...(rest.count === 0 ? [] : [['conversation', words.others(rest.count), exactUsd(rest.nanoUsd), null, null, null]]),
    ...residualRows(input).map(([name = '', value = '']) => ['provider', name, value, null, null, null]),
  ]
}

function residualRows({ residual, words }: StatementInput): string[][] {
  if (residual === null) return [[words.notCompared, '']]
  if (residual.kind === 'open') return [[words.open(residual.openCount), '']]
  if (residual.kind === 'first') return [[words.first, exactUsd(residual.balanceNanoUsd)]]
  return [
    [words.since(new Date(residual.since).toISOString()), exactUsd(residual.fellNanoUsd)],
    [words.thisApp, exactUsd(residual.thisAppNanoUsd)],
    [words.elsewhere, exactUsd(residual.elsewhereNanoUsd)],
    [words.notReported, exactUsd(residual.notReportedNanoUsd)],
  ]
}
