import type { HLJSApi } from 'highlight.js'
import type { Run, RunEmitter } from './tokens.ts'

/** One line of code without its end. */
export type Line = readonly Run[]

/** Beyond these nothing is coloured: a grammar could take too long. */
const maxLineChars = 2_000
const maxChars = 100_000
/** How many finished lines are handed to the grammar at once. */
const stepLines = 60
/** A comment or string longer than this is coloured in parts. */
const maxOpenChars = 6_000
/** Lines that are drawn as one piece, which is not compared again once it is full. */
const groupLines = 40

/** Lines of code as they are coloured, in groups that keep their identity once they are full. */
export interface Highlighter {
  /** Colours more of the finished lines of `text`, which only grows, for at most `ms`. `true`: everything is. */
  advance(text: string, isWhole: boolean, ms: number): boolean
  groups(): readonly (readonly Line[])[]
  /** How much of the text the groups stand for. */
  chars(): number
}

/** Splits runs where lines end. */
function linesOf(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]]
  for (const { text, kind } of runs) {
    for (const [at, piece] of text.split('\n').entries()) {
      if (at > 0) lines.push([])
      if (piece !== '') lines.at(-1)?.push({ text: piece, kind })
    }
  }
  return lines
}

/** Whether a text is coloured at all. */
export const isTooLarge = (text: string): boolean => text.length > maxChars

/**
 * Colours a text that may still grow. Only finished lines are looked at, and each once: a step ends where the grammar is
 * in no comment, string or the like, and the next begins there.
 */
export function createHighlighter(hljs: HLJSApi, language: string): Highlighter {
  let done: Line[][] = []
  let doneChars = 0
  /** Lines that end inside of something, such as a comment: shown, and looked at again with the next. */
  let waiting: Line[] = []
  let waitingChars = 0

  function add(lines: Line[]) {
    const groups = done.slice()
    for (const line of lines) {
      const last = groups.at(-1)
      if (!last || last.length >= groupLines) groups.push([line])
      else groups[groups.length - 1] = [...last, line]
    }
    done = groups
  }

  function colour(piece: string): { lines: Line[]; isInside: boolean } {
    const { _emitter: emitter, _top: top } = hljs.highlight(piece, { language, ignoreIllegals: true })
    const { runs } = emitter as RunEmitter
    const isInside = top !== undefined && 'parent' in top && top.parent !== undefined
    // A grammar that fails half-way must not lose text.
    const isComplete = runs.reduce((sum, run) => sum + run.text.length, 0) === piece.length
    const lines = linesOf(isComplete ? runs : [{ text: piece, kind: null }])
    if (piece.endsWith('\n')) lines.pop()
    return { lines, isInside }
  }

  /** Where a step of the text from `doneChars` ends; `doneChars` when no line is finished. */
  function stepEnd(text: string, isWhole: boolean): number {
    let end = Math.max(doneChars, waitingChars)
    for (let lines = 0; lines < stepLines; lines += 1) {
      const next = text.indexOf('\n', end)
      if (next === -1) return isWhole ? text.length : end
      end = next + 1
    }
    return end
  }

  function step(text: string, isWhole: boolean): boolean {
    const end = stepEnd(text, isWhole)
    if (end <= Math.max(doneChars, waitingChars)) return false
    const piece = text.slice(doneChars, end)
    const body = piece.endsWith('\n') ? piece.slice(0, -1) : piece
    if (body.split('\n').some((line) => line.length > maxLineChars)) {
      add(body.split('\n').map((line) => [{ text: line, kind: null }]))
    } else {
      const { lines, isInside } = colour(piece)
      if (isInside && !(isWhole && end === text.length) && piece.length < maxOpenChars) {
        waiting = lines
        waitingChars = end
        return true
      }
      add(lines)
    }
    doneChars = end
    waiting = []
    waitingChars = 0
    return true
  }

  return {
    advance(text, isWhole, ms) {
      const deadline = performance.now() + ms
      while (doneChars < text.length) {
        if (!step(text, isWhole)) break
        if (performance.now() > deadline) return doneChars >= text.length
      }
      return true
    },
    groups: () => (waiting.length === 0 ? done : [...done, waiting]),
    chars: () => Math.max(doneChars, waitingChars),
  }
}
