import type { BudgetStatus } from '../../../../electron/contract/routes/budgets.ts'
import { setBudgetZone } from '../../data/budgets.ts'
import { useAct } from '../../data/use-act.ts'
import { formatDay } from '../../text/dates.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Combobox } from '../../ui/combobox.tsx'
import { Group } from '../../ui/field.tsx'
import { FailureNotice, Note } from '../../ui/notice.tsx'

const systemZone = new Intl.DateTimeFormat().resolvedOptions().timeZone

/** Every zone this browser knows, the system's and the one in force among them. */
const zonesWith = (zone: string): string[] =>
  [...new Set(['UTC', systemZone, zone, ...Intl.supportedValuesOf('timeZone')])].toSorted()

/** Which day it is in the books, in which zone, and another zone from tomorrow on. */
export function ZoneGroup({ status, isReadOnly }: { status: BudgetStatus; isReadOnly: boolean }) {
  const act = useAct()
  const words = t.budgets
  const { day, zone, nextZone, isClockBehind } = status
  return (
    <Group title={words.days} hint={words.daysHint}>
      <p>
        {words.today(formatDay(day), zone)}
        {nextZone === null ? '' : ` ${words.nextZone(nextZone)}`}
      </p>
      {isReadOnly ? null : (
        <div className="mt-3">
          <Combobox
            label={words.zone}
            items={zonesWith(nextZone ?? zone)}
            value={nextZone ?? zone}
            emptyText={words.zoneNone}
            onChange={(next) => void act.run(() => setBudgetZone(next))}
          />
        </div>
      )}
      <div className="mt-3 flex flex-col gap-2 empty:hidden">
        {isClockBehind ? <Note tone="warn">{words.clockBehind}</Note> : null}
        {act.failure ? <FailureNotice {...describeFailure(act.failure)} /> : null}
      </div>
    </Group>
  )
}
