import { useId, useRef, useState } from 'react'
import type { DaySpend } from '../../../../electron/contract/routes/spend.ts'
import { formatDay, formatWholeDay } from '../../text/days.ts'
import { formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { exactParts } from './cost-words.ts'
import { onDayKey } from './day-walk.ts'
import { barParts, scaleTop } from './scale.ts'
import { useWidth } from './use-width.ts'

const plotPx = 132
const leftPx = 58
const bottomPx = 22
const topPx = 8

/** What a day has cost, as a person hears it. */
export function daySentence({ day, cost }: DaySpend): string {
  const parts = exactParts(cost)
  const name = formatWholeDay(day)
  return parts === null ? t.spend.dayNothing(name) : t.spend.dayCost(name, parts)
}

/** One bar for each day: settled, computed above it, held above that. Walked through with the arrows. */
export function BarChart({
  label,
  days,
  today,
  onActive,
  onOpen,
}: {
  label: string
  days: readonly DaySpend[]
  today: string
  /** The day under the pointer or with the keyboard. */
  onActive: (day: DaySpend | null) => void
  onOpen: (day: string) => void
}) {
  const hatch = useId()
  const [width, attach] = useWidth()
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      days.findIndex(({ day }) => day === today),
    ),
  )
  const svgRef = useRef<SVGSVGElement>(null)
  const place = Math.min(at, days.length - 1)
  const todayAt = days.findIndex(({ day }) => day === today)
  const most = days.reduce((max, { cost }) => Math.max(max, cost.nanoUsd + cost.reservedNanoUsd), 0)
  const top = scaleTop(most)
  const step = Math.max(0, (width - leftPx) / Math.max(1, days.length))
  const barWidth = Math.max(2, Math.min(30, step * 0.68))
  const every = Math.max(1, Math.ceil(46 / Math.max(1, step)))
  const y = (share: number) => topPx + plotPx * (1 - share)
  const move = (to: number) => {
    setAt(to)
    svgRef.current?.querySelector<SVGGElement>(`[data-at="${to}"]`)?.focus()
  }
  return (
    <div ref={attach} className="min-h-[162px]">
      {width === 0 ? null : (
        <svg
          ref={svgRef}
          role="group"
          aria-label={label}
          aria-description={t.spend.chartKeys}
          width={width}
          height={plotPx + topPx + bottomPx}
          className="block overflow-visible text-xs tabular-nums"
          onPointerLeave={() => onActive(null)}
        >
          <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" className="fill-warn-fill" />
            <rect width="2" height="5" className="fill-warn" />
          </pattern>
          <g aria-hidden="true">
            {[0, 0.5, 1].map((share) => (
              <g key={share}>
                <line x1={leftPx} x2={width} y1={y(share)} y2={y(share)} className="stroke-line" />
                <text x={leftPx - 8} y={y(share) + 4} textAnchor="end" className="fill-muted">
                  {formatUsd(top * share, { digits: 2 })}
                </text>
              </g>
            ))}
          </g>
          {days.map((each, index) => {
            const { billed, computed, held } = barParts(each.cost, top, plotPx)
            const x = leftPx + index * step
            const barX = x + (step - barWidth) / 2
            const floor = topPx + plotPx
            const isToday = each.day === today
            return (
              <g
                key={each.day}
                role="button"
                aria-label={daySentence(each)}
                data-at={index}
                tabIndex={index === place ? 0 : -1}
                className="group/bar -outline-offset-2"
                onClick={() => onOpen(each.day)}
                onPointerEnter={() => onActive(each)}
                onFocus={() => {
                  setAt(index)
                  onActive(each)
                }}
                onBlur={() => onActive(null)}
                onKeyDown={(event) =>
                  onDayKey(event, {
                    at: index,
                    count: days.length,
                    across: 1,
                    along: 0,
                    onMove: move,
                    onOpen: () => onOpen(each.day),
                  })
                }
              >
                <rect
                  x={x}
                  y={topPx}
                  width={step}
                  height={plotPx + bottomPx}
                  rx={4}
                  className="fill-transparent group-hover/bar:fill-fill group-focus-visible/bar:fill-fill"
                />
                <rect x={barX} y={floor - billed} width={barWidth} height={billed} className="fill-accent" rx={1} />
                <rect
                  x={barX}
                  y={floor - billed - computed}
                  width={barWidth}
                  height={computed}
                  className="fill-accent/55"
                />
                <rect
                  x={barX}
                  y={floor - billed - computed - held}
                  width={barWidth}
                  height={held}
                  fill={`url(#${hatch})`}
                />
                {isToday || (index % every === 0 && Math.abs(index - todayAt) >= Math.min(every, 2)) ? (
                  <text
                    x={x + step / 2}
                    y={floor + 16}
                    textAnchor="middle"
                    className={isToday ? 'fill-ink font-semibold' : 'fill-muted'}
                  >
                    {every === 1 && step > 46 ? formatDay(each.day) : Number(each.day.slice(8))}
                  </text>
                ) : null}
              </g>
            )
          })}
        </svg>
      )}
    </div>
  )
}
