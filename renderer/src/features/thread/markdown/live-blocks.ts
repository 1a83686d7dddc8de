import { isVisible, parse, withPlainLineEnds, type Block } from './blocks.ts'

/** The most that is parsed again with every frame; a longer block is plain until the reply ends. */
const maxTailChars = 16_000
/** What is too much to parse is plain, and finished in pieces of about this size. */
const plainChars = 6_000
/** A block this short may still turn out to belong to the one before, such as `-` after a list. */
const undecidedChars = 4

/** The upper bits of the first half of a character beyond 16 bits. */
const highSurrogate = 0b110110

const openFence = /^ {0,3}(`{3,}|~{3,})([^\n`]*)\n/

/** A reply that grows: blocks that are finished stay as they are, and only the last is parsed again. */
export interface LiveBlocks {
  /** The blocks of the text so far. Giving the same text again, or one that was cut back, is fine. */
  advance(text: string): Block[]
}

interface Fence {
  mark: string
  lang: string
  bodyAt: number
  /** Where the search for the closing line goes on. */
  scannedTo: number
}

/** Makes the blocks of an empty reply. */
export function createLiveBlocks(): LiveBlocks {
  let frozen: Block[] = []
  let frozenText = ''
  let fence: Fence | null = null
  let last: { text: string; blocks: Block[] } = { text: '', blocks: [] }

  function freeze(blocks: Block[]) {
    frozen = [...frozen, ...blocks.filter(isVisible)]
    for (const block of blocks) frozenText += block.raw
    fence = null
  }

  /** An open fence is not parsed again: its text only grows. `null` when there is none, or when it closes. */
  function growFence(tail: string): Block | null {
    if (!fence) {
      const match = openFence.exec(tail)
      if (!match?.[1]) return null
      fence = { mark: match[1], lang: (match[2] ?? '').trim(), bodyAt: match[0].length, scannedTo: match[0].length }
    }
    const { mark, lang, bodyAt } = fence
    for (let start = fence.scannedTo; ;) {
      const end = tail.indexOf('\n', start)
      const line = (end === -1 ? tail.slice(start) : tail.slice(start, end)).trim()
      if (line.startsWith(mark) && line === mark.charAt(0).repeat(line.length)) return null
      if (end === -1) break
      start = end + 1
      fence.scannedTo = start
    }
    return { raw: tail, token: { type: 'code', raw: tail, lang, text: tail.slice(bodyAt) }, links: 0, isOpen: true }
  }

  /** The end of what is too much to parse; what comes before it is finished. */
  function plainTail(tail: string): Block[] {
    let rest = tail
    while (rest.length > 2 * plainChars) {
      const at = Math.max(rest.lastIndexOf('\n', plainChars), rest.lastIndexOf(' ', plainChars))
      const cut =
        at > 0 ? at + 1 : rest.charCodeAt(plainChars - 1) >> 10 === highSurrogate ? plainChars - 1 : plainChars
      freeze([{ raw: rest.slice(0, cut), token: null, links: 0 }])
      rest = rest.slice(cut)
    }
    return [{ raw: rest, token: null, links: 0 }]
  }

  function parseTail(tail: string): Block[] {
    const grown = growFence(tail)
    if (grown) return [grown]
    if (tail.length > maxTailChars * 4) return plainTail(tail)
    const blocks = parse(tail, { isLive: true, sourceCount: 0 })
    if (!blocks || blocks.map((block) => block.raw).join('') !== tail) return plainTail(tail)
    let open = blocks.findLastIndex(isVisible)
    if ((blocks[open]?.raw.length ?? 0) < undecidedChars)
      open = blocks.findLastIndex((block, at) => at < open && isVisible(block))
    if (open > 0) {
      freeze(blocks.splice(0, open))
      // To the lexer a fence without its end ends with the text.
      const fenced = blocks.length === 1 && blocks[0]?.token?.type === 'code' ? growFence(blocks[0].raw) : null
      if (fenced) return [fenced]
    }
    const rest = blocks.reduce((sum, block) => sum + block.raw.length, 0)
    return rest > maxTailChars ? plainTail(blocks.map((block) => block.raw).join('')) : blocks.filter(isVisible)
  }

  return {
    advance(given) {
      const text = withPlainLineEnds(given)
      if (text === last.text) return last.blocks
      if (!text.startsWith(frozenText) || text.length < last.text.length) {
        frozen = []
        frozenText = ''
        fence = null
      }
      // What arrives in one piece, such as all of it after a reload, is taken in as if it had arrived bit by bit.
      for (let end = frozenText.length + maxTailChars; end < text.length; end += maxTailChars)
        parseTail(text.slice(frozenText.length, end))
      const tail = parseTail(text.slice(frozenText.length))
      last = { text, blocks: [...frozen, ...tail] }
      return last.blocks
    },
  }
}
