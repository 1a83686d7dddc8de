import type { Price } from '../../../../electron/contract/price.ts'
import { formatCount, formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'

/** A conversation before its first message: the model and what it costs. */
export function EmptyThread({ price, isDemo }: { price: Price | null; isDemo: boolean }) {
  const context = price?.contextTokens ?? null
  return (
    <div className="m-auto max-w-md px-6 text-center">
      <h2 className="text-xl font-semibold tracking-tight text-balance">{t.thread.emptyTitle}</h2>
      {isDemo ? (
        <p className="mt-3 text-muted">{t.thread.emptyDemo}</p>
      ) : (
        <p className="mt-3 text-muted">
          {price ? (
            <>
              {t.thread.emptyModel(price.model, context === null ? null : formatCount(context))}
              <br />
              {t.thread.emptyPrice(formatUsd(price.inputNanoUsdPerMTok), formatUsd(price.outputNanoUsdPerMTok))}
            </>
          ) : (
            t.thread.emptyPriceUnknown
          )}
        </p>
      )}
    </div>
  )
}
