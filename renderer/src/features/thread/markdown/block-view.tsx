import type { Token, Tokens } from 'marked'
import { Fragment, memo, type ReactNode } from 'react'
import { t } from '../../../text/strings.ts'
import { alertOf, AlertView } from './alerts.tsx'
import type { Block } from './blocks.ts'
import { CodeBlock } from './code/code-block.tsx'
import { directionOf } from './direction.ts'
import { decodeEntities } from './entities.ts'
import type { Footnote } from './footnotes.ts'
import { inlineNodes } from './inline.tsx'
import { Note } from './notes.tsx'
import { withoutSourceMarks } from './source-marks.ts'
import { Table } from './table.tsx'

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
    <li key={at} dir="auto" className={item.task ? 'task' : undefined}>
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
  const dir = directionOf(token.raw)
  if (!token.ordered) return <ul dir={dir}>{items}</ul>
  return (
    <ol dir={dir} start={token.start === '' ? 1 : token.start}>
      {items}
    </ol>
  )
}

function blockNode(token: Token, isLoose: boolean, level = 0, isOpen = false): ReactNode {
  switch (token.type) {
    case 'paragraph':
      return <p dir="auto">{inlineNodes(token.tokens)}</p>
    case 'text':
      // The text of a tight list item has no paragraph around it.
      return isLoose ? <p dir="auto">{inlineNodes([token])}</p> : inlineNodes([token])
    case 'heading':
      return <Heading token={token as Tokens.Heading} level={level} />
    case 'code':
      return (
        <CodeBlock
          lang={decodeEntities((token as Tokens.Code).lang ?? '')}
          text={withoutSourceMarks((token as Tokens.Code).text)}
          isOpen={isOpen}
        />
      )
    case 'list':
      return <List token={token as Tokens.List} />
    case 'table':
      return <Table token={token as Tokens.Table} />
    case 'blockquote': {
      const alert = alertOf(token as Tokens.Blockquote)
      if (alert)
        return (
          <AlertView kind={alert.kind} dir={directionOf(token.raw.replace(/\[!\w+\]/, ''))}>
            {blockNodes(alert.tokens, true)}
          </AlertView>
        )
      return (
        <blockquote dir={directionOf(token.raw)}>{blockNodes((token as Tokens.Blockquote).tokens, true)}</blockquote>
      )
    }
    case 'hr':
      return <hr />
    case 'space':
    case 'def':
    case 'checkbox':
      return null
    case 'footnote': {
      const { number, label, tokens } = token as Footnote
      return (
        <Note number={number} label={label}>
          {blockNodes(tokens ?? [], true)}
        </Note>
      )
    }
    case 'unfinishedMath':
    case 'html':
      return <p className="whitespace-pre-wrap">{withoutSourceMarks(token.raw)}</p>
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
    return blockNode(block.token, true, level, block.isOpen)
  },
  (before, after) =>
    before.level === after.level &&
    before.block.raw === after.block.raw &&
    before.block.links === after.block.links &&
    before.block.isOpen === after.block.isOpen &&
    (before.block.token === null) === (after.block.token === null),
)
