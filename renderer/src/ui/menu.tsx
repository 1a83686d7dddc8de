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

/** One thing a menu does. `hint` is read as a description, not as part of the name. */
export function MenuItem({
  label,
  hint,
  icon,
  isDanger = false,
  onSelect,
}: {
  label: string
  hint?: string
  icon?: ReactNode
  isDanger?: boolean
  onSelect: () => void
}) {
  const tone = isDanger ? 'text-danger' : 'text-ink'
  return (
    <Menu.Item
      aria-label={label}
      aria-description={hint}
      onClick={onSelect}
      className={`flex cursor-default items-start gap-2.5 rounded-md px-2.5 py-1.5 text-sm outline-none select-none data-[highlighted]:bg-fill ${tone}`}
    >
      {icon ? <span className="mt-0.5 text-muted">{icon}</span> : null}
      <span>
        <span className="block">{label}</span>
        {hint === undefined ? null : <span className="block max-w-60 text-xs text-muted">{hint}</span>}
      </span>
    </Menu.Item>
  )
}
