import { useEffect, useState } from 'react'
import type { LiveReply } from '../../streams/stream-store.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'

/** Silence this long is worth a word. */
const quietMs = 30_000

function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!isTicking) return
    const tick = () => setNow(Date.now())
    tick()
    const timer = setInterval(tick, 500)
    return () => clearInterval(timer)
  }, [isTicking])
  return now
}

function phaseText(live: LiveReply, now: number): string | null {
  const words = t.progress
  if (live.phase === 'retrying') {
    const seconds = live.retryAt === null ? 0 : Math.max(0, Math.ceil((live.retryAt - now) / 1_000))
    return words.retrying(seconds, live.attempt + 1)
  }
  if (live.phase === 'settling') return words.settling
  if (live.phase === 'waiting') return words.waiting
  if (live.phase === 'reserved' || live.phase === 'sending') return words.sending
  if (live.text === '') return live.reasoning === '' ? words.waiting : words.thinking
  return null
}

/** What a running reply is doing when its text does not say it: waiting, trying again, being quiet. */
export function ProgressLine({ live, onCancel }: { live: LiveReply; onCancel: () => void }) {
  const now = useNow(live.phase === 'retrying' || live.quietSince !== null)
  const text = phaseText(live, now)
  const quietFor = live.quietSince === null ? 0 : now - live.quietSince
  if (text === null && quietFor < quietMs) return null
  return (
    <div className="mt-1 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      {text === null ? null : (
        <span className="inline-flex items-center gap-2">
          {live.phase === 'settling' ? null : (
            <span aria-hidden="true" className="size-2 animate-breathe rounded-full bg-accent" />
          )}
          {text}
        </span>
      )}
      {live.attempt > 1 && live.phase !== 'retrying' ? <span>{t.progress.attempt(live.attempt)}</span> : null}
      {quietFor >= quietMs ? <span className="text-warn">{t.progress.quiet(Math.floor(quietFor / 1_000))}</span> : null}
      {live.phase === 'retrying' ? (
        <Button look="outline" className="px-2 py-0.5 text-xs" onClick={onCancel}>
          {t.progress.cancelRetry}
        </Button>
      ) : null}
    </div>
  )
}
