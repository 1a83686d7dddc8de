import type { ParleyEvent } from '../../contract/events.ts'
import type { HandlersFor } from '../../contract/registry.ts'
import type { residualRoutes, Residual } from '../../contract/routes/residual.ts'
import type { spendRoutes } from '../../contract/routes/spend.ts'
import { monthStart } from '../core/month.ts'
import type { Reconciliation } from '../spend/reconciliation.ts'
import type { StatementWords } from '../../contract/strings/en-statement.ts'
import { makeStatement } from '../spend/statement.ts'
import type { Store } from '../store/host.ts'

interface SpendDeps {
  read: () => Store['read']
  write: () => Store['write']
  reconciliation: () => Reconciliation
  /** Compares account and books. Fails like any request. */
  residual: (since: number) => Promise<Residual>
  statementWords: () => StatementWords
  publish: (event: ParleyEvent) => void
  now: () => number
}

type SpendHandlers = HandlersFor<keyof typeof spendRoutes | keyof typeof residualRoutes>

/** Handlers of `spend.*`. */
export function createSpendHandlers({ read, write, publish, now, ...deps }: SpendDeps): SpendHandlers {
  return {
    'spend.summary': async ({ conversationId }) => {
      const { month: name } = await read().spendWindow({ at: now() })
      const [conversation, month] = await Promise.all([
        conversationId === null ? null : read().conversationCost({ conversationId }),
        read().periodCost({ from: `${name}-01`, to: `${name}-31` }),
      ])
      return { conversation, month, monthStart: monthStart(name) }
    },
    'spend.reconcile': () => deps.reconciliation().run(),
    'spend.ledger': (input) => read().ledgerPage(input),
    'spend.attempt': (input) => read().attemptAccount(input),
    'spend.export': (input) => read().exportLedger(input),
    'spend.days': (input) => read().spendByDay(input),
    'spend.months': () => read().spendByMonth(),
    'spend.conversations': (input) => read().spendByConversation(input),
    'spend.course': () => read().monthCourse({ at: now() }),
    'spend.statement': async ({ month, format, withProvider }) => {
      const [year = 0, number = 1] = month.split('-').map(Number)
      const residual = withProvider ? await deps.residual(Date.UTC(year, number - 1, 1)) : null
      return makeStatement(read(), { month, format, residual, words: deps.statementWords(), at: now() })
    },
    'spend.residual': ({ since }) => {
      write()
      return deps.residual(since)
    },
    'spend.untraced': () => read().untracedAttempts(),
    'spend.writeOff': async ({ attemptId }) => {
      await write().writeOff({ attemptId, at: now() })
      publish({ name: 'conversations.changed' })
      publish({ name: 'spend.changed' })
      return null
    },
  }
}
