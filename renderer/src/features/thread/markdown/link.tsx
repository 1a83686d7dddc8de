import type { ReactNode } from 'react'
import { openLink } from '../../../data/links.ts'
import { t } from '../../../text/strings.ts'
import { readAddress } from './address.ts'

/**
 * A link that only main can open, after it asked. It has no `href`, so that no gesture of the browser follows it, and
 * shows its real host on hover and focus.
 */
export function Link({ href, children }: { href: string; children: ReactNode }) {
  const address = readAddress(href)
  if (!address) return <span title={t.thread.linkRefused}>{children}</span>
  const open = () => void openLink(address.url)
  return (
    <span
      role="link"
      tabIndex={0}
      aria-description={t.thread.linkTo(address.shown)}
      data-host={address.shown}
      className="reply-link"
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Enter') open()
      }}
    >
      {children}
    </span>
  )
}
