import { useState } from 'react'
import type { SpendNotice } from '../../../../electron/contract/routes/budgets.ts'
import { useNotices } from '../../data/budgets.ts'
import { formatDay, formatMoment, formatMonthOf } from '../../text/dates.ts'
import { formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { Group } from '../../ui/field.tsx'

const shownAtFirst = 8

/** The day or the month of a window; empty where it is neither. */
function timeOf({ scope, window }: SpendNotice): string {
  if (window === null || (scope !== 'day' && scope !== 'month')) return ''
  return scope === 'day' ? formatDay(window) : formatMonthOf(window)
}

function noticeText(notice: SpendNotice): string {
  const { kind, nanoUsd, limitNanoUsd, scope, percent } = notice
  const amount = formatUsd(nanoUsd)
  if (kind === 'overrun' || limitNanoUsd === null || scope === null) return t.budgets.overrun(amount)
  const limit = formatUsd(limitNanoUsd)
  return kind === 'override'
    ? t.budgets.override(amount, limit, scope, timeOf(notice))
    : t.budgets.threshold(percent ?? 0, limit, scope, timeOf(notice))
}

/** Limits reached, turns let through, bills above what was held. */
export function NoticesGroup() {
  const notices = useNotices().data ?? []
  const [isWhole, setIsWhole] = useState(false)
  const shown = isWhole ? notices : notices.slice(0, shownAtFirst)
  return (
    <Group title={t.budgets.notices}>
      {notices.length === 0 ? (
        <p className="text-muted">{t.budgets.noNotices}</p>
      ) : (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {shown.map((notice) => (
            <li key={notice.seq} className="flex flex-wrap items-baseline justify-between gap-x-4 px-3 py-2">
              <span>{noticeText(notice)}</span>
              <span className="text-xs text-muted tabular-nums">{formatMoment(notice.at)}</span>
            </li>
          ))}
        </ul>
      )}
      {shown.length < notices.length ? (
        <Button look="quiet" className="mt-2 -ml-3" onClick={() => setIsWhole(true)}>
          {t.budgets.showAll(notices.length)}
        </Button>
      ) : null}
    </Group>
  )
}
