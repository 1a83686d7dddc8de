import type { ParleyEvent } from '../../../electron/contract/events.ts'

type Delta = Pick<Extract<ParleyEvent, { name: 'turn.delta' }>, 'offset' | 'text'>

/** What a delta does to the text held: grows it, adds nothing new, or does not fit because something is missing. */
export type Joined = { kind: 'grown'; text: string } | { kind: 'known' } | { kind: 'gap' }

/** Puts a delta where it belongs. One that repeats what is held adds only what is new. */
export function join(held: string, delta: Delta): Joined {
  const end = delta.offset + delta.text.length
  if (delta.offset > held.length) return { kind: 'gap' }
  if (end <= held.length) return { kind: 'known' }
  return { kind: 'grown', text: held + delta.text.slice(held.length - delta.offset) }
}
