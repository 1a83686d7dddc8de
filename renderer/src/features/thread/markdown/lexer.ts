import { Lexer, Marked, type TokensList } from 'marked'
import { footnoteExtensions, footnoteNumber, type Footnote } from './footnotes.ts'
import { maskFormulas, mathExtensions } from './math/syntax.ts'
import { sourceMarkExtension } from './source-marks.ts'

const make = (isLive: boolean, sourceCount = 0) =>
  new Marked({
    extensions: [
      ...mathExtensions(isLive),
      ...footnoteExtensions,
      ...(sourceCount > 0 ? [sourceMarkExtension(sourceCount)] : []),
    ],
    hooks: { emStrongMask: maskFormulas },
  }).defaults

const whole = make(false)
const live = make(true)

/** What a text is part of: whether its end has not arrived, and how many sources its reply has. */
export interface LexContext {
  isLive: boolean
  sourceCount: number
}

/** The tokens of a text. */
export function lex(text: string, { isLive, sourceCount }: LexContext): TokensList {
  const lexer = new Lexer({ ...(sourceCount > 0 ? make(isLive, sourceCount) : isLive ? live : whole) })
  const tokens = lexer.lex(text)
  for (const token of tokens)
    if (token.type === 'footnote') (token as Footnote).number = footnoteNumber(lexer, (token as Footnote).label)
  return tokens
}
