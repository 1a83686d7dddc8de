import type { ParleyEvent } from '../../contract/events.ts'
import type { SpendNotice } from '../../contract/routes/budgets.ts'
import type { Logger } from '../log/logger.ts'
import type { Store } from '../store/host.ts'

/** Says when a budget reaches 50, 80 or 100 %. */
export interface BudgetWatch {
  /** Looks for new notices in the books and says them, the highest of each budget. Never rejects. */
  look(): Promise<void>
}

/** Begins at the newest notice there is: what was reached before has been said. */
export async function openBudgetWatch(deps: {
  store: Pick<Store, 'read'>
  publish: (event: ParleyEvent) => void
  log: Pick<Logger, 'warn'>
}): Promise<BudgetWatch> {
  const { store, publish, log } = deps
  let seen = await store.read.lastNotice()
  let looking = Promise.resolve()

  const look = async () => {
    try {
      const notices = await store.read.listNotices({ afterSeq: seen, limit: 200 })
      seen = notices.at(-1)?.seq ?? seen
      const highest = new Map<string, SpendNotice>()
      for (const notice of notices) {
        if (notice.kind === 'threshold') highest.set(`${notice.budgetId} ${notice.window}`, notice)
      }
      for (const notice of highest.values()) publish({ name: 'budget.reached', notice })
    } catch (error) {
      log.warn('notices of budgets could not be read', { error })
    }
  }
  return { look: () => (looking = looking.then(look)) }
}
