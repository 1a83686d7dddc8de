const openTag = '<|channel>thought'
const bareWord = 'thought\n'
const closeTag = '<channel|>'
/** White space that may stand before a leak; more of it is text. */
const mostSpace = 8

/** What a piece of content turns into. */
export interface Split {
  content: string
  reasoning: string
}

/** Takes the thoughts that leak into the beginning of an answer out of it. */
export interface LeakFilter {
  push: (text: string) => Split
  /** Gives back what was still held. */
  end: () => Split
}

type State = 'start' | 'after-word' | 'thoughts' | 'text'

/**
 * A known fault of the model: `thought` and a line break, or `<|channel>thought … <channel|>`, before the answer, whole or in
 * pieces. The marks are taken out, what stands between them becomes reasoning. At most 25 characters are held back, and
 * only while they may still be a mark.
 */
export function createLeakFilter(): LeakFilter {
  let state: State = 'start'
  let held = ''
  let isFirstThought = true

  function push(text: string): Split {
    if (text === '') return { content: '', reasoning: '' }
    if (state === 'text') return { content: text, reasoning: '' }
    const all = held + text
    held = ''
    if (state === 'start') return start(all)
    return state === 'after-word' ? afterWord(all) : thoughts(all)
  }

  function start(all: string): Split {
    const trimmed = all.trimStart()
    const isLeading = all.length - trimmed.length <= mostSpace
    if (isLeading && trimmed.startsWith(openTag)) return goOn('thoughts', trimmed.slice(openTag.length))
    if (isLeading && trimmed.startsWith(bareWord)) return goOn('after-word', trimmed.slice(bareWord.length))
    if (isLeading && (openTag.startsWith(trimmed) || bareWord.startsWith(trimmed))) return hold(all)
    return asText(all)
  }

  /** With the opening tag swallowed on the way, the closing one may still follow at once. */
  function afterWord(all: string): Split {
    if (all.startsWith(closeTag)) return asText(all.slice(closeTag.length))
    return closeTag.startsWith(all) ? hold(all) : asText(all)
  }

  function thoughts(given: string): Split {
    const all = isFirstThought && given.startsWith('\n') ? given.slice(1) : given
    isFirstThought &&= given === ''
    const close = all.indexOf(closeTag)
    if (close !== -1) {
      state = 'text'
      return { content: all.slice(close + closeTag.length), reasoning: all.slice(0, close) }
    }
    const cut = all.length - partialEnd(all)
    held = all.slice(cut)
    return { content: '', reasoning: all.slice(0, cut) }
  }

  function goOn(next: State, rest: string): Split {
    state = next
    return push(rest)
  }

  function hold(all: string): Split {
    held = all
    return { content: '', reasoning: '' }
  }

  function asText(all: string): Split {
    state = 'text'
    return { content: all, reasoning: '' }
  }

  function end(): Split {
    const rest = held
    held = ''
    return state === 'thoughts' ? { content: '', reasoning: rest } : { content: rest, reasoning: '' }
  }

  return { push, end }
}

/** How many characters at the end of the text may be the beginning of the closing tag. */
function partialEnd(text: string): number {
  for (let length = Math.min(closeTag.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(closeTag.slice(0, length))) return length
  }
  return 0
}
