import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { DaySpend } from '../../../../electron/contract/routes/spend.ts'
import { useDays } from '../../data/spend-books.ts'
import { everything, spendAddress } from '../../data/spend-place.ts'
import { addDays, addMonths, daysBetween, formatMonthYear, formatWholeDay, monthRange } from '../../text/days.ts'
import { formatExact } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Segments } from '../../ui/choice.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { BarChart, daySentence } from './bar-chart.tsx'
import { CostTable } from './cost-table.tsx'
import { noCost } from './cost-words.ts'
import { HeatCalendar, HeatLegend } from './heat-calendar.tsx'
import { Panel } from './panel.tsx'

type Look = 'chart' | 'table'

function LookChoice({ name, look, onLook }: { name: string; look: Look; onLook: (look: Look) => void }) {
  return (
    <Segments
      legend={t.spend.view(name)}
      value={look}
      onChange={onLook}
      options={[
        { value: 'chart', label: t.spend.asChart },
        { value: 'table', label: t.spend.asTable },
      ]}
    />
  )
}

const dayLink = (day: string) => (
  <a
    href={spendAddress({ tab: 'ledger', filter: { ...everything, from: day, to: day } })}
    className="text-accent underline"
  >
    {formatWholeDay(day)}
  </a>
)

const tableRows = (days: readonly DaySpend[]) => days.map(({ day, cost }) => ({ key: day, name: dayLink(day), cost }))

const key = (look: string, name: string) => (
  <span className="inline-flex items-center gap-1.5">
    <span className={`size-2.5 rounded-[2px] ${look}`} />
    {name}
  </span>
)

/** One month, a bar a day, or as a table. */
export function DailyPanel({
  month: thisMonth,
  today,
  onDay,
}: {
  month: string
  today: string
  onDay: (day: string) => void
}) {
  const words = t.spend
  const [month, setMonth] = useState(thisMonth)
  const [look, setLook] = useState<Look>('chart')
  const [active, setActive] = useState<DaySpend | null>(null)
  const range = monthRange(month)
  const found = useDays(range)
  const spent = found.data ?? []
  const costs = new Map(spent.map(({ day, cost }) => [day, cost]))
  const days = daysBetween(range.from, range.to).map((day) => ({ day, cost: costs.get(day) ?? noCost }))
  const total = spent.reduce((sum, { cost }) => sum + cost.nanoUsd, 0)
  const name = formatMonthYear(month)
  return (
    <Panel
      title={words.daily}
      beside={
        <>
          <span className="inline-flex items-center gap-1">
            <IconButton icon={ChevronLeft} label={words.previousMonth} onClick={() => setMonth(addMonths(month, -1))} />
            <span className="min-w-32 text-center font-medium" aria-live="polite">
              {name}
            </span>
            <IconButton
              icon={ChevronRight}
              label={words.nextMonth}
              disabled={month >= thisMonth}
              onClick={() => setMonth(addMonths(month, 1))}
            />
          </span>
          <LookChoice name={words.daily} look={look} onLook={setLook} />
        </>
      }
    >
      {look === 'chart' ? (
        <>
          <p className="mb-2 min-h-5 text-sm text-muted tabular-nums">
            {active ? daySentence(active) : words.monthTotal(name, formatExact(total))}
          </p>
          <BarChart
            key={month}
            label={`${words.daily}, ${name}`}
            days={days}
            today={today}
            onActive={setActive}
            onOpen={onDay}
          />
          <p aria-hidden="true" className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
            {key('bg-accent', words.settled)}
            {key('bg-accent/55', words.computed)}
            {key('bg-warn', words.held)}
          </p>
        </>
      ) : (
        <div className="max-h-96 overflow-auto" tabIndex={0} role="region" aria-label={`${words.daily}, ${name}`}>
          <CostTable caption={`${words.daily}, ${name}`} first={words.columns.day} rows={tableRows(spent)} />
        </div>
      )}
    </Panel>
  )
}

/** Twelve months at a glance, or as a table. */
export function YearPanel({ today, onDay }: { today: string; onDay: (day: string) => void }) {
  const words = t.spend
  const [look, setLook] = useState<Look>('chart')
  const [active, setActive] = useState<DaySpend | null>(null)
  const found = useDays({ from: addDays(today, -370), to: today })
  const days = found.data ?? []
  return (
    <Panel title={words.yearly} beside={<LookChoice name={words.yearly} look={look} onLook={setLook} />}>
      {look === 'chart' ? (
        <>
          <HeatCalendar label={words.yearly} days={days} today={today} onActive={setActive} onOpen={onDay} />
          <div className="mt-3 flex min-h-5 flex-wrap items-center justify-between gap-x-4 text-sm text-muted tabular-nums">
            <p>{active ? daySentence(active) : ''}</p>
            <HeatLegend />
          </div>
        </>
      ) : (
        <div className="max-h-96 overflow-auto" tabIndex={0} role="region" aria-label={words.yearly}>
          <CostTable caption={words.yearly} first={words.columns.day} rows={tableRows(days.toReversed())} />
        </div>
      )}
    </Panel>
  )
}
