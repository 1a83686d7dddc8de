import { X } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import type { SpendNotice } from '../../../../electron/contract/routes/budgets.ts'
import { onBudgetReached } from '../../data/budgets.ts'
import { formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { showToast } from '../../ui/toasts.tsx'

const textOf = ({ percent, nanoUsd, limitNanoUsd, scope }: SpendNotice) =>
  scope === null ? '' : t.budgets.reached(percent ?? 0, formatUsd(nanoUsd), formatUsd(limitNanoUsd ?? 0), scope)

/** Says once that a budget is half used or nearly used up; one that is used up is said at the top until it is dismissed. */
export function BudgetWarnings({ onBudgets }: { onBudgets: () => void }) {
  const [full, setFull] = useState<SpendNotice | null>(null)
  const tell = useEffectEvent((notice: SpendNotice) => {
    if ((notice.percent ?? 0) >= 100) setFull(notice)
    else showToast(textOf(notice), { label: t.budgets.open, run: onBudgets })
  })
  useEffect(() => onBudgetReached((notice) => tell(notice)), [])
  if (!full) return null
  return (
    <section aria-label={t.budgets.banners}>
      <div role="status" className="flex items-center gap-3 bg-warn-fill px-5 py-1.5 text-sm text-warn">
        <p className="min-w-0 flex-1">{textOf(full)}</p>
        <Button
          onClick={() => {
            setFull(null)
            onBudgets()
          }}
        >
          {t.budgets.open}
        </Button>
        <IconButton
          icon={X}
          label={t.budgets.dismiss}
          className="text-warn hover:text-warn"
          onClick={() => setFull(null)}
        />
      </div>
    </section>
  )
}
