import { useEffect } from 'react'

/** What the keys do. */
export interface Shortcuts {
  newChat: () => void
  search: () => void
  find: () => void
  settings: () => void
  spend: () => void
  parameters: () => void
  context: () => void
  budgets: () => void
  sidebar: () => void
  composer: () => void
  copyLastReply: () => void
  regenerate: () => void
  previousMessage: () => void
  nextMessage: () => void
  palette: () => void
  keys: () => void
  stop: () => void
}

/** Something the keys and the palette do. */
export type Act = keyof Shortcuts

const withMod: Record<string, Act> = {
  n: 'newChat',
  k: 'search',
  ',': 'settings',
  b: 'sidebar',
  l: 'composer',
  r: 'regenerate',
  f: 'find',
  '/': 'keys',
}

const withModAndShift: Record<string, Act> = { c: 'copyLastReply', p: 'palette' }

/** Which keys stand for an act, for showing; `mod` is replaced by the key of the system. */
export const keysOf: Partial<Record<Act, string>> = {
  newChat: 'mod+N',
  search: 'mod+K',
  find: 'mod+F',
  settings: 'mod+,',
  sidebar: 'mod+B',
  composer: 'mod+L',
  copyLastReply: 'mod+Shift+C',
  regenerate: 'mod+R',
  previousMessage: 'Alt+↑',
  nextMessage: 'Alt+↓',
  palette: 'mod+Shift+P',
  keys: 'mod+/',
  stop: 'Esc',
}

/** One that is closing, and only still fading, no longer has the keyboard; what is said at the edge of the window never does. */
const isOverlayOpen = () =>
  document.querySelector(
    ':is([role="dialog"], [role="alertdialog"], [role="menu"]):not([data-closed], [data-toast])',
  ) !== null

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>

const hasOnlyMod = (event: Keys, isMac: boolean) =>
  isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey

/** Which act a key stands for; `null`: none of ours. */
export function actOf(event: Keys, isMac: boolean): Act | null {
  if (event.isComposing) return null
  const key = event.key.toLowerCase()
  if (key === 'escape' && !event.ctrlKey && !event.metaKey) return 'stop'
  if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    if (key === 'arrowup') return 'previousMessage'
    return key === 'arrowdown' ? 'nextMessage' : null
  }
  if (!hasOnlyMod(event, isMac) || event.altKey) return null
  // On some keyboards the slash needs Shift.
  if (event.shiftKey && key !== '/') return withModAndShift[key] ?? null
  return withMod[key] ?? null
}

/** Which of the first nine chats a key stands for, from 0; `null`: none. */
function chatOf(event: Keys, isMac: boolean): number | null {
  if (event.isComposing || event.altKey || event.shiftKey || !hasOnlyMod(event, isMac)) return null
  return /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : null
}

const isLineOfText = (target: EventTarget | null) =>
  target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox'

/** Listens to the keys of the whole window. Dialogs and menus have the keyboard to themselves. */
export function useShortcuts(shortcuts: Shortcuts, onChat: (at: number) => void, isMac: boolean) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isOverlayOpen()) return
      const chat = chatOf(event, isMac)
      if (chat !== null) {
        event.preventDefault()
        onChat(chat)
        return
      }
      const act = actOf(event, isMac)
      if (act === null) return
      // Escape in a field of one line belongs to that field.
      if (act === 'stop' && isLineOfText(event.target)) return
      if (act !== 'stop') event.preventDefault()
      shortcuts[act]()
    }
    addEventListener('keydown', onKeyDown, { capture: true })
    return () => removeEventListener('keydown', onKeyDown, { capture: true })
  }, [shortcuts, onChat, isMac])
}
