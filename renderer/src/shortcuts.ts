import { useEffect } from 'react'

/** What the keys do. */
export interface Shortcuts {
  newChat: () => void
  search: () => void
  settings: () => void
  sidebar: () => void
  composer: () => void
  copyLastReply: () => void
  regenerate: () => void
  previousMessage: () => void
  nextMessage: () => void
  stop: () => void
}

type Act = keyof Shortcuts

const withMod: Record<string, Act> = {
  n: 'newChat',
  k: 'search',
  ',': 'settings',
  b: 'sidebar',
  l: 'composer',
  r: 'regenerate',
}

const isOverlayOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>

/** Which act a key stands for; `null`: none of ours. */
export function actOf(event: Keys, isMac: boolean): Act | null {
  if (event.isComposing) return null
  const hasMod = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey
  const key = event.key.toLowerCase()
  if (key === 'escape' && !event.ctrlKey && !event.metaKey) return 'stop'
  if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    if (key === 'arrowup') return 'previousMessage'
    return key === 'arrowdown' ? 'nextMessage' : null
  }
  if (!hasMod || event.altKey) return null
  if (event.shiftKey) return key === 'c' ? 'copyLastReply' : null
  return withMod[key] ?? null
}

/** Listens to the keys of the whole window. Dialogs and menus have the keyboard to themselves. */
export function useShortcuts(shortcuts: Shortcuts, isMac: boolean) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const act = actOf(event, isMac)
      if (act === null || isOverlayOpen()) return
      // Escape in a field of one line belongs to that field.
      if (act === 'stop' && event.target instanceof HTMLInputElement) return
      if (act !== 'stop') event.preventDefault()
      shortcuts[act]()
    }
    addEventListener('keydown', onKeyDown, { capture: true })
    return () => removeEventListener('keydown', onKeyDown, { capture: true })
  }, [shortcuts, isMac])
}
