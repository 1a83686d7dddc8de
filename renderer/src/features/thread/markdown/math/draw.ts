import katex, { type KatexOptions } from 'katex'
import 'katex/dist/katex.min.css'
import { createBoundedCache } from '../bounded-cache.ts'

/** Beyond these a formula is shown as it is written: drawing it could hold up the window. */
const maxDepth = 40
const maxChars = 2_000
const maxWithMacros = 240

const macros = /\\(?:[gex]?def|global|let|futurelet|(?:re|provide|)newcommand|DeclareMathOperator)\b/
const drawn = createBoundedCache<DocumentFragment>(100_000)

function isTooDeep(tex: string): boolean {
  let depth = 0
  for (const mark of tex.matchAll(/\\.|[{}]/gs)) {
    if (mark[0] === '{') depth += 1
    else if (mark[0] === '}') depth -= 1
    if (depth > maxDepth) return true
  }
  return false
}

/**
 * KaTeX writes a few styles as attributes, which the content security policy refuses; set through the style object they
 * are allowed. Only while `draw` runs.
 */
function withoutStyleAttributes(draw: () => void) {
  const setAttribute = Object.getOwnPropertyDescriptor(Element.prototype, 'setAttribute')
  if (!setAttribute) throw new Error('no setAttribute')
  const set = setAttribute.value as Element['setAttribute']
  Object.defineProperty(Element.prototype, 'setAttribute', {
    ...setAttribute,
    value(this: Element, name: string, value: string) {
      if (name === 'style' && 'style' in this) (this.style as CSSStyleDeclaration).cssText = value
      else set.call(this, name, value)
    },
  })
  try {
    draw()
  } finally {
    Object.defineProperty(Element.prototype, 'setAttribute', setAttribute)
  }
}

/** Draws a formula into an element; `false`, and the element is empty, when it cannot be drawn. */
export function drawFormula(element: HTMLElement, tex: string, isDisplay: boolean): boolean {
  const key = `${isDisplay ? 'd' : 'i'}${tex}`
  const known = drawn.get(key)
  if (known) {
    element.replaceChildren(known.cloneNode(true))
    return true
  }
  element.replaceChildren()
  if (tex.length > maxChars || isTooDeep(tex) || (tex.length > maxWithMacros && macros.test(tex))) return false
  try {
    const options: KatexOptions = {
      displayMode: isDisplay,
      trust: false,
      // Models write Unicode and the like that LaTeX has not; only what would make attributes of its own is refused.
      strict: (code) => (code === 'htmlExtension' ? 'error' : 'ignore'),
      maxSize: 20,
      maxExpand: 100,
      throwOnError: false,
      errorColor: 'var(--color-danger)',
    }
    withoutStyleAttributes(() => katex.render(tex, element, options))
  } catch {
    element.replaceChildren()
    return false
  }
  if (element.querySelector('.katex-error')) {
    element.replaceChildren()
    return false
  }
  const copy = document.createDocumentFragment()
  copy.append(...Array.from(element.childNodes, (node) => node.cloneNode(true)))
  drawn.set(key, copy)
  return true
}
