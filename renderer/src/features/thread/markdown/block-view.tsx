import type { Token, Tokens } from 'marked'
import { Fragment, memo, type ReactNode } from 'react'
import { t } from '../../../text/strings.ts'
import type { Block } from './blocks.ts'
import { CodeBlock } from './code-block.tsx'
import { inlineNodes } from './inline.tsx'

const alignClass = { left: undefined, right: 'align-right', center: 'align-center' } as const

function Heading({ token, level }: { token: Tokens.Heading; level: number }) {
  const content = inlineNodes(token.tokens)
  // Inside a list or a quotation it is no heading of the reply.
  if (level === 0)
    return (
      <p dir="auto">
        <strong>{content}</strong>
      </p>
    )
  return (
    <div role="heading" aria-level={level} data-depth={token.depth} dir="auto">
      {content}
    </div>
  )
}

function List({ token }: { token: Tokens.List }) {
  const items = token.items.map((item, at) => (
    <li key={at} className={item.task ? 'task' : undefined}>
      {item.task ? (
        <input
          type="checkbox"
          checked={item.checked ?? false}
          readOnly
          disabled
          aria-label={item.checked ? t.thread.taskDone : t.thread.taskOpen}
        />
      ) : null}
      {blockNodes(item.tokens, item.loose)}
    </li>
  ))
  if (!token.ordered) return <ul>{items}</ul>
  return <ol start={token.start === '' ? 1 : token.start}>{items}</ol>
}

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

function Table({ token }: { token: Tokens.Table }) {
  return (
    <div className="table-scroll" role="group" aria-label={t.thread.table} tabIndex={0}>
      <table>
        <thead>
          <Cells cells={token.header} as="th" />
        </thead>
        <tbody>
          {token.rows.map((row, at) => (
            <Cells key={at} cells={row} as="td" />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function blockNode(token: Token, isLoose: boolean, level = 0): ReactNode {
  switch (token.type) {
    case 'paragraph':
      return <p dir="auto">{inlineNodes(token.tokens)}</p>
    case 'text':
      // The text of a tight list item has no paragraph around it.
      return isLoose ? <p dir="auto">{inlineNodes([token])}</p> : inlineNodes([token])
    case 'heading':
      return <Heading token={token as Tokens.Heading} level={level} />
    case 'code':
      return <CodeBlock lang={(token as Tokens.Code).lang ?? ''} text={(token as Tokens.Code).text} />
    case 'list':
      return <List token={token as Tokens.List} />
    case 'table':
      return <Table token={token as Tokens.Table} />
    case 'blockquote':
      return <blockquote dir="auto">{blockNodes((token as Tokens.Blockquote).tokens, true)}</blockquote>
    case 'hr':
      return <hr />
    case 'space':
    case 'def':
    case 'checkbox':
      return null
    case 'html':
      return <p className="whitespace-pre-wrap">{token.raw}</p>
    default:
      return inlineNodes([token])
  }
}

function blockNodes(tokens: readonly Token[], isLoose: boolean): ReactNode {
  return tokens.map((token, at) => <Fragment key={at}>{blockNode(token, isLoose)}</Fragment>)
}

/** One block; drawn again only when its text or the links known to it change. */
export const BlockView = memo(
  function BlockView({ block, level }: { block: Block; level: number }) {
    if (!block.token) return <p className="whitespace-pre-wrap">{block.raw}</p>
    return blockNode(block.token, true, level)
  },
  (before, after) =>
    before.level === after.level &&
    before.block.raw === after.block.raw &&
    before.block.links === after.block.links &&
    (before.block.token === null) === (after.block.token === null),
)
