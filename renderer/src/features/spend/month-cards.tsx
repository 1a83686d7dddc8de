import type { ReactNode } from 'react'
import type { Cost } from '../../../../electron/contract/money.ts'
import type { MonthCourse, DaySpend } from '../../../../electron/contract/routes/spend.ts'
import { spendAddress } from '../../data/spend-place.ts'
import { formatMonthYear } from '../../text/days.ts'
import { formatBound, formatExact, formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Hint } from '../../ui/tooltip.tsx'
import { exactParts, isUnknown, noCost } from './cost-words.ts'

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="min-w-0 rounded-lg border border-line px-5 py-4 max-[760px]:px-4">
      <h2 className="text-xs font-medium text-muted">{title}</h2>
      {children}
    </section>
  )
}

/** An amount as the page says it, exact on hover and focus. */
function Amount({ cost }: { cost: Cost }) {
  const exact = exactParts(cost) ?? t.spend.exact(formatExact(0))
  return (
    <Hint text={exact}>
      <p aria-description={exact} className="mt-1 w-fit text-xl font-semibold tracking-tight tabular-nums">
        {isUnknown(cost) ? t.money.unknownShort : formatUsd(cost.nanoUsd)}
      </p>
    </Hint>
  )
}

const share = (part: number, whole: number) => `${Math.min(100, whole <= 0 ? 100 : (part / whole) * 100)}%`

/** How much of the month's limit is used and held, and where the pace leads. */
function LimitMeter({ course, limitNanoUsd }: { course: MonthCourse; limitNanoUsd: number }) {
  const { cost, expectedNanoUsd } = course
  const used = cost.nanoUsd + cost.reservedNanoUsd
  return (
    <div
      role="meter"
      aria-label={t.spend.meter}
      aria-valuemin={0}
      aria-valuemax={limitNanoUsd}
      aria-valuenow={Math.min(used, limitNanoUsd)}
      aria-valuetext={t.spend.meterText(
        formatUsd(cost.nanoUsd),
        formatBound(cost.reservedNanoUsd),
        formatUsd(limitNanoUsd),
      )}
      className="relative mt-3 h-2 rounded-full bg-fill-strong"
    >
      <span
        className="absolute inset-y-0 left-0 rounded-full bg-warn/45"
        style={{ width: share(used, limitNanoUsd) }}
      />
      <span
        className={`absolute inset-y-0 left-0 rounded-full ${used > limitNanoUsd ? 'bg-danger' : 'bg-accent'}`}
        style={{ width: share(cost.nanoUsd, limitNanoUsd) }}
      />
      <span
        className="absolute -inset-y-1 w-0.5 -translate-x-1/2 rounded-full bg-ink"
        style={{ left: share(expectedNanoUsd, limitNanoUsd) }}
      />
    </div>
  )
}

function courseText({ cost, expectedNanoUsd, limitNanoUsd, isOnCourse }: MonthCourse): string {
  const words = t.spend
  const expected = formatBound(expectedNanoUsd)
  if (limitNanoUsd === null) return cost.nanoUsd + cost.reservedNanoUsd === 0 ? words.noCourse : words.course(expected)
  const limit = formatUsd(limitNanoUsd)
  return isOnCourse ? words.courseOf(expected, limit) : words.overCourse(expected, limit)
}

/** Month to date and its course, today, and what is not yet billed. */
export function MonthCards({
  course,
  today,
  open,
}: {
  course: MonthCourse
  today: DaySpend | null
  /** Over all time. */
  open: { unknownCount: number; reservedNanoUsd: number }
}) {
  const words = t.spend
  const { cost } = course
  const more = [
    cost.computedNanoUsd > 0 ? words.ofItComputed(formatUsd(cost.computedNanoUsd)) : null,
    cost.unknownCount > 0 ? words.unknownAmount(cost.unknownCount) : null,
    cost.reservedNanoUsd > 0 ? words.heldAmount(formatBound(cost.reservedNanoUsd)) : null,
  ].filter((part) => part !== null)
  const todayParts = today === null ? null : exactParts(today.cost)
  const isOpen = open.unknownCount > 0 || open.reservedNanoUsd > 0
  return (
    <div className="grid grid-cols-[2fr_1fr_1fr] gap-4 max-[1080px]:grid-cols-2 max-[1080px]:*:first:col-span-2">
      <Card title={words.soFar(formatMonthYear(course.month))}>
        <Amount cost={cost} />
        <p className={`mt-0.5 ${course.isOnCourse ? 'text-muted' : 'font-medium text-danger'}`}>
          {courseText(course)}
          {course.limitNanoUsd === null ? ` · ${words.noLimit}` : ''}
        </p>
        {course.limitNanoUsd === null ? null : <LimitMeter course={course} limitNanoUsd={course.limitNanoUsd} />}
        {more.length > 0 ? <p className="mt-2 text-xs text-muted">{more.join(' · ')}</p> : null}
      </Card>
      <Card title={words.today}>
        <Amount cost={today?.cost ?? noCost} />
        <p className="mt-0.5 text-xs text-muted">{todayParts ?? ''}</p>
      </Card>
      <Card title={words.open}>
        {isOpen ? (
          <>
            <p className="mt-1 text-xl font-semibold tracking-tight text-warn tabular-nums">
              {open.unknownCount > 0
                ? words.openSome(open.unknownCount)
                : words.upTo(formatBound(open.reservedNanoUsd))}
            </p>
            <p className="mt-0.5 text-muted">
              {open.unknownCount === 0
                ? words.openRunning
                : open.reservedNanoUsd > 0
                  ? words.heldAmount(formatBound(open.reservedNanoUsd))
                  : words.why.unbound}{' '}
              <a href={spendAddress({ tab: 'open' })} className="font-medium whitespace-nowrap text-accent underline">
                {words.seeWhy}
              </a>
            </p>
          </>
        ) : (
          <p className="mt-2 text-muted">{words.openNone}</p>
        )}
      </Card>
    </div>
  )
}
