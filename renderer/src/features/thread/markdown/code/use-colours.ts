import { useEffect, useState } from 'react'
import { createBoundedCache } from '../bounded-cache.ts'
import { later, pieceMs, tryNow } from '../slices.ts'
import { createHighlighter, isTooLarge, type Highlighter, type Line } from './highlight.ts'
import { highlighterFor, loadLanguage } from './languages.ts'

/** How a code block is coloured so far. */
export interface Colours {
  groups: readonly (readonly Line[])[]
  /** How much of the text the groups stand for; what follows is plain. */
  chars: number
  next: 'done' | 'work' | 'load'
}

const plain: Colours = { groups: [], chars: 0, next: 'done' }
const whole = createBoundedCache<Colours>(400_000)

interface Code {
  /** What can be shown now. */
  read(text: string, language: string | null, isOpen: boolean, turn: number): Colours
  /** `true`: nothing is left to do. */
  work(ms: number): boolean
}

/** The colours of one block of code that may grow. */
export function createCode(): Code {
  let highlighter: Highlighter | null = null
  let held = { text: '', language: '', isOpen: true }
  let isDone = false
  let shown = plain

  function work(ms: number): boolean {
    if (!highlighter || isDone) return true
    isDone = highlighter.advance(held.text, !held.isOpen, ms)
    shown = { groups: highlighter.groups(), chars: highlighter.chars(), next: isDone ? 'done' : 'work' }
    if (isDone && !held.isOpen) whole.set(`${held.language}\n${held.text}`, shown)
    return isDone
  }

  return {
    work,
    read(text, language, isOpen) {
      if (language === null || isTooLarge(text)) return plain
      const known = isOpen ? undefined : whole.get(`${language}\n${text}`)
      if (known) return known
      const hljs = highlighterFor(language)
      if (!hljs) return { ...plain, next: 'load' }
      // What was whole has no line to go on with.
      const hasGrown = text !== held.text && text.startsWith(held.text) && held.isOpen
      if (!highlighter || language !== held.language || (text !== held.text && !hasGrown)) {
        highlighter = createHighlighter(hljs, language)
        shown = plain
      } else if (text === held.text && isOpen === held.isOpen) return shown
      held = { text, language, isOpen }
      isDone = false
      if (!tryNow(() => work(pieceMs))) shown = { ...shown, next: 'work' }
      return shown
    },
  }
}

/** The colours of a code block. What takes longer than a moment comes in later tasks; until then it is plain. */
export function useColours(text: string, language: string | null, isOpen: boolean): Colours {
  const [code] = useState(createCode)
  const [turn, setTurn] = useState(0)
  const colours = code.read(text, language, isOpen, turn)
  const { next } = colours
  useEffect(() => {
    if (next === 'done' || language === null) return
    let isAlive = true
    const again = () => {
      if (isAlive) setTurn((count) => count + 1)
    }
    // A language that does not load leaves the code plain.
    if (next === 'load') void loadLanguage(language).then(again, () => undefined)
    let cancel: (() => void) | null = null
    const work = () => {
      const isDone = code.work(pieceMs)
      again()
      if (!isDone) cancel = later(work)
    }
    if (next === 'work') cancel = later(work)
    return () => {
      isAlive = false
      cancel?.()
    }
  }, [code, language, next])
  return colours
}
