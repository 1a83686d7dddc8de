import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'

/** Shows a hint beside something on hover and focus. The hint is not its name: give that on the element itself. */
export function Hint({ text, children }: { text: string; children: ReactElement }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="z-50">
          <Tooltip.Popup className="max-w-72 rounded-md bg-ink px-2 py-1 text-xs text-paper transition-opacity duration-100 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
            {text}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

/** Makes neighbouring hints appear without a new delay. */
export const HintProvider = Tooltip.Provider
