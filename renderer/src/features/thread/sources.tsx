import type { Citation } from '../../../../electron/contract/routes/conversations.ts'
import { t } from '../../text/strings.ts'
import { Link } from './markdown/link.tsx'

/** The sources the provider names, each address once. */
export function Sources({ citations }: { citations: readonly Citation[] }) {
  const unlike = new Map(citations.map((each) => [each.url, each]))
  return (
    <section aria-label={t.thread.sources} className="mt-4 border-t border-line pt-2.5 text-sm text-muted">
      <p className="font-medium">{t.thread.sources}</p>
      <ol className="mt-1 list-decimal pl-5">
        {[...unlike.values()].map(({ url, title }) => (
          <li key={url} dir="auto" className="wrap-anywhere">
            <Link href={url}>{title}</Link>
          </li>
        ))}
      </ol>
    </section>
  )
}
