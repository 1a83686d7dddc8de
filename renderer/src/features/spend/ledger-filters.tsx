import { X } from 'lucide-react'
import { useId } from 'react'
import type { ConversationId } from '../../../../electron/contract/ids.ts'
import { useChatsByCost } from '../../data/spend-books.ts'
import { everything, purposes, states, type LedgerFilter } from '../../data/spend-place.ts'
import { useConversations } from '../../data/conversations.ts'
import { spenderName } from '../../text/request-words.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { Badge } from '../../ui/badge.tsx'

const inputClass =
  'rounded-md border border-line-strong bg-paper px-2 py-1 text-sm text-ink outline-offset-0 tabular-nums'

const always = { from: '0000-01-01', to: '9999-12-31' }
/** A list of names longer than this is no help. */
const mostNames = 200

/** Words that are on or off, several at once. */
function Toggles<Value extends string>({
  legend,
  values,
  names,
  chosen,
  onChange,
}: {
  legend: string
  values: readonly Value[]
  names: Record<Value, string>
  chosen: readonly Value[]
  onChange: (chosen: Value[]) => void
}) {
  return (
    <fieldset className="flex flex-wrap items-center gap-1">
      <legend className="float-left mr-2 text-xs leading-6 text-muted">{legend}</legend>
      {values.map((value) => {
        const isOn = chosen.includes(value)
        return (
          <button
            key={value}
            type="button"
            aria-pressed={isOn}
            onClick={() => onChange(isOn ? chosen.filter((other) => other !== value) : [...chosen, value])}
            className="rounded-full border border-line px-2 py-0.5 text-xs text-muted hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-fill aria-pressed:text-ink"
          >
            {names[value]}
          </button>
        )
      })}
    </fieldset>
  )
}

function ChatField({ filter, onChange }: { filter: LedgerFilter; onChange: (filter: LedgerFilter) => void }) {
  const id = useId()
  const dearest = useChatsByCost(always)
  const conversations = useConversations()
  const names = new Map<string, string>()
  for (const chat of dearest.data?.pages.flat() ?? [])
    if ((chat.conversationId as string) !== 'diagnose') names.set(chat.conversationId, spenderName(chat))
  for (const chat of conversations.data ?? []) {
    if (names.size >= mostNames && chat.id !== filter.conversationId) continue
    if (!chat.isDemo) names.set(chat.id, spenderName({ conversationId: chat.id, title: chat.title }))
  }
  const chosen = filter.conversationId
  if (chosen !== null && !names.has(chosen)) names.set(chosen, t.spend.untitled)
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <label htmlFor={id} className="text-xs text-muted">
        {t.spend.chat}
      </label>
      <select
        id={id}
        value={chosen ?? ''}
        onChange={(event) =>
          onChange({
            ...filter,
            messageId: null,
            conversationId: event.target.value === '' ? null : (event.target.value as ConversationId),
          })
        }
        className={`${inputClass} w-52 min-w-0 truncate`}
      >
        <option value="">{t.spend.allChats}</option>
        {[...names].map(([chat, name]) => (
          <option key={chat} value={chat}>
            {name}
          </option>
        ))}
      </select>
    </span>
  )
}

function DayField({
  label,
  value,
  onChange,
}: {
  label: string
  value: string | null
  onChange: (day: string | null) => void
}) {
  const id = useId()
  return (
    <span className="inline-flex items-center gap-2">
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      <input
        id={id}
        type="date"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        className={inputClass}
      />
    </span>
  )
}

/** Which requests the ledger shows. */
export function LedgerFilters({
  filter,
  onChange,
}: {
  filter: LedgerFilter
  onChange: (filter: LedgerFilter) => void
}) {
  const words = t.spend
  const isLimited = JSON.stringify(filter) !== JSON.stringify(everything)
  return (
    <div role="group" aria-label={words.filters} className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <DayField label={words.from} value={filter.from} onChange={(from) => onChange({ ...filter, from })} />
      <DayField label={words.to} value={filter.to} onChange={(to) => onChange({ ...filter, to })} />
      <ChatField filter={filter} onChange={onChange} />
      <Toggles
        legend={words.states}
        values={states}
        names={words.stateNames}
        chosen={filter.states}
        onChange={(next) => onChange({ ...filter, states: next })}
      />
      <Toggles
        legend={words.purposes}
        values={purposes}
        names={words.purposeNames}
        chosen={filter.purposes}
        onChange={(next) => onChange({ ...filter, purposes: next })}
      />
      {filter.messageId === null ? null : <Badge>{words.oneMessage}</Badge>}
      {isLimited ? (
        <Button look="quiet" className="px-2 py-1" onClick={() => onChange(everything)}>
          <X aria-hidden="true" className="size-3.5" />
          {words.clear}
        </Button>
      ) : null}
    </div>
  )
}
