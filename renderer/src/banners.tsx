import { X } from 'lucide-react'
import { useState } from 'react'
import type { AppWarning } from '../../electron/contract/routes/app.ts'
import type { StoreState } from '../../electron/contract/routes/store.ts'
import { useLiveness } from './data/liveness.ts'
import { t } from './text/strings.ts'
import { IconButton } from './ui/icon-button.tsx'

const look = 'flex items-center justify-between gap-3 bg-warn-fill px-5 py-1.5 text-sm text-warn'

/** What is worth saying at the top of the window: read-only, warnings, a connection that is coming back. */
export function Banners({ store, warnings }: { store: StoreState; warnings: readonly AppWarning[] }) {
  const [dismissed, setDismissed] = useState<readonly AppWarning[]>([])
  const liveness = useLiveness()
  const shown = warnings.filter((warning) => !dismissed.includes(warning))
  if (store.kind !== 'read-only' && liveness === 'open' && shown.length === 0) return null
  return (
    <section aria-label={t.banners.name}>
      {store.kind === 'read-only' ? (
        <p className={look}>
          {t.banners.readOnly[store.reason]}
          {store.unread ? ` ${t.banners.unread(store.unread.conversations, store.unread.messages)}` : null}
        </p>
      ) : null}
      {liveness === 'open' ? null : <p className={look}>{t.banners.reconnecting}</p>}
      {shown.map((warning) => (
        <div key={warning} className={look}>
          <p>{t.banners.warnings[warning]}</p>
          <IconButton
            icon={X}
            label={t.banners.dismiss}
            className="text-warn hover:text-warn"
            onClick={() => setDismissed([...dismissed, warning])}
          />
        </div>
      ))}
    </section>
  )
}
