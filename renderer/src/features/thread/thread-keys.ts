import type { KeyboardEvent } from 'react'

/** Which way a letter moves between messages; `null`: it does not. Letters count only where nobody writes. */
export function stepOf(event: KeyboardEvent): -1 | 1 | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null
  const target = event.target as HTMLElement
  if (target !== event.currentTarget && !('message' in target.dataset)) return null
  return event.key === 'k' ? -1 : event.key === 'j' ? 1 : null
}
