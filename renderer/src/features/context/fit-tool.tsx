import { useRef, useState } from 'react'
import type { ConversationId, MessageId } from '../../../../electron/contract/ids.ts'
import type { FitProposal } from '../../../../electron/contract/routes/context.ts'
import { proposeFit } from '../../data/context.ts'
import { useAct } from '../../data/use-act.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatCount } from '../../text/money.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'

function said({ kind, limitTokens, messageIds, promptTokens, promptTokensAfter }: FitProposal): string {
  const words = t.context
  if (limitTokens === null) return words.unknownLimit
  if (kind === 'fits') return words.fits
  if (kind === 'impossible') return words.impossible
  return words.proposal(messageIds.length, formatCount(promptTokens), formatCount(promptTokensAfter))
}

/** Proposes what to leave out so that the next prompt fits; nothing happens until that is confirmed. */
export function FitTool({
  conversationId,
  onProposal,
  onConfirm,
}: {
  conversationId: ConversationId
  onProposal: (ids: readonly MessageId[]) => void
  onConfirm: (ids: readonly MessageId[]) => void
}) {
  const act = useAct()
  const [proposal, setProposal] = useState<FitProposal | null>(null)
  const firstRef = useRef<HTMLButtonElement>(null)
  const show = (next: FitProposal | null) => {
    setProposal(next)
    onProposal(next?.messageIds ?? [])
    // The buttons that answer it are gone, and the keyboard with them.
    if (next === null) firstRef.current?.focus()
  }
  const ask = (by: 'oldest' | 'dearest') => void act.run(async () => show(await proposeFit(conversationId, by)))
  return (
    <section aria-label={t.context.fit} className="border-t border-line px-4 py-3">
      <h3 className="text-sm font-medium">{t.context.fit}</h3>
      <p role="status" className="mt-0.5 text-xs text-muted tabular-nums">
        {act.failure ? describeFailure(act.failure).title : proposal ? said(proposal) : t.context.fitHint}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button ref={firstRef} disabled={act.isBusy} onClick={() => ask('oldest')}>
          {t.context.by.oldest}
        </Button>
        <Button disabled={act.isBusy} onClick={() => ask('dearest')}>
          {t.context.by.dearest}
        </Button>
      </div>
      {proposal?.kind === 'proposal' ? (
        <div className="mt-2 flex gap-2">
          <Button
            look="primary"
            onClick={() => {
              onConfirm(proposal.messageIds)
              show(null)
            }}
          >
            {t.context.confirm}
          </Button>
          <Button look="quiet" onClick={() => show(null)}>
            {t.context.cancel}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
