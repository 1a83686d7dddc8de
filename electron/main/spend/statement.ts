import type { Residual } from '../../contract/routes/residual.ts'
import type { TextPage } from '../../contract/routes/spend.ts'
import type { StatementWords } from '../../contract/strings/en-statement.ts'
import { statementHtml, statementRows } from '../core/statement.ts'
import type { Store } from '../store/host.ts'
import { csvLine } from '../store/ledger-export.ts'

/** Conversations listed by name; the others are summed in one line, so that a statement stays below 1 MiB. */
const listed = 1_000

/** The statement of a month such as `2026-03` as one file. `residual`: the comparison with the account, where one was made. */
export async function makeStatement(
  read: Store['read'],
  input: { month: string; format: 'html' | 'csv'; residual: Residual | null; words: StatementWords; at: number },
): Promise<TextPage> {
  const { month, format, residual, words, at } = input
  const range = { from: `${month}-01`, to: `${month}-31` }
  const [total, days, all, { zone }] = await Promise.all([
    read.periodCost(range),
    read.spendByDay(range),
    read.spendByConversation({ ...range, offset: 0, limit: 1_000_000 }),
    read.spendWindow({ at }),
  ])
  const conversations = all.slice(0, listed)
  const others = all.slice(listed)
  const rest = { count: others.length, nanoUsd: others.reduce((sum, { cost }) => sum + cost.nanoUsd, 0) }
  const content = { month, zone, madeAt: at, total, days, conversations, rest, residual, words }
  const text =
    format === 'html'
      ? statementHtml(content)
      : statementRows(content)
          .map((values) => `${csvLine(values)}\n`)
          .join('')
  return { text, cursor: null, fileName: `parley-${month}.${format}` }
}
