/** Within this many pixels of the end counts as being at the end. */
const endSlack = 32
/** Within this many pixels of the top, older messages are asked for. */
const topSlack = 800

/** The one writer of a thread's scroll position. */
export interface Follower {
  /** Takes charge of the element that scrolls; for `ref`. */
  attachScroller(scroller: HTMLElement | null): () => void
  /** Watches the element that grows; its children are the rows. For `ref`. */
  attachContent(content: HTMLElement | null): () => void
  /** For `useSyncExternalStore`: whether the end stays in view while text arrives. */
  subscribe(listener: () => void): () => void
  isFollowing(): boolean
  /** Goes to the end and follows from there. */
  jump(): void
  /** Brings the row of a message into view and stops following. */
  reveal(messageId: string): void
  /** Calls back when the top is near; returns how to end it. */
  onNearTop(listener: () => void): () => void
}

/**
 * Follows the end until the person scrolls up, and again once they are back at the end or ask for it. Otherwise the row
 * at the top of the view stays where it is, whatever is put or grows above it.
 */
export function createFollower(): Follower {
  let scroller: HTMLElement | null = null
  let content: HTMLElement | null = null
  let isFollowing = true
  let lastTop = 0
  let lastHeight = 0
  let anchor: { row: Element; top: number } | null = null
  let nearTop: (() => void) | null = null
  const listeners = new Set<() => void>()

  function become(next: boolean) {
    if (isFollowing === next) return
    isFollowing = next
    for (const listener of listeners) listener()
  }

  function remember() {
    if (!scroller || !content) return
    lastTop = scroller.scrollTop
    lastHeight = scroller.scrollHeight
    const edge = scroller.getBoundingClientRect().top
    for (const row of content.querySelectorAll(':scope > [data-message]')) {
      const box = row.getBoundingClientRect()
      if (box.bottom <= edge) continue
      anchor = { row, top: box.top - edge }
      return
    }
    anchor = null
  }

  function settle() {
    if (!scroller) return
    if (isFollowing) scroller.scrollTop = scroller.scrollHeight
    else if (anchor?.row.isConnected) {
      const top = anchor.row.getBoundingClientRect().top - scroller.getBoundingClientRect().top
      if (Math.abs(top - anchor.top) >= 1) scroller.scrollTop += top - anchor.top
    }
    remember()
    if (!isFollowing && scroller.scrollTop < topSlack) nearTop?.()
  }

  function onScroll() {
    if (!scroller) return
    const { scrollTop, scrollHeight, clientHeight } = scroller
    const isAtEnd = scrollHeight - clientHeight - scrollTop <= endSlack
    const hasMovedUp = scrollTop < lastTop - 1 && scrollHeight >= lastHeight
    if (isAtEnd) become(true)
    else if (hasMovedUp) become(false)
    remember()
    if (!isFollowing && scrollTop < topSlack) nearTop?.()
  }

  const sizes = new ResizeObserver(settle)

  return {
    attachScroller(element) {
      scroller = element
      element?.addEventListener('scroll', onScroll, { passive: true })
      if (element) sizes.observe(element)
      return () => {
        element?.removeEventListener('scroll', onScroll)
        if (element) sizes.unobserve(element)
        scroller = null
      }
    },
    attachContent(element) {
      content = element
      if (element) sizes.observe(element)
      return () => {
        if (element) sizes.unobserve(element)
        content = null
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    isFollowing: () => isFollowing,
    jump() {
      become(true)
      settle()
    },
    reveal(messageId) {
      const row = content?.querySelector(`[data-message="${CSS.escape(messageId)}"]`)
      if (!row) return
      become(false)
      row.scrollIntoView({ block: 'center' })
      remember()
    },
    onNearTop(listener) {
      nearTop = listener
      return () => {
        if (nearTop === listener) nearTop = null
      }
    },
  }
}
