import { ContextMenu } from '@base-ui/react/context-menu'
import { Menu } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'

/** A button that opens a menu. `trigger` is the button element, with its name. */
export function MenuButton({ trigger, children }: { trigger: ReactElement; children: ReactNode }) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger render={trigger} />
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-40">
          <Menu.Popup className="min-w-44 rounded-lg border border-line bg-raised p-1 shadow-float outline-none">
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

/** A menu where the pointer is, on the second button and the key for it. `area` is what it belongs to. */
export function AreaMenu({ area, children }: { area: ReactElement; children: ReactNode }) {
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger render={area} />
      <ContextMenu.Portal>
        <ContextMenu.Positioner className="z-40">
          <ContextMenu.Popup className="min-w-44 rounded-lg border border-line bg-raised p-1 shadow-float outline-none">
            {children}
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}

/** One thing a menu does. */
export function MenuItem({
  label,
  icon,
  describedBy,
  onSelect,
}: {
  label: string
  icon?: ReactNode
  describedBy?: string
  onSelect: () => void
}) {
  return (
    <Menu.Item
      aria-describedby={describedBy}
      onClick={onSelect}
      className="flex cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm outline-none select-none data-[highlighted]:bg-fill"
    >
      {icon ? <span className="text-muted">{icon}</span> : null}
      {label}
    </Menu.Item>
  )
}

/** A sentence in a menu that describes an item. */
export function MenuHint({ id, children }: { id: string; children: string }) {
  return (
    <p id={id} role="presentation" className="max-w-64 px-2.5 pb-1.5 text-xs text-muted">
      {children}
    </p>
  )
}
