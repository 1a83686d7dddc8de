import { useId } from 'react'
import type { ContextMessage } from '../../../../electron/contract/routes/context.ts'
import { formatCount, formatUsd } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Badge } from '../../ui/badge.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Switch } from '../../ui/switch.tsx'

const roleName = (role: ContextMessage['role']) =>
  ({ system: t.context.system, user: t.thread.you, assistant: t.thread.gemma })[role]

function costText({ isOff, tokens, marginalNanoUsd, soFarNanoUsd, sentCount }: ContextMessage): string {
  const words = t.context
  const amount = marginalNanoUsd === null ? null : formatUsd(marginalNanoUsd, { digits: 2 })
  const marginal = amount === null ? words.unpriced : isOff ? words.marginalOff(amount) : words.marginal(amount)
  const soFar =
    sentCount === 0
      ? words.neverSent
      : soFarNanoUsd === null
        ? words.unpriced
        : words.soFar(formatUsd(soFarNanoUsd, { digits: 2 }))
  return [words.tokens(formatCount(tokens)), marginal, soFar].join(' · ')
}

/** One message of the context: whose, how it begins, what it costs, and whether it is sent. */
export function ContextRow({
  message,
  place,
  total,
  isProposed,
  isFree,
  isReadOnly,
  isTabbable,
  onToggle,
}: {
  message: ContextMessage
  place: number
  total: number
  isProposed: boolean
  isFree: boolean
  isReadOnly: boolean
  isTabbable: boolean
  onToggle: (place: number, isRange: boolean) => void
}) {
  const id = useId()
  return (
    <div
      role="listitem"
      aria-setsize={total}
      aria-posinset={place + 1}
      data-place={place}
      className={classNames(
        'flex gap-3 border-b border-line px-4 py-2.5',
        isProposed ? 'bg-warn-fill' : message.isOff ? 'bg-fill' : '',
      )}
    >
      <div className={classNames('min-w-0 flex-1', message.isOff ? 'text-muted' : '')}>
        <p id={`${id}-text`} dir="auto" className="truncate text-sm">
          <span className="text-xs text-muted">{roleName(message.role)}:</span>{' '}
          <span className={message.isOff ? 'line-through decoration-1' : ''}>{message.beginning}</span>
        </p>
        <p id={`${id}-cost`} className="text-xs text-muted tabular-nums">
          {isFree ? t.context.tokens(formatCount(message.tokens)) : costText(message)}
        </p>
      </div>
      {isProposed ? (
        <span className="self-center">
          <Badge>{t.context.proposed}</Badge>
        </span>
      ) : null}
      <Switch
        isOn={!message.isOff}
        isDisabled={isReadOnly}
        isTabbable={isTabbable}
        labelledBy={`${id}-text`}
        describedBy={`${id}-cost`}
        onToggle={(isRange) => onToggle(place, isRange)}
      />
    </div>
  )
}
