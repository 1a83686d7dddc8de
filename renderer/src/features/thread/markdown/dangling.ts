import type { Token, Tokens } from 'marked'
import type { Block } from './blocks.ts'

function withoutDangling(token: Token): Token | null {
  if (token.type === 'heading') return (token as Tokens.Heading).text.trim() === '' ? null : token
  if (token.type !== 'list') return token
  const list = token as Tokens.List
  const last = list.items.at(-1)
  if (!last) return null
  const before = list.items.slice(0, -1)
  if (last.text.trim() === '') return before.length === 0 ? null : { ...list, items: before }
  const inner = last.tokens.at(-1)
  const kept = inner && withoutDangling(inner)
  if (!inner || kept === inner) return token
  const tokens = [...last.tokens.slice(0, -1), ...(kept ? [kept] : [])]
  return { ...list, items: [...before, { ...last, tokens }] }
}

/** The blocks of a reply that broke off, without a list item or a heading that had only just begun. */
export function dropDangling(blocks: Block[]): Block[] {
  const last = blocks.at(-1)
  if (!last?.token) return blocks
  const token = withoutDangling(last.token)
  if (token === last.token) return blocks
  return token ? [...blocks.slice(0, -1), { ...last, token }] : blocks.slice(0, -1)
}
