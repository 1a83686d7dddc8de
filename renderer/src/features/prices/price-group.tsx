import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { PriceRecord } from '../../../../electron/contract/routes/prices.ts'
import { overridePrice, refreshPrice, usePrices } from '../../data/prices.ts'
import { useAct } from '../../data/use-act.ts'
import { formatMoment } from '../../text/dates.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { Group } from '../../ui/field.tsx'
import { FailureNotice, Note } from '../../ui/notice.tsx'
import { PriceForm } from './price-form.tsx'
import { PriceHistory } from './price-history.tsx'

function Rate({ name, nanoUsd }: { name: string; nanoUsd: number | null }) {
  return (
    <div>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="text-base font-medium tabular-nums">{nanoUsd === null ? t.prices.asInput : formatUsd(nanoUsd)}</dd>
    </div>
  )
}

function InForce({ price, catalogue }: { price: PriceRecord; catalogue: PriceRecord | null }) {
  const when = formatMoment(price.seenAt)
  return (
    <>
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <Rate name={t.prices.input} nanoUsd={price.inputNanoUsdPerMTok} />
        <Rate name={t.prices.output} nanoUsd={price.outputNanoUsdPerMTok} />
        <Rate name={t.prices.cached} nanoUsd={price.cachedNanoUsdPerMTok} />
      </dl>
      <p className="mt-2 text-xs text-muted">
        {price.source === 'override' ? t.prices.byHand(when) : t.prices.fromCatalogue(when)}
        {price.source === 'override' && catalogue
          ? ` ${t.prices.catalogueSays(formatUsd(catalogue.inputNanoUsdPerMTok), formatUsd(catalogue.outputNanoUsdPerMTok))}`
          : ''}
      </p>
    </>
  )
}

/** What the model costs: the price in force and where it is from, a price by hand, and all prices so far. */
export function PriceGroup({ isReadOnly }: { isReadOnly: boolean }) {
  const state = usePrices().data
  const act = useAct()
  const [isEditing, setIsEditing] = useState(false)
  const [said, setSaid] = useState('')
  const editRef = useRef<HTMLButtonElement>(null)
  const close = () => {
    flushSync(() => setIsEditing(false))
    editRef.current?.focus()
  }
  const words = t.prices
  if (!state) return null
  const { inForce, catalogue } = state
  const run = (work: () => Promise<unknown>, outcome = '') => {
    setSaid('')
    void act.run(work).then((isDone) => isDone && setSaid(outcome))
  }
  return (
    <>
      <Group title={words.title} hint={words.hint}>
        {inForce ? <InForce price={inForce} catalogue={catalogue} /> : <Note tone="warn">{words.unpriced}</Note>}
        {isReadOnly ? null : isEditing ? (
          <PriceForm
            price={inForce}
            isBusy={act.isBusy}
            onCancel={close}
            onSave={(price) => void act.run(() => overridePrice(price)).then((isDone) => isDone && close())}
          />
        ) : (
          <div className="mt-3 flex flex-wrap items-center gap-2">
            <Button
              disabled={act.isBusy}
              aria-description={words.refreshNote}
              onClick={() => run(refreshPrice, words.refreshed)}
            >
              {act.isBusy ? words.refreshing : words.refresh}
            </Button>
            <Button ref={editRef} onClick={() => setIsEditing(true)}>
              {words.override}
            </Button>
            {inForce?.source === 'override' ? (
              <Button disabled={act.isBusy} onClick={() => run(() => overridePrice(null))}>
                {words.takeBack}
              </Button>
            ) : null}
            <p role="status" className="text-xs text-muted">
              {said}
            </p>
          </div>
        )}
        {act.failure ? (
          <div className="mt-3">
            <FailureNotice {...describeFailure(act.failure)} />
          </div>
        ) : null}
      </Group>
      <PriceHistory />
    </>
  )
}
