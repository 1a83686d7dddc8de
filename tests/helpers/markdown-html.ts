import type { Token, Tokens } from 'marked'
import type { Block } from '../../renderer/src/features/thread/markdown/blocks.ts'
import { decodeEntities } from '../../renderer/src/features/thread/markdown/entities.ts'

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function address(href: string): string {
  const text = decodeEntities(href)
  try {
    return escape(encodeURI(text).replaceAll('%25', '%'))
  } catch {
    return escape(text)
  }
}

const title = (text: string | null | undefined) => (text ? ` title="${escape(decodeEntities(text))}"` : '')

function plain(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'image') return plain((token as Tokens.Image).tokens)
      if ('tokens' in token && token.tokens) return plain(token.tokens)
      return token.type === 'text' ? decodeEntities((token as Tokens.Text).text) : ((token as Tokens.Text).text ?? '')
    })
    .join('')
}

function inline(tokens: readonly Token[] | undefined): string {
  return (tokens ?? [])
    .map((token) => {
      switch (token.type) {
        case 'strong':
        case 'em':
        case 'del':
          return `<${token.type}>${inline(token.tokens)}</${token.type}>`
        case 'codespan':
          return `<code>${escape((token as Tokens.Codespan).text)}</code>`
        case 'br':
          return '<br />\n'
        case 'link': {
          const link = token as Tokens.Link
          return `<a href="${address(link.href)}"${title(link.title)}>${inline(link.tokens)}</a>`
        }
        case 'image': {
          const image = token as Tokens.Image
          return `<img src="${address(image.href)}" alt="${escape(plain(image.tokens))}"${title(image.title)} />`
        }
        case 'escape':
          return escape((token as Tokens.Escape).text)
        case 'text': {
          const text = token as Tokens.Text
          return text.tokens ? inline(text.tokens) : escape(decodeEntities(text.text))
        }
        case 'checkbox':
          return ''
        default:
          return token.raw
      }
    })
    .join('')
}

function item(token: Tokens.ListItem): string {
  const inner = token.tokens.map((each) => {
    if (each.type !== 'text') return block(each)
    return token.loose ? `<p>${inline([each])}</p>\n` : inline([each])
  })
  let html = ''
  for (const piece of inner) html += (html !== '' && !html.endsWith('\n') && piece !== '' ? '\n' : '') + piece
  const first = token.tokens.find((each) => each.type !== 'space' && each.type !== 'checkbox')
  const startsInline = first === undefined || (first.type === 'text' && !token.loose)
  return `<li>${html === '' || startsInline ? '' : '\n'}${html}</li>\n`
}

function block(token: Token): string {
  switch (token.type) {
    case 'paragraph':
      return `<p>${inline(token.tokens)}</p>\n`
    case 'text':
      return `${inline([token])}\n`
    case 'heading':
      return `<h${(token as Tokens.Heading).depth}>${inline(token.tokens)}</h${(token as Tokens.Heading).depth}>\n`
    case 'code': {
      const { lang, text } = token as Tokens.Code
      const name = decodeEntities((lang ?? '').split(/\s/)[0] ?? '')
      const end = text === '' || text.endsWith('\n') ? '' : '\n'
      return `<pre><code${name === '' ? '' : ` class="language-${escape(name)}"`}>${escape(text)}${end}</code></pre>\n`
    }
    case 'list': {
      const list = token as Tokens.List
      const tag = list.ordered ? 'ol' : 'ul'
      const start = list.ordered && list.start !== 1 ? ` start="${list.start}"` : ''
      return `<${tag}${start}>\n${list.items.map(item).join('')}</${tag}>\n`
    }
    case 'blockquote':
      return `<blockquote>\n${((token as Tokens.Blockquote).tokens ?? []).map(block).join('')}</blockquote>\n`
    case 'hr':
      return '<hr />\n'
    case 'space':
    case 'def':
      return ''
    default:
      return token.raw
  }
}

/** Blocks as the HTML that specifications write their examples in. For comparing only: the page makes no HTML. */
export const blocksHtml = (blocks: readonly Block[]): string =>
  blocks.map(({ token, raw }) => (token ? block(token) : escape(raw))).join('')
