import { useState } from 'react'
import type { Message } from '../../../../electron/contract/routes/conversations.ts'

/** How many rows are drawn first: more than fill any window, few enough that a long thread opens like a short one. */
const firstRows = 12

/** What the list of rows is given. */
export interface Grown {
  rows: readonly Message[]
  /** Rows came or went at the start, so that places count from the end. */
  isShift: boolean
}

const has = (messages: readonly Message[], message: Message | undefined) =>
  message !== undefined && messages.some(({ id }) => id === message.id)

const startChanged = (before: readonly Message[], after: readonly Message[]) =>
  before[0]?.id !== after[0]?.id && (has(after, before[0]) || has(before, after[0]))

/** Tells at which end a list changed, and hands out only the newest rows until `isWhole`. */
export function useGrown(messages: readonly Message[], isWhole: boolean): Grown {
  const given = isWhole || messages.length <= firstRows ? messages : undefined
  const [state, setState] = useState<{ messages: readonly Message[]; isWhole: boolean; grown: Grown }>(() => ({
    messages,
    isWhole,
    grown: { rows: given ?? messages.slice(-firstRows), isShift: false },
  }))
  if (state.messages === messages && state.isWhole === isWhole) return state.grown
  const rows = given ?? messages.slice(-firstRows)
  const grown = { rows, isShift: startChanged(state.grown.rows, rows) }
  setState({ messages, isWhole, grown })
  return grown
}
