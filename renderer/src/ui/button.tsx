import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

const looks = {
  primary: 'bg-accent text-on-accent hover:opacity-90 active:opacity-80',
  outline: 'border border-line bg-raised text-ink shadow-low hover:bg-fill active:bg-fill-strong',
  quiet: 'text-muted hover:bg-fill hover:text-ink active:bg-fill-strong',
  danger: 'border border-danger-line bg-raised text-danger hover:bg-danger-fill',
}

/** How a button looks: one primary per screen. */
export type ButtonLook = keyof typeof looks

/** The classes of a button, for triggers that bring their own element. */
export const buttonClass = (look: ButtonLook, more = ''): string =>
  classNames(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md px-3 py-1.5 text-sm font-medium whitespace-nowrap',
    'transition-colors duration-100 select-none disabled:pointer-events-none disabled:opacity-45',
    looks[look],
    more,
  )

/** A button with words on it. */
export function Button({ look = 'outline', className, ...rest }: ComponentProps<'button'> & { look?: ButtonLook }) {
  return <button type="button" className={buttonClass(look, className)} {...rest} />
}
