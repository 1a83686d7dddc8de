import { Sheet } from 'lucide-react'
import type { Tokens } from 'marked'
import { t } from '../../../text/strings.ts'
import { CopyButton } from '../../../ui/copy.tsx'
import { tableCsv } from './csv.ts'
import { directionOf } from './direction.ts'
import { inlineNodes } from './inline.tsx'

const alignClass = { left: undefined, right: 'align-right', center: 'align-center' } as const

function Cells({ cells, as: Cell }: { cells: Tokens.TableCell[]; as: 'th' | 'td' }) {
  return (
    <tr>
      {cells.map((cell, at) => (
        <Cell key={at} dir="auto" className={cell.align ? alignClass[cell.align] : undefined}>
          {inlineNodes(cell.tokens)}
        </Cell>
      ))}
    </tr>
  )
}

/** A table, scrolled with the arrow keys where it is wide, and copied as CSV. */
export function Table({ token }: { token: Tokens.Table }) {
  return (
    <div className="table-frame">
      <div className="table-scroll" role="group" aria-label={t.thread.table} tabIndex={0}>
        <table dir={directionOf(token.raw)}>
          <thead>
            <Cells cells={token.header} as="th" />
          </thead>
          {token.rows.length === 0 ? null : (
            <tbody>
              {token.rows.map((row, at) => (
                <Cells key={at} cells={row} as="td" />
              ))}
            </tbody>
          )}
        </table>
      </div>
      <CopyButton
        className="table-copy"
        icon={Sheet}
        text={() => tableCsv(token)}
        label={t.thread.tableCopy}
        copiedLabel={t.thread.copied}
      />
    </div>
  )
}
