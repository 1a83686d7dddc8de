import type { VirtualizerHandle } from 'virtua'
import { anchorAt, movedBy, type Anchor } from './anchor.ts'

/** Within this many pixels of the end counts as being at the end. */
const endSlack = 32
/** Within this many pixels of an end of what is loaded, more is asked for. */
const edgeSlack = 1_200
/** What is kept free above a message that is brought into view. */
const headroom = 72
/** How long a message that was asked for is kept in place while the rows around it take their sizes. */
const revealMs = 600

/** The one place that decides where a thread is scrolled to. */
export interface Follower {
  /** Takes charge of the element that scrolls; for `ref`. */
  attachScroller(scroller: HTMLElement | null): () => void
  /** Knows where rows are that are not drawn; for `ref`. */
  attachRows(rows: VirtualizerHandle | null): void
  /** Rows took their sizes, or the view did. */
  settle(): void
  /** For `useSyncExternalStore`: whether the end stays in view while text arrives. */
  subscribe(listener: () => void): () => void
  isFollowing(): boolean
  /** Goes to the end and follows from there. */
  jump(): void
  /** Stops following without moving. */
  stay(): void
  /** Brings a row into view and stops following. `nearest`: only as far as needed. */
  reveal(index: number, align: 'top' | 'nearest'): void
  /** Brings a place inside a row that is drawn into view. */
  revealBox(box: DOMRect): void
  /** Calls back when an end of what is loaded is near; returns how to end it. */
  onNearEdge(listener: (edge: 'start' | 'end') => void): () => void
}

/**
 * Follows the end until the person scrolls up, and again once they are back at the end or ask for it. Otherwise what is
 * at the top of the view stays where it is, whatever is put, removed or grows above it. virtua moves the view along when
 * rows above it change their size; everything else is written here.
 */
export function createFollower(): Follower {
  let scroller: HTMLElement | null = null
  let rows: VirtualizerHandle | null = null
  let isFollowing = true
  let lastTop = 0
  let lastHeight = 0
  let anchor: Anchor = []
  let wanted: { index: number; until: number } | null = null
  let nearEdge: ((edge: 'start' | 'end') => void) | null = null
  const listeners = new Set<() => void>()

  function become(next: boolean) {
    if (isFollowing === next) return
    isFollowing = next
    for (const listener of listeners) listener()
  }

  function write(top: number) {
    if (scroller && Math.abs(scroller.scrollTop - top) >= 0.5) scroller.scrollTop = top
  }

  function remember() {
    if (!scroller) return
    lastTop = scroller.scrollTop
    lastHeight = scroller.scrollHeight
    anchor = isFollowing
      ? []
      : anchorAt(scroller.querySelectorAll('[data-message]'), scroller.getBoundingClientRect().top)
  }

  function lookAtEdges() {
    if (!scroller || isFollowing || wanted) return
    if (scroller.scrollTop < edgeSlack) nearEdge?.('start')
    if (scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < edgeSlack) nearEdge?.('end')
  }

  function settle() {
    if (!scroller) return
    if (isFollowing) write(scroller.scrollHeight - scroller.clientHeight)
    else if (wanted && rows && performance.now() < wanted.until) write(rows.getItemOffset(wanted.index) - headroom)
    else {
      wanted = null
      const moved = movedBy(anchor, scroller.getBoundingClientRect().top)
      if (Math.abs(moved) >= 1) write(scroller.scrollTop + moved)
    }
    remember()
    lookAtEdges()
  }

  function onScroll() {
    if (!scroller) return
    const { scrollTop, scrollHeight, clientHeight } = scroller
    const left = scrollHeight - clientHeight - scrollTop
    const hasMovedUp = scrollTop < lastTop - 1 && scrollHeight >= lastHeight
    if (!wanted) {
      if (hasMovedUp && left > 1) become(false)
      else if (left <= endSlack && (scrollTop > lastTop || left <= 1)) become(true)
    }
    remember()
    lookAtEdges()
  }

  /** The hand of the person goes first. */
  function onHand(event: Event) {
    wanted = null
    if (event instanceof WheelEvent && event.deltaY < 0 && !event.ctrlKey && (scroller?.scrollTop ?? 0) > 0)
      become(false)
  }

  const sizes = new ResizeObserver(settle)

  return {
    attachScroller(element) {
      scroller = element
      const hands = ['wheel', 'pointerdown', 'touchstart', 'keydown'] as const
      element?.addEventListener('scroll', onScroll, { passive: true })
      for (const hand of hands) element?.addEventListener(hand, onHand, { passive: true })
      if (element) sizes.observe(element)
      return () => {
        element?.removeEventListener('scroll', onScroll)
        for (const hand of hands) element?.removeEventListener(hand, onHand)
        if (element) sizes.unobserve(element)
        scroller = null
      }
    },
    attachRows(handle) {
      rows = handle
    },
    settle,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    isFollowing: () => isFollowing,
    jump() {
      wanted = null
      become(true)
      settle()
    },
    stay() {
      wanted = null
      become(false)
      remember()
    },
    reveal(index, align) {
      if (!scroller || !rows) return
      const top = rows.getItemOffset(index)
      const bottom = top + rows.getItemSize(index)
      become(false)
      if (align === 'nearest' && top >= scroller.scrollTop && bottom <= scroller.scrollTop + scroller.clientHeight) {
        remember()
        return
      }
      wanted = { index, until: performance.now() + revealMs }
      settle()
    },
    revealBox(box) {
      if (!scroller) return
      const view = scroller.getBoundingClientRect()
      if (box.top >= view.top + headroom / 2 && box.bottom <= view.bottom - headroom / 2) return
      wanted = null
      become(false)
      write(scroller.scrollTop + box.top - view.top - view.height / 3)
      remember()
    },
    onNearEdge(listener) {
      nearEdge = listener
      return () => {
        if (nearEdge === listener) nearEdge = null
      }
    },
  }
}
