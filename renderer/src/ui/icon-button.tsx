import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import { Hint } from './tooltip.tsx'

/** A button of one icon. `label` is its name; `hint` is shown on hover and focus instead of the name. */
export function IconButton({
  icon: Icon,
  label,
  hint,
  className,
  ...rest
}: Omit<ComponentProps<'button'>, 'children'> & { icon: LucideIcon; label: string; hint?: string }) {
  return (
    <Hint text={hint ?? label}>
      <button
        type="button"
        aria-label={label}
        className={classNames(
          'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-100 hover:bg-fill-strong/70 hover:text-ink disabled:pointer-events-none disabled:opacity-40',
          className,
        )}
        {...rest}
      >
        <Icon aria-hidden="true" className="size-4" strokeWidth={1.75} />
      </button>
    </Hint>
  )
}
