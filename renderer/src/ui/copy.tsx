import { Check, Copy, type LucideIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from './icon-button.tsx'

/** How long a button says that it copied. */
const saidMs = 1_600

/** Copies a text and says so. */
export function CopyButton({
  text,
  icon = Copy,
  label,
  copiedLabel,
  className,
}: {
  /** Or how to make it, where that is work. */
  text: string | (() => string)
  icon?: LucideIcon
  label: string
  copiedLabel: string
  className?: string
}) {
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), saidMs)
    return () => clearTimeout(timer)
  }, [isCopied])
  return (
    <IconButton
      icon={isCopied ? Check : icon}
      label={label}
      hint={isCopied ? copiedLabel : label}
      {...(className === undefined ? {} : { className })}
      onClick={() => {
        navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
          () => setIsCopied(true),
          () => setIsCopied(false),
        )
      }}
    />
  )
}
