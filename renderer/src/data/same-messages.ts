import type { Message } from '../../../electron/contract/routes/conversations.ts'

/** The new list, with every message that did not change being the object it was, so that its row is not drawn again. */
export function sameMessages(before: readonly Message[], after: readonly Message[]): Message[] {
  const known = new Map(before.map((message) => [message.id, message]))
  return after.map((message) => {
    const old = known.get(message.id)
    return old && JSON.stringify(old) === JSON.stringify(message) ? old : message
  })
}
