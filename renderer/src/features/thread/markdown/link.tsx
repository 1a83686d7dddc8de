import type { ReactNode } from 'react'
import { openLink } from '../../../data/links.ts'
import { describeFailure } from '../../../text/failure.ts'
import { t } from '../../../text/strings.ts'
import { showToast } from '../../../ui/toasts.tsx'
import { readAddress } from './address.ts'

/**
 * A link that only main can open, after it asked. It has no `href`, so that no gesture of the browser follows it, and
 * shows its real host on hover and focus.
 */
export function Link({ href, children }: { href: string; children: ReactNode }) {
  const address = readAddress(href)
  if (!address) return <span title={t.thread.linkRefused}>{children}</span>
  const open = async () => {
    const failure = await openLink(address.url)
    if (!failure) return
    const { title, sentence } = describeFailure(failure)
    showToast(`${title}. ${sentence}`)
  }
  return (
    <span
      role="link"
      tabIndex={0}
      aria-description={t.thread.linkTo(address.shown)}
      data-host={address.shown}
      data-address={address.url}
      className="reply-link"
      onClick={() => void open()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void open()
      }}
    >
      {children}
    </span>
  )
}
