import { Printer } from 'lucide-react'
import { useId, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Residual } from '../../../../electron/contract/routes/residual.ts'
import { useChatsByCost, useDays, useMonths } from '../../data/spend-books.ts'
import { compareWithAccount, makeStatement } from '../../data/spend-acts.ts'
import { useAct } from '../../data/use-act.ts'
import { formatMonthYear, formatWholeDay, monthRange } from '../../text/days.ts'
import { describeFailure } from '../../text/failure.ts'
import { spenderName } from '../../text/request-words.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { ResidualReport } from './account-comparison.tsx'
import { CostTable } from './cost-table.tsx'
import { noCost } from './cost-words.ts'
import { LedgerFile } from './ledger-file.tsx'
import { PageBody, Panel } from './panel.tsx'

/** First moment of a month in UTC, as main takes it for its statement. */
const startOf = (month: string) => Date.parse(`${month}-01T00:00:00Z`)

/** A statement as tables: for the page and for print. */
function StatementTables({ month, residual }: { month: string; residual: Residual | null }) {
  const words = t.spend
  const range = monthRange(month)
  const days = useDays(range).data ?? []
  const found = useChatsByCost(range)
  const months = useMonths().data ?? []
  const total = months.find((each) => each.month === month)?.cost ?? noCost
  const chats = found.data?.pages.flat() ?? []
  if (days.length === 0) return <p className="text-muted">{words.noStatement}</p>
  return (
    <div className="flex flex-col gap-6">
      <CostTable
        caption={words.total}
        first={words.month}
        rows={[{ key: month, name: formatMonthYear(month), cost: total }]}
      />
      <CostTable
        caption={words.daily}
        first={words.columns.day}
        rows={days.map(({ day, cost }) => ({ key: day, name: formatWholeDay(day), cost }))}
      />
      <CostTable
        caption={words.byChat}
        first={words.columns.chat}
        rows={chats.map((chat) => ({
          key: chat.conversationId,
          name: <span dir="auto">{spenderName(chat)}</span>,
          cost: chat.cost,
        }))}
      />
      {found.hasNextPage ? (
        <Button className="self-start print:hidden" onClick={() => void found.fetchNextPage()}>
          {words.moreChats}
        </Button>
      ) : null}
      {residual ? (
        <div>
          <h3 className="mb-2 text-sm font-semibold">{words.compareTitle}</h3>
          <ResidualReport residual={residual} />
        </div>
      ) : null}
      <p className="max-w-prose text-xs text-muted">{words.statementNote}</p>
    </div>
  )
}

function Statement({ isReadOnly }: { isReadOnly: boolean }) {
  const words = t.spend
  const id = useId()
  const months = useMonths()
  const [chosen, setChosen] = useState<string | null>(null)
  const [withProvider, setWithProvider] = useState(false)
  const [residual, setResidual] = useState<Residual | null>(null)
  const [saved, setSaved] = useState('')
  const act = useAct()
  const known = (months.data ?? []).map(({ month }) => month).toReversed()
  const month = chosen ?? known[0] ?? null
  if (month === null) return months.data ? <p className="text-muted">{words.none}.</p> : null
  const title = words.statementOf(formatMonthYear(month))
  const choose = (next: string) => {
    setChosen(next)
    setResidual(null)
    setWithProvider(false)
    setSaved('')
  }
  const save = (format: 'html' | 'csv') =>
    act.run(async () => {
      setSaved('')
      const { text, fileName } = await makeStatement({ month, format, withProvider })
      saveFile([text], fileName, format === 'html' ? 'text/html' : 'text/csv')
      setSaved(words.saved(fileName))
    })
  const tables = <StatementTables month={month} residual={residual} />
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <label htmlFor={id} className="text-xs text-muted">
          {words.month}
        </label>
        <select
          id={id}
          value={month}
          onChange={(event) => choose(event.target.value)}
          className="rounded-md border border-line-strong bg-paper px-2 py-1 text-sm"
        >
          {known.map((each) => (
            <option key={each} value={each}>
              {formatMonthYear(each)}
            </option>
          ))}
        </select>
        <label className="inline-flex items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={withProvider}
            disabled={act.isBusy || isReadOnly}
            onChange={(event) => {
              setWithProvider(event.target.checked)
              setResidual(null)
              if (event.target.checked) void act.run(async () => setResidual(await compareWithAccount(startOf(month))))
            }}
          />
          {words.withProvider}
        </label>
      </div>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Button onClick={() => print()}>
          <Printer aria-hidden="true" className="size-3.5" />
          {words.print}
        </Button>
        <Button disabled={act.isBusy} onClick={() => void save('html')}>
          {words.saveHtml}
        </Button>
        <Button disabled={act.isBusy} onClick={() => void save('csv')}>
          {words.saveCsv}
        </Button>
        <p role="status" className="text-muted">
          {act.isBusy ? words.looking : saved}
        </p>
      </div>
      {act.failure ? (
        <div className="mb-4">
          <FailureNotice {...describeFailure(act.failure)} />
        </div>
      ) : null}
      <article aria-label={title} tabIndex={0} className="overflow-x-auto rounded-lg border border-line px-5 py-4">
        <h3 className="mb-3 text-base font-semibold">{title}</h3>
        {tables}
      </article>
      {createPortal(
        <div data-print="" className="hidden">
          <h1 className="mb-4 text-xl font-semibold">{`Parley: ${title}`}</h1>
          {tables}
        </div>,
        document.body,
      )}
    </>
  )
}

/** The statement of a month, to be read, printed and saved, and the whole ledger as a file. */
export function Statements({ isReadOnly }: { isReadOnly: boolean }) {
  return (
    <PageBody>
      <Panel title={t.spend.statement}>
        <Statement isReadOnly={isReadOnly} />
      </Panel>
      <LedgerFile />
    </PageBody>
  )
}
