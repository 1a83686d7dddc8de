import type { ReactNode } from 'react'
import type { ConversationId, MessageId } from '../../../../electron/contract/ids.ts'
import type { LedgerRow } from '../../../../electron/contract/routes/spend.ts'
import { useAccount } from '../../data/spend-books.ts'
import { spendAddress } from '../../data/spend-place.ts'
import { failureOf } from '../../data/use-act.ts'
import { formatMoment } from '../../text/dates.ts'
import { describeFailure } from '../../text/failure.ts'
import { formatBound, formatExact } from '../../text/money.ts'
import { durationText, outcomeText, spenderName, tokensPerSecond, whyOpen } from '../../text/request-words.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { LargeDialog } from '../../ui/dialog.tsx'
import { FailureNotice, Note } from '../../ui/notice.tsx'
import { Calculation } from './calculation.tsx'
import { Entries } from './entries.tsx'
import { Facts } from './facts.tsx'

function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="mt-5">
      <h3 className="mb-2 text-sm font-semibold">{title}</h3>
      {hint === undefined ? null : <p className="-mt-1.5 mb-2 text-xs text-muted">{hint}</p>}
      {children}
    </section>
  )
}

function Result({ row }: { row: LedgerRow }) {
  const words = t.spend
  const why = whyOpen(row)
  return (
    <>
      <p className="text-xl font-semibold tracking-tight tabular-nums">
        {row.nanoUsd === null
          ? row.reservedNanoUsd === null
            ? words.stateNames[row.state]
            : words.details.heldUpTo(formatBound(row.reservedNanoUsd))
          : `${row.source === 'computed' ? '≈ ' : ''}${formatExact(row.nanoUsd)}`}
      </p>
      <p className="mt-0.5 text-muted">
        {row.source === null ? words.stateNames[row.state] : words.sources[row.source]}
        {row.credits !== null && row.nanoUsd !== null
          ? ` ${words.creditsAre(words.credits(row.credits), formatExact(nanoUsdPerCredit), formatExact(row.nanoUsd))}`
          : ''}
      </p>
      {why === null ? null : (
        <div className="mt-3">
          <Note tone="warn">{why}</Note>
        </div>
      )}
    </>
  )
}

/** As the provider has it: 2,000,000 credits are one dollar. */
const nanoUsdPerCredit = 500

const idOf = (id: string | null) => (id === null ? null : <code className="font-mono text-xs select-text">{id}</code>)

/** One request: what it cost and why, from the first entry to the hash. */
function Account({
  attemptId,
  onMessage,
}: {
  attemptId: string
  onMessage: (conversationId: ConversationId, messageId: MessageId) => void
}) {
  const words = t.spend
  const { data, error } = useAccount(attemptId)
  if (error) return <FailureNotice {...describeFailure(failureOf(error))} />
  if (!data) return <p className="text-muted">{words.loading}</p>
  const { row, entries, manifest } = data
  const speed = tokensPerSecond(row)
  const isOfChat = row.title !== null
  return (
    <>
      <p className="mb-3 text-muted">
        <span dir="auto">{spenderName(row)}</span> · {words.purposeNames[row.purpose]}
        {row.number > 1 ? `, ${words.attemptNumber(row.number)}` : ''} · {formatMoment(row.startedAt)} ·{' '}
        {words.stateNames[row.state]}
      </p>
      <Result row={row} />
      <div className="mt-3 flex flex-wrap gap-2">
        {isOfChat ? (
          <Button look="primary" onClick={() => onMessage(row.conversationId, row.messageId)}>
            {words.toMessage}
          </Button>
        ) : null}
        <a
          href={spendAddress({ tab: 'ledger', filter: { messageId: row.messageId } })}
          className="self-center rounded-sm px-1 text-accent hover:underline"
        >
          {words.sameMessage}
        </a>
      </div>
      <Part title={words.calculation}>
        <Calculation row={row} />
      </Part>
      <Part title={words.timing}>
        <Facts
          facts={[
            [words.startedAt, formatMoment(row.startedAt)],
            [words.firstByte, durationText(row.firstByteMs)],
            [words.firstToken, durationText(row.firstTokenMs)],
            [words.allAfter, durationText(row.totalMs)],
            [words.speed, speed === null ? null : words.perSecond(speed)],
            [words.columns.state, row.outcome === null ? null : outcomeText(row.outcome)],
          ]}
        />
      </Part>
      <Part title={words.entries} hint={words.entriesHint}>
        <Entries entries={entries} />
      </Part>
      <Part title={words.ids}>
        <Facts
          facts={[
            [words.requestId, idOf(row.attemptId)],
            [words.providerRequestId, idOf(row.requestId)],
            [words.inferenceId, idOf(row.inferenceId)],
          ]}
        />
      </Part>
      <Part title={words.sent} hint={words.sentHint}>
        <pre
          tabIndex={0}
          className="max-h-64 overflow-auto rounded-lg border border-line bg-side p-3 font-mono text-xs select-text"
        >
          {JSON.stringify(manifest, null, 2)}
        </pre>
      </Part>
    </>
  )
}

/** The account of one request over the page; `null`: closed. */
export function AccountDialog({
  attemptId,
  onClose,
  onMessage,
}: {
  attemptId: string | null
  onClose: () => void
  onMessage: (conversationId: ConversationId, messageId: MessageId) => void
}) {
  return (
    <LargeDialog
      title={t.spend.account}
      closeLabel={t.spend.close}
      isOpen={attemptId !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <div data-first="" tabIndex={0} className="min-h-0 flex-1 overflow-y-auto px-6 py-5 -outline-offset-2">
        {attemptId === null ? null : <Account attemptId={attemptId} onMessage={onMessage} />}
      </div>
    </LargeDialog>
  )
}
