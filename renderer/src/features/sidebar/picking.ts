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

/** Which conversations are picked for something done to several at once. */
export interface Picking {
  picked: Ids
  toggle(id: ConversationId): void
  /** Picks everything up to this one, from where picking began. */
  extend(id: ConversationId): void
  all(): void
  clear(): void
}

/** Picks among what the list shows; `current` is where a range begins at first. */
export function usePicking(order: Ids, current: ConversationId | null): Picking {
  const [state, setState] = useState<{ picked: Ids; from: ConversationId | null }>({ picked: [], from: null })
  return {
    picked: state.picked.filter((id) => order.includes(id)),
    toggle: (id) =>
      setState(({ picked }) => ({
        picked: picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id],
        from: id,
      })),
    extend: (id) =>
      setState(({ from }) => {
        const start = from ?? current
        return { picked: between(order, start, id), from: start }
      }),
    all: () => setState({ picked: order, from: null }),
    clear: () => setState({ picked: [], from: null }),
  }
}
