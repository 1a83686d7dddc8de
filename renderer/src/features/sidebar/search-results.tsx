import type { SearchHit } from '../../../../electron/contract/routes/conversations.ts'
import { formatMoment } from '../../text/dates.ts'
import { t } from '../../text/strings.ts'
import { shownTitle } from '../../text/title.ts'

function Snippet({ runs }: { runs: SearchHit['snippet'] }) {
  return (
    <span dir="auto" className="mt-0.5 line-clamp-2 text-xs break-words text-muted">
      {runs.map((run, at) =>
        run.isMatch ? (
          <mark key={at} className="rounded-[2px] bg-match text-ink">
            {run.text}
          </mark>
        ) : (
          <span key={at}>{run.text}</span>
        ),
      )}
    </span>
  )
}

/** What a search found, newest first; each hit opens its conversation at the message. */
export function SearchResults({
  query,
  hits,
  onOpen,
}: {
  query: string
  hits: readonly SearchHit[]
  onOpen: (hit: SearchHit) => void
}) {
  return (
    <>
      <p role="status" className="px-2.5 pb-1 text-xs text-muted">
        {hits.length === 0 ? t.sidebar.noResults(query) : t.sidebar.results(hits.length)}
      </p>
      <ul className="flex flex-col gap-px">
        {hits.map((hit) => {
          const title = shownTitle(hit.title)
          return (
            <li key={`${hit.conversationId}/${hit.messageId ?? ''}`} aria-label={title}>
              <button
                type="button"
                title={formatMoment(hit.at)}
                onClick={() => onOpen(hit)}
                className="w-full rounded-md px-2.5 py-1.5 text-left outline-offset-[-2px] hover:bg-fill-strong/40"
              >
                <span dir="auto" className="block truncate">
                  {title}
                </span>
                <Snippet runs={hit.snippet} />
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}
