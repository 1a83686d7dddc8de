import type { Token, Tokens } from 'marked'
import { isDrawable, isWithinBudget } from './budget.ts'
import { lex, type LexContext } from './lexer.ts'

/** One block of a reply, in order. The same `raw` and `links` draw the same. */
export interface Block {
  raw: string
  /** `null`: shown as plain text. */
  token: Token | null
  /** How many link definitions were known when it was parsed. */
  links: number
  /** A fence whose end has not arrived. */
  isOpen?: true
}

/** Parses a text; `null` when it is beyond the budget or the lexer gives up. */
export function parse(text: string, context: LexContext): Block[] | null {
  if (!isWithinBudget(text)) return null
  try {
    const tokens = lex(text, context)
    if (!isDrawable(tokens)) return null
    const links = Object.keys(tokens.links).length
    return tokens.map((token) => ({ raw: token.raw, token, links }))
  } catch {
    return null
  }
}

/** Line ends as the lexer has them. */
export const withPlainLineEnds = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text)

/** Whether a block draws anything. */
export const isVisible = (block: Block): boolean =>
  block.token === null ? block.raw !== '' : block.token.type !== 'space' && block.token.type !== 'def'

/** The blocks of a text that will not grow any more; `null`: show it as plain text. */
export const finishedBlocks = (text: string, sourceCount = 0): Block[] | null =>
  parse(withPlainLineEnds(text), { isLive: false, sourceCount })?.filter(isVisible) ?? null

/**
 * The level of each heading for assistive technology, `0` for other blocks: below the page's own first level and
 * without leaps, whatever levels the model chose. `open` are the depths of the headings these blocks stand below; it is
 * left as those that follow stand below.
 */
export function headingLevels(blocks: readonly Block[], open: number[] = []): number[] {
  return blocks.map(({ token }) => {
    if (token?.type !== 'heading') return 0
    const { depth } = token as Tokens.Heading
    while ((open.at(-1) ?? 0) >= depth) open.pop()
    open.push(depth)
    return Math.min(6, open.length + 1)
  })
}
