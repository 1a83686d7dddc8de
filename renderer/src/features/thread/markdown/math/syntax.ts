import type { TokenizerExtension, Tokens } from 'marked'

/** A formula as it is written. */
export interface Formula {
  raw: string
  tex: string
  isDisplay: boolean
}

/** A formula among the tokens of the lexer. */
export interface MathToken extends Tokens.Generic, Formula {
  type: 'math'
}

/** A longer one is no formula. */
const maxChars = 4_000
/** How far one look for the next formula goes, so that many looks stay cheap. */
const nearChars = 1_000

const looksLikeMoney = /^\d[^\\^_={}+*/<>|]*\s[^\\^_={}+*/<>|]*$/
const isSpace = (char: string | undefined) => char === undefined || char === ' ' || char === '\t' || char === '\n'

/** Where `mark` stands unescaped, before any empty line; -1 when nowhere near. */
function closing(src: string, mark: string, from: number): number {
  const limit = Math.min(src.length, from + maxChars)
  for (let at = from; at < limit; at += 1) {
    if (src.startsWith(mark, at)) return at
    if (src[at] === '\\') at += 1
    else if (src[at] === '\n' && /^\n[ \t]*\n/.test(src.slice(at, at + 80))) return -1
  }
  return -1
}

function between(src: string, open: string, close: string, isDisplay: boolean): Formula | null {
  const end = closing(src, close, open.length)
  if (end === -1) return null
  const tex = src.slice(open.length, end)
  return tex.trim() === '' ? null : { raw: src.slice(0, end + close.length), tex, isDisplay }
}

/**
 * The formula that `src` begins with. A single `$` follows Pandoc's rules: something other than a space follows the
 * opening one and precedes the closing one, and no digit follows that; so `$5 and $10` is money.
 */
function formulaAt(src: string): Formula | null {
  if (src.startsWith('$$')) return between(src, '$$', '$$', true)
  if (src.startsWith('\\(')) return between(src, '\\(', '\\)', false)
  if (src.startsWith('\\[')) return between(src, '\\[', '\\]', true)
  if (src[0] !== '$' || isSpace(src[1])) return null
  const formula = between(src, '$', '$', false)
  if (!formula || isSpace(formula.tex.at(-1)) || /\d/.test(src[formula.raw.length] ?? '')) return null
  return formula.tex.includes('`') || looksLikeMoney.test(formula.tex) ? null : formula
}

/** Formulas replaced by as many harmless characters, so that no emphasis begins or ends inside of them. */
export function maskFormulas(src: string): string {
  let masked = ''
  let from = 0
  for (let at = 0; at < src.length; at += 1) {
    const char = src[at]
    if (char !== '$' && char !== '\\') continue
    const formula = formulaAt(src.slice(at, at + maxChars + 4))
    if (formula) {
      masked += `${src.slice(from, at)}[${'a'.repeat(formula.raw.length - 2)}]`
      from = at + formula.raw.length
      at = from - 1
    } else if (char === '\\') at += 1
  }
  return from === 0 ? src : masked + src.slice(from)
}

const displayStart = /^ {0,3}(?:\$\$|\\\[)/
const displayLine = /\n {0,3}(?:\$\$|\\\[)/
const emptyLine = /\n[ \t]*\n/

/** Everything before the first empty line. */
const untilEmptyLine = (src: string) => {
  const near = src.slice(0, maxChars)
  const end = near.search(emptyLine)
  return end === -1 ? near : near.slice(0, end)
}

const inlineMath: TokenizerExtension = {
  name: 'math',
  level: 'inline',
  start(src) {
    const at = src.slice(0, nearChars).search(/\$|\\[([]/)
    // Not near: the lexer looks again from there.
    return at === -1 ? (src.length > nearChars ? nearChars : undefined) : at
  },
  tokenizer(src) {
    const formula = formulaAt(src)
    return formula ? { type: 'math', ...formula } : undefined
  },
}

/** `isLive`: a formula whose end has not arrived is one already, so that its lines are not taken for a list. */
const blockMath = (isLive: boolean): TokenizerExtension => ({
  name: 'mathBlock',
  level: 'block',
  start(src) {
    const near = src.slice(0, nearChars)
    if (!near.includes('$$') && !near.includes('\\[')) return undefined
    const at = untilEmptyLine(near).search(displayLine)
    return at === -1 ? undefined : at
  },
  tokenizer(src) {
    const indent = displayStart.test(src) ? src.search(/\S/) : -1
    if (indent === -1) return undefined
    const formula = formulaAt(src.slice(indent, indent + maxChars + 4))
    if (formula) {
      const rest = /^[ \t]*(?:\n+|$)/.exec(src.slice(indent + formula.raw.length))
      return rest
        ? { type: 'math', ...formula, raw: src.slice(0, indent + formula.raw.length + rest[0].length) }
        : undefined
    }
    const isUnfinished = isLive && src.length < maxChars && untilEmptyLine(src) === src && !src.trimEnd().endsWith('$$')
    return isUnfinished ? { type: 'unfinishedMath', raw: src } : undefined
  },
})

/** Formulas for the lexer. */
export const mathExtensions = (isLive: boolean): TokenizerExtension[] => [blockMath(isLive), inlineMath]
