import { KeyRound, WifiOff } from 'lucide-react'
import type { ConversationId } from '../../../../electron/contract/ids.ts'
import type { KeyState } from '../../../../electron/contract/key-state.ts'
import { useHasUnsavedDraft } from '../../data/drafts.ts'
import { useIsOnline } from '../../data/liveness.ts'
import { useSpend } from '../../data/spend.ts'
import { spendAddress } from '../../data/spend-place.ts'
import { formatMonth } from '../../text/dates.ts'
import { costParts } from '../../text/money.ts'
import { t } from '../../text/strings.ts'

function keyText(key: KeyState): string {
  if (!key.present && key.keychain === 'asking') return t.statusLine.keychainAsked
  if (!key.present) return key.keychain === 'locked' ? t.statusLine.keychainLocked : t.statusLine.noKey
  const name = t.statusLine.key(key.lastFour)
  return key.where === 'session' ? `${name}, ${t.statusLine.keySession}` : name
}

/** The quiet line that is always there: what this chat and this month have cost, the key, and what is wrong. */
export function StatusLine({
  conversationId,
  isDemo,
  keyState,
  onOpenKey,
}: {
  conversationId: ConversationId | null
  isDemo: boolean
  keyState: KeyState
  onOpenKey: () => void
}) {
  const spend = useSpend(conversationId)
  const isOnline = useIsOnline()
  const hasUnsavedDraft = useHasUnsavedDraft()
  const cost = spend.data?.conversation ?? null
  const chat = cost ? `${t.statusLine.chat}: ${costParts(cost).join('; ')}` : ''
  const month = spend.data
    ? `${t.statusLine.month(formatMonth(spend.data.monthStart))}: ${costParts(spend.data.month).join('; ')}`
    : ''
  const keyName = keyText(keyState)
  // One line, whatever it says: a second one would move the field that somebody is writing in.
  return (
    <footer className="mx-auto flex w-full max-w-[calc(var(--container-reading)+1rem)] items-center gap-x-5 px-8 pt-2 pb-3 text-xs whitespace-nowrap text-muted tabular-nums">
      <span role="status" aria-label={t.statusLine.spend} className="min-w-0 shrink-[2] truncate">
        {isDemo ? (
          t.statusLine.demoChat
        ) : chat === '' ? null : (
          <a
            href={spendAddress({ tab: 'ledger', filter: { conversationId } })}
            title={chat}
            className="rounded-sm -outline-offset-2 hover:text-ink hover:underline"
          >
            {chat}
          </a>
        )}
      </span>
      {month === '' ? null : (
        <a
          href={spendAddress({ tab: 'overview' })}
          title={month}
          className="min-w-0 shrink-[2] truncate rounded-sm -outline-offset-2 hover:text-ink hover:underline"
        >
          {month}
        </a>
      )}
      {hasUnsavedDraft ? (
        <span title={t.statusLine.draftUnsaved} className="min-w-0 shrink truncate text-warn">
          {t.statusLine.draftUnsaved}
        </span>
      ) : null}
      {isOnline ? null : (
        <span title={t.statusLine.offline} className="inline-flex min-w-0 shrink items-center gap-1.5 text-warn">
          <WifiOff aria-hidden="true" className="size-3.5 shrink-0" />
          <span className="truncate">{t.statusLine.offline}</span>
        </span>
      )}
      <button
        type="button"
        title={keyName}
        onClick={onOpenKey}
        className="ml-auto inline-flex min-w-6 shrink-[3] items-center gap-1.5 rounded-sm hover:text-ink"
      >
        <KeyRound aria-hidden="true" className="size-3.5 shrink-0" strokeWidth={1.75} />
        <span className="truncate">{keyName}</span>
      </button>
    </footer>
  )
}
