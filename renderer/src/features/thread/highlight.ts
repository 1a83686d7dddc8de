import type { MessageId } from '../../../../electron/contract/ids.ts'

/** One occurrence: the `nth` in a message, from 0. */
export interface Occurrence {
  messageId: MessageId
  nth: number
}

const allName = 'find'
const currentName = 'find-current'

const lower = (text: string) => {
  const small = text.toLowerCase()
  // A few letters have a lower case of another length, which would shift every place after them.
  return small.length === text.length ? small : text
}

/** Every occurrence in the text of an element, also where it goes over several nodes. */
function rangesIn(body: Element, query: string): Range[] {
  const nodes: { node: Text; start: number }[] = []
  let text = ''
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.parentElement?.closest('button')) continue
    nodes.push({ node, start: text.length })
    text += node.data
  }
  const place = (offset: number) => nodes.findLast(({ start }) => start <= offset)
  const ranges: Range[] = []
  const haystack = lower(text)
  const needle = lower(query)
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + needle.length)) {
    const from = place(at)
    const to = place(at + needle.length - 1)
    if (!from || !to) continue
    const range = new Range()
    range.setStart(from.node, at - from.start)
    range.setEnd(to.node, at + needle.length - to.start)
    ranges.push(range)
  }
  return ranges
}

/** Marks every occurrence in the rows that are drawn; gives the box of the current one if it is among them. */
export function highlight(log: Element, query: string, current: Occurrence | null): DOMRect | null {
  const all: Range[] = []
  let chosen: Range | undefined
  for (const row of log.querySelectorAll<HTMLElement>('[data-message]')) {
    const body = row.querySelector('[data-body]')
    if (!body) continue
    const ranges = rangesIn(body, query)
    all.push(...ranges)
    if (current && row.dataset['message'] === current.messageId) chosen = ranges[current.nth] ?? ranges.at(-1)
  }
  CSS.highlights.set(allName, new Highlight(...all))
  CSS.highlights.set(currentName, chosen ? new Highlight(chosen) : new Highlight())
  return chosen?.getBoundingClientRect() ?? null
}

/** Takes every mark away. */
export function clearHighlights() {
  CSS.highlights.delete(allName)
  CSS.highlights.delete(currentName)
}
