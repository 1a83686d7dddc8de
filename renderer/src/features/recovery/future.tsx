import { t } from '../../text/strings.ts'
import { Screen } from './screen.tsx'

/** A store of a newer Parley: refused, untouched. */
export function FutureStore({ version, supported }: { version: number; supported: number }) {
  return (
    <Screen title={t.recovery.futureTitle}>
      <p className="text-base">{t.recovery.future(version, supported)}</p>
      <p className="mt-2 text-muted">{t.recovery.futureDo}</p>
    </Screen>
  )
}
