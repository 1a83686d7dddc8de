import type { Token, Tokens } from 'marked'
import { decodeEntities } from './entities.ts'

/** What inline tokens say, without their marks. */
export function inlineText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'br') return '\n'
      if (token.type === 'math') return token.raw.trim()
      if ('tokens' in token && token.tokens) return inlineText(token.tokens)
      if (token.type === 'codespan' || token.type === 'escape') return (token as Tokens.Codespan).text
      if (token.type === 'text' || token.type === 'image') return decodeEntities((token as Tokens.Text).text)
      return token.raw
    })
    .join('')
}
