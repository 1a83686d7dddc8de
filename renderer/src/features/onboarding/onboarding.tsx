import { ExternalLink } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { setSettings } from '../../data/app.ts'
import { openLink } from '../../data/links.ts'
import { useAct } from '../../data/use-act.ts'
import { useFailure } from '../../data/use-failure.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'

/**
 * The first screen: a key, its test and where it is kept; the connection, reachable before the test; or a demo. The
 * forms are those of the settings and are handed in.
 */
export function Onboarding({ keyForm, connection }: { keyForm: ReactNode; connection: ReactNode }) {
  const [isConnectionOpen, setIsConnectionOpen] = useState(false)
  const act = useAct()
  const link = useFailure()
  const goOn = () => void act.run(() => setSettings({ isOnboarded: true }))
  const failure = act.failure ?? link.failure
  return (
    <main className="h-full overflow-y-auto bg-side">
      <div className="mx-auto flex min-h-full max-w-xl flex-col justify-center px-6 py-10">
        <img src="/icon.svg" alt="" className="mb-5 size-14" />
        <h1 className="text-2xl font-semibold tracking-tight">{t.onboarding.title}</h1>
        <p className="mt-1.5 text-base text-muted">{t.onboarding.intro}</p>

        <div className="mt-7 rounded-xl border border-line bg-paper p-6 shadow-low">
          {keyForm}
          <div className="mt-5 flex flex-wrap gap-x-2 gap-y-1 border-t border-line pt-4">
            <Button
              look="quiet"
              className="-ml-3"
              onClick={() => void link.run(() => openLink(t.onboarding.getKeyUrl))}
            >
              <ExternalLink aria-hidden="true" className="size-3.5" />
              {t.onboarding.getKey}
            </Button>
            <Button
              look="quiet"
              aria-expanded={isConnectionOpen}
              onClick={() => setIsConnectionOpen(!isConnectionOpen)}
            >
              {t.onboarding.connection}
            </Button>
          </div>
          {isConnectionOpen ? (
            <section className="mt-4">
              <h2 className="sr-only">{t.onboarding.connection}</h2>
              {connection}
            </section>
          ) : null}
        </div>

        <div className="mt-5 flex flex-wrap items-center gap-x-4 gap-y-2 px-6">
          <Button disabled={act.isBusy} onClick={goOn}>
            {t.onboarding.demo}
          </Button>
          <p className="max-w-72 text-xs text-muted">{t.onboarding.demoHint}</p>
        </div>
        {failure ? (
          <div className="mt-4">
            <FailureNotice {...describeFailure(failure)} />
          </div>
        ) : null}
      </div>
    </main>
  )
}
