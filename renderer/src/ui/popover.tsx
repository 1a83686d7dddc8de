import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'

/** Details beside the button that opens them. `trigger` is the button element, with its name. */
export function Popover({
  trigger,
  title,
  side = 'top',
  align = 'end',
  isOpen,
  onOpenChange,
  children,
}: {
  trigger: ReactElement
  title: string
  side?: 'top' | 'bottom'
  align?: 'start' | 'end'
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  children: ReactNode
}) {
  return (
    <Base.Root open={isOpen} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={8} side={side} align={align} collisionPadding={12} className="z-40">
          <Base.Popup className="max-h-(--available-height) w-[min(25rem,calc(100vw-2rem))] overflow-y-auto rounded-xl border border-line bg-raised p-4 text-sm shadow-float outline-none transition-opacity duration-100 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
            <Base.Title className="font-semibold">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
