import type { BudgetScope } from '../../../../electron/contract/budget.ts'
import type { ConversationId } from '../../../../electron/contract/ids.ts'
import { setBudget, useBudgets, useBudgetStatus } from '../../data/budgets.ts'
import { useAct } from '../../data/use-act.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Group } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { BudgetRow } from './budget-row.tsx'
import { NoticesGroup } from './notices-group.tsx'
import { ZoneGroup } from './zone-group.tsx'

interface Line {
  key: string
  scope: BudgetScope
  conversationId: ConversationId | null
  name: string
  hint: string
}

/** Every limit on what is spent, what is used of it, and what happened. `chat` is the one that is open. */
export function BudgetPage({
  chat,
  isReadOnly,
}: {
  chat: { id: ConversationId; title: string } | null
  isReadOnly: boolean
}) {
  const list = useBudgets()
  const status = useBudgetStatus(chat?.id ?? null)
  const act = useAct()
  const words = t.budgets
  const budgets = list.data
  const now = status.data
  if (!budgets || !now) return list.isError || status.isError ? <p role="alert">{words.loadFailed}</p> : null
  const lines: Line[] = [
    { scope: 'month', conversationId: null, name: words.scopes.month, hint: words.scopeHints.month, key: 'month' },
    { scope: 'day', conversationId: null, name: words.scopes.day, hint: words.scopeHints.day, key: 'day' },
    { scope: 'conversation', conversationId: null, name: words.scopes.chat, hint: words.scopeHints.chat, key: 'chat' },
    ...(chat
      ? [
          {
            scope: 'conversation' as const,
            conversationId: chat.id,
            name: words.scopes.own(chat.title),
            hint: words.scopeHints.own,
            key: chat.id,
          },
        ]
      : []),
    { scope: 'message', conversationId: null, name: words.scopes.message, hint: words.scopeHints.message, key: 'one' },
  ]
  return (
    <>
      <Group title={words.title} hint={words.hint}>
        <ul className="divide-y divide-line">
          {lines.map(({ key, scope, conversationId, name, hint }) => {
            const budget = budgets.find((each) => each.scope === scope && each.conversationId === conversationId)
            // Each message begins at nothing, and what other chats have used is not of this one.
            const used = scope === 'message' ? undefined : now.budgets.find(({ budgetId }) => budgetId === budget?.id)
            return (
              <BudgetRow
                key={key}
                name={name}
                hint={hint}
                limitNanoUsd={budget?.limitNanoUsd ?? null}
                usedNanoUsd={used?.usedNanoUsd ?? null}
                isReadOnly={isReadOnly}
                act={act}
                onSet={(limitNanoUsd) => setBudget({ scope, conversationId, limitNanoUsd })}
              />
            )
          })}
        </ul>
        {act.failure ? <FailureNotice {...describeFailure(act.failure)} /> : null}
      </Group>
      <ZoneGroup status={now} isReadOnly={isReadOnly} />
      <NoticesGroup />
    </>
  )
}
