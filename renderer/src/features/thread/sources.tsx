import type { Citation } from '../../../../electron/contract/routes/conversations.ts'
import { t } from '../../text/strings.ts'
import { Link } from './markdown/link.tsx'
import { sourcesOf } from './markdown/source-marks.ts'

/** The sources the provider names, each address once, under the numbers that marks in the text lead to. */
export function Sources({ citations }: { citations: readonly Citation[] }) {
  return (
    <section aria-label={t.thread.sources} className="mt-4 border-t border-line pt-2.5 text-sm text-muted">
      <p className="font-medium">{t.thread.sources}</p>
      <ol className="mt-1 list-decimal pl-5">
        {sourcesOf(citations).map(({ url, title }, at) => (
          <li key={url} data-source={at + 1} dir="auto" className="wrap-anywhere">
            <Link href={url}>{title}</Link>
          </li>
        ))}
      </ol>
    </section>
  )
}
