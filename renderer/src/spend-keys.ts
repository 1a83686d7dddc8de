import { flushSync } from 'react-dom'
import type { Act, Shortcuts } from './shortcuts.ts'

/** Acts that belong to the chat under the page: they lead back to it first. */
const leading: readonly Act[] = ['newChat', 'find', 'composer', 'parameters', 'context']
/** Acts that would happen unseen, or buy something unseen: they do nothing. */
const unseen: readonly Act[] = ['regenerate', 'copyLastReply', 'previousMessage', 'nextMessage']

/** What the keys do; while the spend page lies over the chat, Escape leads back. */
export function useKeysOverSpend(shortcuts: Shortcuts, isShown: boolean, leave: () => void): Shortcuts {
  if (!isShown) return shortcuts
  const over = { ...shortcuts, stop: leave }
  for (const act of leading) {
    over[act] = () => {
      // At once: what lies under the page cannot take the keyboard.
      flushSync(leave)
      shortcuts[act]()
    }
  }
  for (const act of unseen) over[act] = () => undefined
  return over
}
