import { ArrowUp } from 'lucide-react'
import { useId } from 'react'
import { t } from '../../text/strings.ts'
import { Hint } from '../../ui/tooltip.tsx'

/** Sends. While it cannot, it stays reachable and says why. */
export function SendButton({ why, onSend }: { why: string | null; onSend: () => void }) {
  const id = useId()
  return (
    <>
      <Hint text={why ?? t.composer.send}>
        <button
          type="button"
          aria-label={t.composer.send}
          aria-disabled={why !== null}
          aria-describedby={why === null ? undefined : id}
          onClick={() => {
            if (why === null) onSend()
          }}
          className="inline-flex size-8 shrink-0 items-center justify-center rounded-full bg-accent text-on-accent transition-colors duration-100 hover:opacity-90 aria-disabled:bg-fill-strong aria-disabled:text-muted aria-disabled:hover:opacity-100"
        >
          <ArrowUp aria-hidden="true" className="size-4.5" strokeWidth={2} />
        </button>
      </Hint>
      <span id={id} className="sr-only">
        {why}
      </span>
    </>
  )
}
