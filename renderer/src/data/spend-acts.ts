import type { AttemptId } from '../../../electron/contract/ids.ts'
import type { InputOf } from '../../../electron/contract/registry.ts'
import { ask } from '../ipc/call.ts'
import { keys } from './keys.ts'
import { queryClient } from './query-client.ts'

/** Books an untraced request as costing nothing; throws a `CallError`. */
export async function writeOff(attemptId: AttemptId) {
  await ask('spend.writeOff', { attemptId })
  await queryClient.invalidateQueries({ queryKey: keys.spends })
}

/** Compares the balance with the books since a moment; free calls only. Throws a `CallError`. */
export const compareWithAccount = (since: number) => ask('spend.residual', { since })

/** The statement of a month as a file; throws a `CallError`. */
export const makeStatement = (input: InputOf<'spend.statement'>) => ask('spend.statement', input)

/** The whole ledger as a file, read piece by piece; throws a `CallError`. `onPiece` hears how many characters there are. */
export async function exportLedger(format: 'csv' | 'json', onPiece: (chars: number) => void) {
  const pieces: string[] = []
  let chars = 0
  let cursor: string | null = null
  for (;;) {
    const page: { text: string; cursor: string | null; fileName: string } = await ask('spend.export', {
      format,
      cursor,
    })
    pieces.push(page.text)
    chars += page.text.length
    onPiece(chars)
    cursor = page.cursor
    if (cursor === null) return { pieces, fileName: page.fileName }
  }
}

/** What a diagnosis would ask and cost at most; throws a `CallError`. */
export const planDiagnosis = () => ask('diagnose.plan', {})

/** Asks all of it; throws a `CallError`. */
export async function runDiagnosis(agreedNanoUsd: number) {
  try {
    return await ask('diagnose.run', { agreedNanoUsd })
  } finally {
    await queryClient.invalidateQueries({ queryKey: keys.spends })
  }
}
