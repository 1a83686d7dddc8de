import type { Citation } from '../../../../../electron/contract/routes/conversations.ts'
import { Component, memo, useState, useSyncExternalStore, type ReactNode } from 'react'
import { t } from '../../../text/strings.ts'
import { BlockView } from './block-view.tsx'
import { finishedBlocks, type Block } from './blocks.ts'
import { dropDangling } from './dangling.ts'
import { entities } from './entities.ts'
import type { Footnote } from './footnotes.ts'
import { createLiveBlocks } from './live-blocks.ts'
import { createParts, type Part } from './parts.ts'
import { PlainText } from './plain-text.tsx'
import { sourcesOf, withSourceMarks } from './source-marks.ts'

/** A message that breaks the drawing is shown as plain text, and nothing around it suffers. */
class Fallback extends Component<{ text: string; children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override render() {
    return this.state.isBroken ? <PlainText text={this.props.text} note={t.thread.brokenText} /> : this.props.children
  }
}

const isNote = (block: Block) => block.token?.type === 'footnote'
const numberOf = ({ token }: Block) => (token as Footnote).number ?? Number.MAX_SAFE_INTEGER
const byNumber = (one: Block, other: Block) => numberOf(one) - numberOf(other)

const PartView = memo(function PartView({ part, isAtRest }: { part: Part; isAtRest: boolean }) {
  return (
    <div className="reply-part" data-rest={isAtRest ? '' : undefined}>
      {part.blocks.map((block, at) =>
        isNote(block) ? null : <BlockView key={at} block={block} level={part.levels[at] ?? 0} />,
      )}
    </div>
  )
})

/** `hasGrown`: all but its end has been drawn in the view, so that what is out of it need not be laid out again. */
function Blocks({ blocks, hasGrown }: { blocks: readonly Block[]; hasGrown: boolean }) {
  const [cut] = useState(createParts)
  const parts = cut.of(blocks)
  const notes = blocks.filter(isNote).toSorted(byNumber)
  return (
    <div className="reply" dir="auto">
      {parts.map((part, at) => (
        <PartView key={at} part={part} isAtRest={hasGrown && at < parts.length - 1} />
      ))}
      {notes.length === 0 ? null : (
        <ol className="notes" aria-label={t.thread.notes}>
          {notes.map((block) => (
            <BlockView key={block.raw} block={block} level={0} />
          ))}
        </ol>
      )}
    </div>
  )
}

/** How a reply is read. */
interface ReplyTextProps {
  text: string
  isGrowing: boolean
  /** It broke off: what had only just begun is not drawn. */
  isCut?: boolean
  /** Known once it is whole. */
  citations?: readonly Citation[]
}

function wholeBlocks(text: string, isCut: boolean, citations: readonly Citation[]): Block[] | null {
  const blocks = finishedBlocks(withSourceMarks(text, citations), sourcesOf(citations).length)
  return blocks && isCut ? dropDangling(blocks) : blocks
}

const noCitations: readonly Citation[] = []

function Formatted({ text, isGrowing, isCut = false, citations = noCitations }: ReplyTextProps) {
  const [live] = useState(createLiveBlocks)
  const [hasGrown] = useState(isGrowing)
  const blocks = isGrowing ? live.advance(text) : wholeBlocks(text, isCut, citations)
  return blocks ? <Blocks blocks={blocks} hasGrown={hasGrown} /> : <PlainText text={text} note={t.thread.plainText} />
}

/** The text of a reply, formatted. While it grows, only its end is parsed again; once it is whole, all of it once. */
export function ReplyText(props: ReplyTextProps) {
  const { text, citations } = props
  // Once: what was drawn with a name that is rare is drawn anew.
  const areNamesKnown = useSyncExternalStore(entities.subscribe, entities.areKnown, entities.areKnown)
  return (
    <Fallback text={text}>
      <Formatted key={`${areNamesKnown}/${citations?.length ?? 0}`} {...props} />
    </Fallback>
  )
}
