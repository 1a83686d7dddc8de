import { useQuery } from '@tanstack/react-query'
import type { Failure } from '../../../electron/contract/errors.ts'
import type { ConversationId } from '../../../electron/contract/ids.ts'
import type { InputOf } from '../../../electron/contract/registry.ts'
import type { SpendNotice } from '../../../electron/contract/routes/budgets.ts'
import { ask, onEvent } from '../ipc/call.ts'
import { keys } from './keys.ts'
import { queryClient } from './query-client.ts'

/** A turn that main did not begin because of a budget, and how it is tried again. */
export interface RefusedTurn {
  failure: Failure
  conversationId: ConversationId
  /** `isOverBudget`: once, beyond the budget. */
  again: (isOverBudget: boolean) => void
  /** Gives the keyboard to the text; `null`: there is none to shorten. */
  shorten: (() => void) | null
}

/** Whether a failure is a budget's refusal, which has ways out of its own. */
export const isBudgetRefusal = (failure: Failure): boolean => failure.code.startsWith('budget.')

/** The budgets in force. */
export const useBudgets = () =>
  useQuery({ queryKey: keys.budgets, queryFn: () => ask('budgets.list', { withEnded: false }) })

/** What the budgets that apply here have used, and the days they are counted by. */
export const useBudgetStatus = (conversationId: ConversationId | null) =>
  useQuery({
    queryKey: keys.budgetStatus(conversationId),
    queryFn: () => ask('budgets.status', { conversationId }),
    // The day may be another one by now.
    staleTime: 0,
  })

const outdated = () => queryClient.invalidateQueries({ queryKey: keys.budgets })

/** Sets, changes or (with `null`) ends a budget; throws a `CallError`. */
export async function setBudget(input: InputOf<'budgets.set'>) {
  await ask('budgets.set', input)
  await outdated()
}

/** Counts days and months in another zone, from the next day on; throws a `CallError`. */
export async function setBudgetZone(zone: string) {
  await ask('budgets.setZone', { zone })
  await outdated()
}

async function readNotices(): Promise<SpendNotice[]> {
  const notices: SpendNotice[] = []
  for (let page = await ask('budgets.notices', { afterSeq: 0 }); page.length > 0;) {
    notices.push(...page)
    if (page.length < 200) break
    page = await ask('budgets.notices', { afterSeq: page.at(-1)?.seq ?? 0 })
  }
  return notices.toReversed()
}

/** Limits passed, overrides and overruns, newest first. */
export const useNotices = () => useQuery({ queryKey: keys.notices, queryFn: readNotices })

/** Calls back when a budget reaches 50, 80 or 100 %; returns how to stop. */
export const onBudgetReached = (listener: (notice: SpendNotice) => void): (() => void) =>
  onEvent((event) => {
    if (event.name === 'budget.reached') listener(event.notice)
  })
