import { ChevronDown, ChevronUp, WrapText } from 'lucide-react'
import { memo, useState } from 'react'
import { formatCount } from '../../../../text/money.ts'
import { t } from '../../../../text/strings.ts'
import { CopyButton } from '../../../../ui/copy.tsx'
import { IconButton } from '../../../../ui/icon-button.tsx'
import type { Line } from './highlight.ts'
import { languageOf } from './languages.ts'
import { useColours, type Colours } from './use-colours.ts'

/** A block of more lines is folded to the first few when it is opened later. */
const foldedAbove = 40
const foldedLines = 24

const Group = memo(function Group({ lines }: { lines: readonly Line[] }) {
  return lines.map((line, number) => (
    <span key={number}>
      {line.map((run, at) =>
        run.kind === null ? (
          run.text
        ) : (
          <span key={at} className={`code-${run.kind}`}>
            {run.text}
          </span>
        ),
      )}
      {'\n'}
    </span>
  ))
})

/** The first lines of a text, and how many there are. */
function cut(text: string, lines: number): string {
  let end = 0
  for (let line = 0; line < lines; line += 1) {
    const next = text.indexOf('\n', end)
    if (next === -1) return text
    end = next + 1
  }
  return text.slice(0, end)
}

function countLines(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}

function Content({ text, colours, maxLines }: { text: string; colours: Colours; maxLines: number }) {
  const shown: (readonly Line[])[] = []
  let left = maxLines
  for (const group of colours.groups) {
    if (left <= 0) break
    shown.push(group.length > left ? group.slice(0, left) : group)
    left -= group.length
  }
  return (
    <>
      {shown.map((lines, at) => (
        <Group key={at} lines={lines} />
      ))}
      {left > 0 ? (Number.isFinite(left) ? cut(text.slice(colours.chars), left) : text.slice(colours.chars)) : null}
    </>
  )
}

/**
 * Code with its language, copying, wrapping and, when it is long, folding. `isOpen`: its end has not arrived; one that
 * was seen to grow stays unfolded.
 */
export function CodeBlock({ lang, text, isOpen }: { lang: string; text: string; isOpen: boolean }) {
  const written = lang.split(/[\s,{]/)[0] ?? ''
  const colours = useColours(text, languageOf(written), isOpen)
  const [isWrapped, setIsWrapped] = useState(false)
  const [isUnfolded, setIsUnfolded] = useState(isOpen)
  const lines = isOpen ? 0 : countLines(text)
  const isLong = lines > foldedAbove
  const isFolded = isLong && !isUnfolded
  return (
    <div className="code-block" dir="ltr">
      <div className="flex items-center py-0.5 pr-1 pl-3.5 text-xs text-muted">
        <span className="mr-auto truncate">{written === '' ? t.thread.codePlain : written}</span>
        <IconButton
          icon={WrapText}
          label={t.thread.codeWrap}
          aria-pressed={isWrapped}
          className="aria-pressed:text-accent"
          onClick={() => setIsWrapped(!isWrapped)}
        />
        <CopyButton text={text} label={t.thread.codeCopy} copiedLabel={t.thread.copied} />
      </div>
      <pre
        role="group"
        aria-label={t.thread.code}
        tabIndex={0}
        className="overflow-x-auto px-3.5 pb-3 font-mono text-[0.87em] leading-normal -outline-offset-2"
      >
        <code className={isWrapped ? 'whitespace-pre-wrap' : 'whitespace-pre'}>
          <Content text={text} colours={colours} maxLines={isFolded ? foldedLines : Number.POSITIVE_INFINITY} />
        </code>
      </pre>
      {isLong ? (
        <button
          type="button"
          aria-expanded={isUnfolded}
          onClick={() => setIsUnfolded(!isUnfolded)}
          className="flex w-full items-center justify-center gap-1 border-t border-line py-1.5 text-xs text-muted -outline-offset-2 hover:bg-fill hover:text-ink"
        >
          {isFolded ? (
            <ChevronDown aria-hidden="true" className="size-3.5" />
          ) : (
            <ChevronUp aria-hidden="true" className="size-3.5" />
          )}
          {isFolded ? t.thread.codeShowAll(formatCount(lines)) : t.thread.codeShowLess}
        </button>
      ) : null}
    </div>
  )
}
