import type { ConversationId } from '../../electron/contract/ids.ts'
import type { ConversationSummary } from '../../electron/contract/routes/conversations.ts'
import type { Settings } from '../../electron/contract/routes/settings.ts'
import { KeySheet } from './features/palette/key-sheet.tsx'
import { Palette } from './features/palette/palette.tsx'
import { keysOf, type Act, type Shortcuts } from './shortcuts.ts'
import { t } from './text/strings.ts'
import { shownTitle } from './text/title.ts'

/** What lies over the window for a moment. */
export type Overlay = 'palette' | 'keys' | null

const acts = Object.keys(t.palette.acts) as Act[]

/** Conversations as the list shows them: pinned ones first. */
export const inListOrder = (conversations: readonly ConversationSummary[]): ConversationSummary[] => [
  ...conversations.filter(({ isPinned }) => isPinned),
  ...conversations.filter(({ isPinned }) => !isPinned),
]

/** The command palette and the sheet of keys, over what the window can do. */
export function Overlays({
  overlay,
  shortcuts,
  conversations,
  sendKey,
  modifier,
  onChat,
  onOverlayChange,
}: {
  overlay: Overlay
  shortcuts: Shortcuts
  conversations: readonly ConversationSummary[]
  sendKey: Settings['sendKey']
  modifier: string
  onChat: (id: ConversationId) => void
  onOverlayChange: (overlay: Overlay) => void
}) {
  const commands = acts
    .filter((act) => act !== 'palette')
    .map((act) => ({ id: act, label: t.palette.acts[act], keys: keysOf[act], run: shortcuts[act] }))
  const chats = conversations.map(({ id, title }) => ({ id, label: shownTitle(title), run: () => onChat(id) }))
  const lines = acts.flatMap((act) => {
    const keys = keysOf[act]
    return keys === undefined ? [] : [{ label: t.palette.acts[act], keys }]
  })
  return (
    <>
      <Palette
        isOpen={overlay === 'palette'}
        commands={[...commands, ...chats]}
        modifier={modifier}
        onOpenChange={(isOpen) => onOverlayChange(isOpen ? 'palette' : null)}
      />
      <KeySheet
        isOpen={overlay === 'keys'}
        lines={lines}
        sendKey={sendKey}
        modifier={modifier}
        onOpenChange={(isOpen) => onOverlayChange(isOpen ? 'keys' : null)}
      />
    </>
  )
}
