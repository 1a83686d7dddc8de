import type { Price } from '../../../../electron/contract/price.ts'
import { formatCount, formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { buttonClass } from '../../ui/button.tsx'

/** A conversation before its first message: the model, what it costs, and a few beginnings. */
export function EmptyThread({
  price,
  isDemo,
  onStart,
}: {
  price: Price | null
  isDemo: boolean
  /** Takes the beginning of a message; `null`: nothing can be written here. */
  onStart: ((text: string) => void) | null
}) {
  const context = price?.contextTokens ?? null
  return (
    <div className="m-auto flex max-w-2xl flex-col items-center px-6 py-8 text-center">
      <img src="/icon.svg" alt="" className="mb-5 size-11" />
      <h2 className="text-xl font-semibold tracking-tight text-balance">{t.thread.emptyTitle}</h2>
      {isDemo ? (
        <p className="mt-3 max-w-md text-muted">{t.thread.emptyDemo}</p>
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
      {onStart === null ? null : (
        <ul aria-label={t.thread.startersName} className="mt-7 flex flex-wrap justify-center gap-2">
          {t.thread.starters.map(([name, text]) => (
            <li key={name}>
              <button
                type="button"
                onClick={() => onStart(text)}
                className={buttonClass('quiet', 'border border-line px-3.5 font-normal')}
              >
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
