import { useState } from 'react'
import type { ConversationId } from '../../../../electron/contract/ids.ts'

type Ids = readonly ConversationId[]

/** Everything from one place to another, both included. */
function between(order: Ids, from: ConversationId | null, to: ConversationId): ConversationId[] {
  const start = from === null ? -1 : order.indexOf(from)
  const end = order.indexOf(to)
  if (start === -1 || end === -1) return [to]
  return order.slice(Math.min(start, end), Math.max(start, end) + 1)
}

/** What is picked, and from where a range goes. */
export interface Picked {
  picked: Ids
  from: ConversationId | null
}

/** Nothing is picked. */
export const nonePicked: Picked = { picked: [], from: null }

/** Picks one more, or one less; the next range goes from there. */
export const toggled = ({ picked }: Picked, id: ConversationId): Picked => ({
  picked: picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id],
  from: id,
})

/** Picks everything up to this one, from where picking began, or else from `first`. */
export function extended({ from }: Picked, id: ConversationId, order: Ids, first: ConversationId | null): Picked {
  const start = from ?? first
  return { picked: between(order, start, id), from: start }
}

/** Which conversations are picked for something done to several at once. */
export interface Picking {
  picked: Ids
  toggle(id: ConversationId): void
  /** Picks everything up to this one, from where picking began, at first from `first` or from what is open. */
  extend(id: ConversationId, first?: ConversationId): void
  all(): void
  clear(): void
}

/** Picks among what the list shows; `current` is where a range begins at first. */
export function usePicking(order: Ids, current: ConversationId | null): Picking {
  const [state, setState] = useState(nonePicked)
  return {
    picked: state.picked.filter((id) => order.includes(id)),
    toggle: (id) => setState((now) => toggled(now, id)),
    extend: (id, first) => setState((now) => extended(now, id, order, first ?? current)),
    all: () => setState({ picked: order, from: null }),
    clear: () => setState(nonePicked),
  }
}
