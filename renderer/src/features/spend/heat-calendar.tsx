import { useRef, useState } from 'react'
import type { DaySpend } from '../../../../electron/contract/routes/spend.ts'
import { addDays, daysBetween, formatMonthShort, weekdayName, weekdayOf } from '../../text/days.ts'
import { t } from '../../text/strings.ts'
import { daySentence } from './bar-chart.tsx'
import { noCost } from './cost-words.ts'
import { onDayKey } from './day-walk.ts'
import { heatLevels } from './scale.ts'
import { useWidth } from './use-width.ts'

const leftPx = 34
const topPx = 18
const gapPx = 3
const mostWeeks = 53
const looks = ['fill-fill-strong', 'fill-accent/30', 'fill-accent/55', 'fill-accent/80', 'fill-accent']

/** A square for each day of the last twelve months, or of as many weeks as there is room for; the darker, the dearer. */
export function HeatCalendar({
  label,
  days,
  today,
  onActive,
  onOpen,
}: {
  label: string
  /** Those with spending. */
  days: readonly DaySpend[]
  today: string
  onActive: (day: DaySpend | null) => void
  onOpen: (day: string) => void
}) {
  const [width, attach] = useWidth()
  const [active, setActive] = useState(today)
  const svgRef = useRef<SVGSVGElement>(null)
  const cell = Math.max(10, Math.min(17, Math.floor((width - leftPx) / mostWeeks) - gapPx))
  const weeks = Math.min(mostWeeks, Math.floor((width - leftPx) / (cell + gapPx)))
  const firstMonday = addDays(today, -weekdayOf(today) - (weeks - 1) * 7)
  const shown = daysBetween(firstMonday, today)
  const costs = new Map(days.map(({ day, cost }) => [day, cost]))
  const level = heatLevels(days.map(({ cost }) => cost.nanoUsd))
  const pitch = cell + gapPx
  const focused = shown.includes(active) ? active : today
  const firsts = shown.filter((day, index) => day.endsWith('-01') && shown.length - index > 7)
  const move = (to: number) => {
    const day = shown[to]
    if (day === undefined) return
    setActive(day)
    svgRef.current?.querySelector<SVGRectElement>(`[data-day="${day}"]`)?.focus()
  }
  return (
    <div ref={attach} className="min-h-[110px]">
      {width === 0 ? null : (
        <svg
          ref={svgRef}
          role="group"
          aria-label={label}
          aria-description={t.spend.chartKeys}
          width={width}
          height={topPx + 7 * pitch}
          className="block overflow-visible text-xs"
          onPointerLeave={() => onActive(null)}
        >
          <g aria-hidden="true" className="fill-muted">
            {[0, 2, 4].map((weekday) => (
              <text key={weekday} x={0} y={topPx + weekday * pitch + cell - 2}>
                {weekdayName(weekday)}
              </text>
            ))}
            {firsts.map((day) => (
              <text key={day} x={leftPx + Math.floor(shown.indexOf(day) / 7) * pitch} y={10}>
                {formatMonthShort(day.slice(0, 7))}
              </text>
            ))}
          </g>
          {shown.map((day, index) => {
            const each = { day, cost: costs.get(day) ?? noCost }
            const isOpen = each.cost.unknownCount > 0 || each.cost.reservedNanoUsd > 0
            return (
              <rect
                key={day}
                role="button"
                aria-label={daySentence(each)}
                data-day={day}
                tabIndex={day === focused ? 0 : -1}
                x={leftPx + Math.floor(index / 7) * pitch}
                y={topPx + (index % 7) * pitch}
                width={cell}
                height={cell}
                rx={2.5}
                className={`${looks[level(each.cost.nanoUsd)] ?? ''} outline-offset-1 hover:stroke-ink ${isOpen ? 'stroke-warn stroke-2' : ''}`}
                onClick={() => onOpen(day)}
                onPointerEnter={() => onActive(each)}
                onFocus={() => {
                  setActive(day)
                  onActive(each)
                }}
                onBlur={() => onActive(null)}
                onKeyDown={(event) =>
                  onDayKey(event, {
                    at: index,
                    count: shown.length,
                    across: 7,
                    along: 1,
                    onMove: move,
                    onOpen: () => onOpen(day),
                  })
                }
              />
            )
          })}
        </svg>
      )}
    </div>
  )
}

/** What the shades mean. */
export function HeatLegend() {
  return (
    <span aria-hidden="true" className="inline-flex items-center gap-1 text-xs text-muted">
      {t.spend.less}
      <svg width={76} height={12}>
        {looks.map((look, index) => (
          <rect key={look} x={index * 15} width={12} height={12} rx={2.5} className={look} />
        ))}
      </svg>
      {t.spend.more}
    </span>
  )
}
