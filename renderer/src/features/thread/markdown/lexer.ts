import { Lexer, Marked, type TokensList } from 'marked'
import { footnoteExtensions, footnoteNumber, type Footnote } from './footnotes.ts'
import { maskFormulas, mathExtensions } from './math/syntax.ts'

const make = (isLive: boolean) =>
  new Marked({
    extensions: [...mathExtensions(isLive), ...footnoteExtensions],
    hooks: { emStrongMask: maskFormulas },
  }).defaults

const whole = make(false)
const live = make(true)

/** The tokens of a text. `isLive`: its end has not arrived. */
export function lex(text: string, isLive: boolean): TokensList {
  const lexer = new Lexer({ ...(isLive ? live : whole) })
  const tokens = lexer.lex(text)
  for (const token of tokens)
    if (token.type === 'footnote') (token as Footnote).number = footnoteNumber(lexer, (token as Footnote).label)
  return tokens
}
