import { Component, useState, type ReactNode } from 'react'
import { t } from '../../../text/strings.ts'
import { BlockView } from './block-view.tsx'
import { finishedBlocks, headingLevels, type Block } from './blocks.ts'
import { createLiveBlocks } from './live-blocks.ts'
import { PlainText } from './plain-text.tsx'

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

function Blocks({ blocks }: { blocks: readonly Block[] }) {
  const levels = headingLevels(blocks)
  return (
    <div className="reply" dir="auto">
      {blocks.map((block, at) => (
        <BlockView key={at} block={block} level={levels[at] ?? 0} />
      ))}
    </div>
  )
}

function Formatted({ text, isGrowing }: { text: string; isGrowing: boolean }) {
  const [live] = useState(createLiveBlocks)
  const blocks = isGrowing ? live.advance(text) : finishedBlocks(text)
  return blocks ? <Blocks blocks={blocks} /> : <PlainText text={text} note={t.thread.plainText} />
}

/** The text of a reply, formatted. While it grows, only its end is parsed again; once it is whole, all of it once. */
export function ReplyText({ text, isGrowing }: { text: string; isGrowing: boolean }) {
  return (
    <Fallback text={text}>
      <Formatted text={text} isGrowing={isGrowing} />
    </Fallback>
  )
}
