import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Token } from 'marked'
import { readAddress } from '../../renderer/src/features/thread/markdown/address.ts'
import { finishedBlocks } from '../../renderer/src/features/thread/markdown/blocks.ts'

// What is drawn can be clicked, so it reaches for main; here nobody clicks, and nobody is there.
Object.assign(globalThis, {
  window: { parley: { call: () => new Promise(() => undefined), onEvent: () => undefined } },
})
const { ReplyText } = await import('../../renderer/src/features/thread/markdown/reply-text.tsx')

/** An element of markup, or text. */
type Node = Element | string
interface Element {
  tag: string
  attributes: Record<string, string>
  children: Node[]
}

const voids = new Set(['br', 'hr', 'img', 'input'])
const references: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }
const decode = (text: string) => text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => references[name] ?? '')
const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Reads markup in which every element is closed, as React and the specifications write it. */
function read(markup: string): Node[] {
  const root: Element = { tag: '', attributes: {}, children: [] }
  const open = [root]
  for (const [, text, close, tag = '', attributes = ''] of markup.matchAll(
    /([^<]+)|<(\/?)([a-z][a-z\d]*)((?:\s+[a-zA-Z][\w-]*(?:="[^"]*")?)*)\s*\/?>/g,
  )) {
    const parent = open.at(-1) ?? root
    if (text !== undefined) parent.children.push(decode(text))
    else if (close === '/') open.pop()
    else {
      const pairs = [...attributes.matchAll(/([a-zA-Z][\w-]*)(?:="([^"]*)")?/g)]
      const element = {
        tag,
        attributes: Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decode(value)])),
        children: [],
      }
      parent.children.push(element)
      if (!voids.has(tag)) open.push(element)
    }
  }
  return root.children
}

const textOf = (nodes: readonly Node[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('')

const find = (nodes: readonly Node[], tag: string): Element | undefined => {
  for (const node of nodes) {
    if (typeof node === 'string') continue
    const found = node.tag === tag ? node : find(node.children, tag)
    if (found) return found
  }
  return undefined
}

const element = (tag: string, children: Node[], attributes: Record<string, string> = {}): Element => ({
  tag,
  attributes,
  children,
})

/** A link as Parley offers it. What leads nowhere it would open is its text. */
function link(href: string, children: Node[]): Node[] {
  const address = readAddress(escape(href))
  return address ? [element('link', children, { to: plainAddress(address.url) })] : children
}

/** However it is escaped. */
function plainAddress(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}

const box = (isChecked: boolean) => [isChecked ? '[x] ' : '[ ] ']

/** Markup of a specification, in the terms of a reply. */
function expected(nodes: readonly Node[], isInside = false): Node[] {
  return nodes.flatMap((node): Node[] => {
    if (typeof node === 'string') return [node]
    const { tag, attributes } = node
    const children = expected(node.children, isInside || tag === 'li' || tag === 'blockquote')
    if (tag === 'a') return link(attributes['href'] ?? '', children)
    if (tag === 'img') {
      const alt = attributes['alt'] ?? ''
      return link(attributes['src'] ?? '', [alt === '' ? 'Image' : `Image: ${alt}`])
    }
    // Inside a list or a quotation it is no heading of the reply.
    if (/^h\d$/.test(tag) && isInside) return [element('p', [element('strong', children)])]
    if (tag === 'pre') {
      const code = find(node.children, 'code')
      const lang = (code?.attributes['class'] ?? '').replace(/^language-/, '')
      return [element('pre', [textOf(node.children)], { lang: lang === '' ? 'text' : lang })]
    }
    if (tag === 'input') return box('checked' in attributes)
    if (tag === 'ol') return [element('ol', children, { start: attributes['start'] ?? '1' })]
    if (tag === 'td' || tag === 'th') {
      const { align } = attributes
      return [element(tag, children, align === undefined || align === 'left' ? {} : { align })]
    }
    return [element(tag, children)]
  })
}

/** Markup of a reply, without its controls. */
function drawn(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node): Node[] => {
    if (typeof node === 'string') return [node]
    const { tag, attributes } = node
    const look = attributes['class'] ?? ''
    if (tag === 'button' || tag === 'svg') return []
    if (look === 'code-block') {
      const label = find(node.children, 'span')
      return [
        element('pre', [textOf(find(node.children, 'pre')?.children ?? [])], { lang: textOf(label?.children ?? []) }),
      ]
    }
    if (look === 'table-frame') return drawn([find(node.children, 'table') ?? ''])
    const children = drawn(node.children)
    if (attributes['role'] === 'heading') return [element(`h${attributes['data-depth']}`, children)]
    if (attributes['role'] === 'link')
      return [element('link', children, { to: plainAddress(attributes['data-address'] ?? '') })]
    if (tag === 'span' || look === 'reply' || look === 'reply-part') return children
    if (tag === 'input') return box('checked' in attributes)
    if (tag === 'ol') return [element('ol', children, { start: attributes['start'] ?? '1' })]
    const align = /align-(\w+)/.exec(look)?.[1]
    return [element(tag, children, align === undefined ? {} : { align })]
  })
}

const blocks = new Set('p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr table thead tbody tr th td'.split(' '))
const isBlock = (node: Node | undefined) => node === undefined || (typeof node !== 'string' && blocks.has(node.tag))
const isBreak = (node: Node | undefined) => typeof node === 'object' && node.tag === 'br'

/** One line per structure, without the white space that a browser does not draw. */
function print(nodes: readonly Node[], isFormatted = false): string {
  const joined: Node[] = []
  for (const node of nodes) {
    const last = joined.at(-1)
    if (typeof node === 'string' && typeof last === 'string') joined[joined.length - 1] = last + node
    else joined.push(node)
  }
  const isEdge = (node: Node | undefined) => isBlock(node) || isBreak(node)
  return joined
    .map((node, at) => {
      if (typeof node === 'string') {
        if (isFormatted) return JSON.stringify(node.replace(/\n+$/, ''))
        let text = node.replace(/\s+/g, ' ')
        if (isEdge(joined[at - 1])) text = text.replace(/^ /, '')
        if (isEdge(joined[at + 1])) text = text.replace(/ $/, '')
        return text === '' ? '' : JSON.stringify(text)
      }
      const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}=${value}`)
      const inner = print(node.children, node.tag === 'pre')
      return `<${node.tag}${attributes.join('')}>${inner}</${node.tag}>`
    })
    .join('')
}

function rawHtml(tokens: readonly Token[]): { raw: string; isBlock: boolean }[] {
  return tokens.flatMap((token): { raw: string; isBlock: boolean }[] => {
    if (token.type === 'html') return [{ raw: token.raw, isBlock: token['block'] === true }]
    const inner = [...((token as { tokens?: Token[] }).tokens ?? []), ...((token as { items?: Token[] }).items ?? [])]
    return rawHtml(inner)
  })
}

/** Parley shows raw HTML as it is written; a specification hands it through. */
function withRawHtmlShown(html: string, markdown: string): string {
  const tokens = (finishedBlocks(markdown) ?? []).flatMap(({ token }) => token ?? [])
  let done = ''
  let rest = html
  for (const { raw, isBlock: isWhole } of rawHtml(tokens)) {
    const text = raw.trim()
    const at = rest.indexOf(text)
    if (at === -1) continue
    done += rest.slice(0, at) + (isWhole ? `<p>${escape(text)}</p>` : escape(text))
    rest = rest.slice(at + text.length)
  }
  return done + rest
}

/** What a specification expects of a text, as `drawnStructure` has it. */
export const expectedStructure = (markdown: string, html: string): string =>
  print(expected(read(withRawHtmlShown(html, markdown))))

/** What Parley draws of a text: the React tree of a whole reply, as elements and text. */
export const drawnStructure = (markdown: string): string =>
  print(drawn(read(renderToStaticMarkup(createElement(ReplyText, { text: markdown, isGrowing: false })))))
