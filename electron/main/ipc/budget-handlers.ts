import type { ParleyEvent } from '../../contract/events.ts'
import type { ConversationId } from '../../contract/ids.ts'
import type { HandlersFor } from '../../contract/registry.ts'
import type { budgetRoutes, BudgetStatus } from '../../contract/routes/budgets.ts'
import type { Store } from '../store/host.ts'

interface BudgetDeps {
  read: () => Store['read']
  write: () => Store['write']
  publish: (event: ParleyEvent) => void
  now: () => number
}

/** Handlers of `budgets.*`. */
export function createBudgetHandlers({
  read,
  write,
  publish,
  now,
}: BudgetDeps): HandlersFor<keyof typeof budgetRoutes> {
  const status = async (conversationId: ConversationId | null): Promise<BudgetStatus> => {
    const { isClockBehind, day, month, zone, nextZone } = await read().spendWindow({ at: now() })
    const uses = await read().budgetUses({ conversationId, turnId: null, day })
    const budgets = uses
      .map((use) => ({ ...use, leftNanoUsd: Math.max(0, use.limitNanoUsd - use.usedNanoUsd) }))
      .toSorted((a, b) => a.leftNanoUsd - b.leftNanoUsd)
    return { budgets, leftNanoUsd: budgets[0]?.leftNanoUsd ?? null, day, month, zone, nextZone, isClockBehind }
  }
  return {
    'budgets.list': (input) => read().listBudgets(input),
    'budgets.set': async (input) => {
      const conversationId = input.scope === 'conversation' ? input.conversationId : null
      const budgets = await write().setBudget({ ...input, conversationId, at: now() })
      publish({ name: 'budgets.changed' })
      return budgets
    },
    'budgets.status': ({ conversationId }) => status(conversationId),
    'budgets.setZone': async ({ zone }) => {
      await write().setZone({ zone, at: now() })
      publish({ name: 'budgets.changed' })
      return status(null)
    },
    'budgets.notices': ({ afterSeq }) => read().listNotices({ afterSeq, limit: 200 }),
  }
}
