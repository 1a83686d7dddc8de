import { useState } from 'react'
import type { NanoUsd } from '../../../../electron/contract/money.ts'
import type { PriceRecord } from '../../../../electron/contract/routes/prices.ts'
import { parseUsd, typedUsd, type WrittenAmount } from '../../text/dollars.ts'
import { formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { AmountField } from '../../ui/amount-field.tsx'
import { Button } from '../../ui/button.tsx'

/** As in the contract: per million tokens. */
const mostNanoUsd = 10_000_000_000_000

const noteOf = (written: WrittenAmount) => {
  if (written.kind === 'refused') return t.budgets.refused[written.why]
  return written.kind === 'empty' ? '' : t.budgets.reads(formatUsd(written.nanoUsd, { digits: 9 }))
}

const read = (text: string) => parseUsd(text, mostNanoUsd)

const typed = (nanoUsd: NanoUsd | null | undefined) => (nanoUsd == null ? '' : typedUsd(nanoUsd))

/** A price entered by hand, in dollars per million tokens. */
export function PriceForm({
  price,
  isBusy,
  onSave,
  onCancel,
}: {
  price: PriceRecord | null
  isBusy: boolean
  onSave: (price: {
    inputNanoUsdPerMTok: NanoUsd
    outputNanoUsdPerMTok: NanoUsd
    cachedNanoUsdPerMTok: NanoUsd | null
  }) => void
  onCancel: () => void
}) {
  const [input, setInput] = useState(typed(price?.inputNanoUsdPerMTok))
  const [output, setOutput] = useState(typed(price?.outputNanoUsdPerMTok))
  const [cached, setCached] = useState(typed(price?.cachedNanoUsdPerMTok))
  const [readInput, readOutput, readCached] = [read(input), read(output), read(cached)]
  const isComplete = readInput.kind === 'amount' && readOutput.kind === 'amount' && readCached.kind !== 'refused'
  const words = t.prices
  const save = () => {
    if (readInput.kind !== 'amount' || readOutput.kind !== 'amount' || readCached.kind === 'refused') return
    onSave({
      inputNanoUsdPerMTok: readInput.nanoUsd,
      outputNanoUsdPerMTok: readOutput.nanoUsd,
      cachedNanoUsdPerMTok: readCached.kind === 'amount' ? readCached.nanoUsd : null,
    })
  }
  const field = (name: string, text: string, written: WrittenAmount, note: string, set: (text: string) => void) => (
    <AmountField
      label={words.field(name)}
      value={text}
      note={note === '' ? noteOf(written) : note}
      isWrong={written.kind === 'refused'}
      isFocused={name === words.input}
      onChange={set}
    />
  )
  return (
    <form
      className="mt-3 flex flex-col gap-2"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {field(words.input, input, readInput, '', setInput)}
      {field(words.output, output, readOutput, '', setOutput)}
      {field(words.cached, cached, readCached, readCached.kind === 'empty' ? words.cachedHint : '', setCached)}
      <div className="flex items-center gap-2">
        <Button type="submit" look="primary" disabled={!isComplete || isBusy}>
          {words.save}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {words.cancel}
        </Button>
        <p className="text-xs text-muted">{isComplete ? '' : words.needed}</p>
      </div>
    </form>
  )
}
