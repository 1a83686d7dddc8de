import { Coins } from 'lucide-react'
import type { ConversationId } from '../../../../electron/contract/ids.ts'
import { useCourse, useDays, useMonths } from '../../data/spend-books.ts'
import { failureOf } from '../../data/use-act.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { FailureNotice } from '../../ui/notice.tsx'
import { ChatsPanel } from './chats-panel.tsx'
import { DailyPanel, YearPanel } from './day-panels.tsx'
import { MonthCards } from './month-cards.tsx'
import { PageBody } from './panel.tsx'

/** The month with its course, the days, the year, and the chats: everything at a glance. */
export function Overview({
  onDay,
  onOpenChat,
}: {
  onDay: (day: string) => void
  onOpenChat: (conversationId: ConversationId) => void
}) {
  const course = useCourse()
  const months = useMonths()
  const day = course.data?.day ?? null
  const today = useDays(day === null ? null : { from: day, to: day })
  const failed = course.error ?? months.error
  if (failed) {
    return (
      <PageBody>
        <FailureNotice {...describeFailure(failureOf(failed))} />
      </PageBody>
    )
  }
  if (!course.data || !months.data) return <p className="m-auto text-muted">{t.spend.loading}</p>
  if (months.data.length === 0) {
    return (
      <div className="m-auto max-w-sm p-6 text-center">
        <Coins aria-hidden="true" className="mx-auto size-8 text-muted" strokeWidth={1.5} />
        <h2 className="mt-3 text-base font-semibold">{t.spend.none}</h2>
        <p className="mt-1 text-muted">{t.spend.noneHint}</p>
      </div>
    )
  }
  const { month, day: now } = course.data
  const open = {
    unknownCount: months.data.reduce((sum, { cost }) => sum + cost.unknownCount, 0),
    reservedNanoUsd: months.data.reduce((sum, { cost }) => sum + cost.reservedNanoUsd, 0),
  }
  return (
    <PageBody>
      <MonthCards course={course.data} today={today.data?.[0] ?? null} open={open} />
      <DailyPanel key={month} month={month} today={now} onDay={onDay} />
      <YearPanel today={now} onDay={onDay} />
      <ChatsPanel month={month} today={now} onOpenChat={onOpenChat} />
    </PageBody>
  )
}
