import type { ConversationId } from '../../electron/contract/ids.ts'
import { ContextPanel } from './features/context/context-panel.tsx'
import { ParametersPanel } from './features/parameters/parameters-panel.tsx'

/** What is shown beside a chat. */
export type Panel = 'parameters' | 'context' | null

/** The panel beside a chat, which belongs to that chat. */
export function SidePanel({
  panel,
  conversationId,
  isDemo,
  isReadOnly,
  onPanel,
  onLeave,
}: {
  panel: Panel
  conversationId: ConversationId
  isDemo: boolean
  isReadOnly: boolean
  onPanel: (panel: Panel) => void
  /** The keyboard has to go elsewhere. */
  onLeave: () => void
}) {
  if (panel === 'parameters') {
    return (
      <ParametersPanel
        key={`parameters/${conversationId}`}
        conversationId={conversationId}
        isReadOnly={isReadOnly}
        onContext={() => onPanel('context')}
        onClose={() => onPanel(null)}
      />
    )
  }
  if (panel === 'context') {
    return (
      <ContextPanel
        key={`context/${conversationId}`}
        conversationId={conversationId}
        isDemo={isDemo}
        isReadOnly={isReadOnly}
        onClose={() => {
          onPanel(null)
          onLeave()
        }}
      />
    )
  }
  return null
}
