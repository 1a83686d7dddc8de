/** How deep inside a row a place is remembered. */
const maxDepth = 8

/** A place in the thread: the innermost element at the upper edge of the view, and those around it, innermost first. */
export type Anchor = readonly { element: Element; top: number }[]

/** Remembers what is at the edge. `rows` in any order. */
export function anchorAt(rows: Iterable<Element>, edge: number): Anchor {
  let row: Element | null = null
  let rowTop = Infinity
  for (const candidate of rows) {
    const box = candidate.getBoundingClientRect()
    if (box.height === 0 || box.bottom <= edge || box.top >= rowTop) continue
    row = candidate
    rowTop = box.top
  }
  if (!row) return []
  const anchor = [{ element: row, top: rowTop - edge }]
  for (let element = row, depth = 0; depth < maxDepth; depth += 1) {
    let inner: Element | null = null
    let innerTop = 0
    for (const child of element.children) {
      const box = child.getBoundingClientRect()
      if (box.height === 0 || box.bottom <= edge) continue
      inner = child
      innerTop = box.top
      break
    }
    if (!inner) break
    anchor.unshift({ element: inner, top: innerTop - edge })
    if (innerTop >= edge) break
    element = inner
  }
  return anchor
}

/** How far the place has moved down since; 0 when none of it is there any more. */
export function movedBy(anchor: Anchor, edge: number): number {
  const place = anchor.find(({ element }) => element.isConnected && element.getClientRects().length > 0)
  return place ? place.element.getBoundingClientRect().top - edge - place.top : 0
}
