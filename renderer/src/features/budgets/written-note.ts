import type { WrittenAmount } from '../../text/dollars.ts'
import { formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'

/** As in the contract: a million dollars. */
export const mostNanoUsd = 1_000_000_000_000_000

/** What a field for a limit says about what was written into it. */
export function writtenNote(written: WrittenAmount): string {
  if (written.kind === 'empty') return ''
  if (written.kind === 'refused') return t.budgets.refused[written.why]
  return written.nanoUsd === 0 ? t.budgets.zero : t.budgets.reads(formatUsd(written.nanoUsd, { digits: 9 }))
}
