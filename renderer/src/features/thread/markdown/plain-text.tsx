import { useState } from 'react'
import { formatCount } from '../../../text/money.ts'
import { t } from '../../../text/strings.ts'
import { Button } from '../../../ui/button.tsx'

/** How much of a huge text is laid out before someone asks for more. */
const firstChars = 30_000

/** A text as it is. A huge one is shown in steps, so that laying it out never holds up the window. */
export function PlainText({ text, note }: { text: string; note?: string }) {
  const [shownChars, setShownChars] = useState(firstChars)
  const rest = text.length - shownChars
  return (
    <>
      {note === undefined ? null : <p className="mb-2 text-xs text-muted">{note}</p>}
      <div dir="auto" className="text-base leading-relaxed break-words whitespace-pre-wrap">
        {rest > 0 ? text.slice(0, shownChars) : text}
      </div>
      {rest > 0 ? (
        <Button className="mt-2" onClick={() => setShownChars((chars) => chars + firstChars * 2)}>
          {t.thread.showRest(formatCount(rest))}
        </Button>
      ) : null}
    </>
  )
}
