import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { PriceRecord } from '../../../../electron/contract/routes/prices.ts'
import { onPriceChanged } from '../../data/prices.ts'
import { formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { changesText } from './changes-text.ts'

/** Said at the top of the window when the catalogue's price has changed, until it is dismissed. */
export function PriceBanner({ onPrices }: { onPrices: () => void }) {
  const [price, setPrice] = useState<PriceRecord | null>(null)
  useEffect(() => onPriceChanged(setPrice), [])
  if (!price) return null
  return (
    <section aria-label={t.prices.bannerName}>
      <div role="status" className="flex items-center gap-3 bg-warn-fill px-5 py-1.5 text-sm text-warn">
        <p className="min-w-0 flex-1">
          {t.prices.banner(
            changesText(price.changes),
            formatUsd(price.inputNanoUsdPerMTok),
            formatUsd(price.outputNanoUsdPerMTok),
          )}
        </p>
        <Button
          onClick={() => {
            setPrice(null)
            onPrices()
          }}
        >
          {t.prices.open}
        </Button>
        <IconButton
          icon={X}
          label={t.budgets.dismiss}
          className="text-warn hover:text-warn"
          onClick={() => setPrice(null)}
        />
      </div>
    </section>
  )
}
