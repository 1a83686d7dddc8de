/** What may appear in a copy with formatting; everything else is replaced by what is inside it. */
const allowed = new Set(
  'P,UL,OL,LI,BLOCKQUOTE,PRE,CODE,TABLE,THEAD,TBODY,TR,TH,TD,STRONG,EM,DEL,S,SUB,SUP,HR,BR'.split(','),
)
const empty = new Set(['HR', 'BR'])
/** Controls of the page are no part of a message. */
const leftOut = 'button, input, svg, style, script, [aria-hidden="true"], [hidden], [role="status"]'

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function tagOf(element: Element): string | null {
  const level = element.getAttribute('data-depth')
  if (element.getAttribute('role') === 'heading' && level !== null && /^[1-6]$/.test(level)) return `h${level}`
  if (element.hasAttribute('data-address')) return 'a'
  return allowed.has(element.tagName) ? element.tagName.toLowerCase() : null
}

function attributes(element: Element): string {
  const href = element.getAttribute('data-address') ?? ''
  return /^(https?:|mailto:)/i.test(href) ? ` href="${escape(href)}"` : ''
}

/** A part of the page as HTML of a few tags and no attributes but web addresses: safe to paste anywhere. */
function richText(node: Node): string {
  if (node instanceof Text) return escape(node.data)
  if (!(node instanceof Element)) return ''
  const formula = node.matches('.katex') ? node.querySelector('annotation')?.textContent : undefined
  if (formula !== undefined) return escape(formula)
  if (node.matches(leftOut)) return ''
  const inside = [...node.childNodes].map(richText).join('')
  const tag = tagOf(node)
  if (tag === null) return inside
  if (empty.has(node.tagName)) return `<${tag}>`
  return `<${tag}${attributes(node)}>${inside}</${tag}>`
}

/** Puts a part of the page on the clipboard, with formatting, and `plain` for where there is none. */
export async function copyRich(element: Element, plain: string): Promise<void> {
  const html = richText(element)
  if (typeof ClipboardItem === 'undefined') return navigator.clipboard.writeText(plain)
  await navigator.clipboard.write([
    new ClipboardItem({
      'text/html': new Blob([html], { type: 'text/html' }),
      'text/plain': new Blob([plain], { type: 'text/plain' }),
    }),
  ])
}

/** A text as a quotation in Markdown, with room to answer below. */
export const quoted = (text: string): string => `${text.trim().replaceAll(/^/gm, '> ').replaceAll('> \n', '>\n')}\n\n`
