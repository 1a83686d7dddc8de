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
  return (
    <footer className="mx-auto flex w-full max-w-[calc(var(--container-reading)+1rem)] flex-wrap items-center gap-x-5 gap-y-0.5 px-8 pt-2 pb-3 text-xs text-muted tabular-nums">
      <span role="status" aria-label={t.statusLine.spend}>
        {isDemo ? (
          t.statusLine.demoChat
        ) : cost ? (
          <a
            href={spendAddress({ tab: 'ledger', filter: { conversationId } })}
            className="rounded-sm hover:text-ink hover:underline"
          >
            {t.statusLine.chat}: {costParts(cost).join('; ')}
          </a>
        ) : null}
      </span>
      {spend.data ? (
        <a href={spendAddress({ tab: 'overview' })} className="rounded-sm hover:text-ink hover:underline">
          {t.statusLine.month(formatMonth(spend.data.monthStart))}: {costParts(spend.data.month).join('; ')}
        </a>
      ) : null}
      {hasUnsavedDraft ? <span className="text-warn">{t.statusLine.draftUnsaved}</span> : null}
      {isOnline ? null : (
        <span className="inline-flex items-center gap-1.5 text-warn">
          <WifiOff aria-hidden="true" className="size-3.5" />
          {t.statusLine.offline}
        </span>
      )}
      <button
        type="button"
        onClick={onOpenKey}
        className="ml-auto inline-flex items-center gap-1.5 rounded-sm hover:text-ink"
      >
        <KeyRound aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
        {keyText(keyState)}
      </button>
    </footer>
  )
}
