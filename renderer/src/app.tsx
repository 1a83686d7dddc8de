import { Fragment, useState } from 'react'
import type { AppSnapshot } from '../../electron/contract/routes/app.ts'
import type { StoreState } from '../../electron/contract/routes/store.ts'
import { setSettings, useAppQuery } from './data/app.ts'
import { drafts } from './data/drafts.ts'
import { useLiveness } from './data/liveness.ts'
import { askEverythingAgain } from './data/store.ts'
import { MonthlyBudget } from './features/budgets/monthly-budget.tsx'
import { Onboarding } from './features/onboarding/onboarding.tsx'
import { FutureStore } from './features/recovery/future.tsx'
import { Recovery } from './features/recovery/recovery.tsx'
import { Stopped } from './features/recovery/stopped.tsx'
import { ConnectionPage } from './features/settings/connection-page.tsx'
import { KeyForm } from './features/settings/key-form.tsx'
import type { SettingsPage } from './features/settings/settings-dialog.tsx'
import { CallError } from './ipc/call.ts'
import { useLanguage } from './language.ts'
import { describeFailure } from './text/failure.ts'
import { t } from './text/strings.ts'
import { useTheme } from './theme.ts'
import { Button } from './ui/button.tsx'
import { FailureNotice } from './ui/notice.tsx'
import { ToastRegion } from './ui/toasts.tsx'
import { Workspace } from './workspace.tsx'

type Damaged = Extract<StoreState, { kind: 'damaged' }>

/** The first screen is for those who have answered it neither here nor by their environment. */
const needsOnboarding = (app: AppSnapshot) =>
  app.store.kind === 'ready' &&
  app.settings !== null &&
  !app.settings.isOnboarded &&
  !app.key.present &&
  !app.isDemoStart

/** A key that is there ends the first screen by itself, so failing to note it changes nothing. */
const finishOnboarding = () => void setSettings({ isOnboarded: true }).catch(() => null)

function Screens({
  app,
  settingsPage,
  onSettingsPage,
}: {
  app: AppSnapshot
  settingsPage: SettingsPage | null
  onSettingsPage: (page: SettingsPage | null) => void
}) {
  const [held, setHeld] = useState<Damaged | null>(null)
  const { store, settings, key } = app
  const damaged = held ?? (store.kind === 'damaged' ? store : null)
  if (damaged) return <Recovery store={damaged} onHold={(isHeld) => setHeld(isHeld ? damaged : null)} />
  if (store.kind === 'future') return <FutureStore version={store.version} supported={store.supported} />
  if (needsOnboarding(app) && settings)
    return (
      <Onboarding
        keyForm={
          <KeyForm
            keyState={key}
            label={t.key.field}
            saveLabel={t.onboarding.start}
            beforeSave={<MonthlyBudget />}
            onSaved={finishOnboarding}
          />
        }
        connection={<ConnectionPage settings={settings} />}
      />
    )
  return <Workspace app={app} settingsPage={settingsPage} onSettingsPage={onSettingsPage} />
}

function FirstFailure({ error, onTryAgain }: { error: unknown; onTryAgain: () => void }) {
  const failure =
    error instanceof CallError ? error.failure : ({ code: 'internal', text: 'none', money: 'none' } as const)
  return (
    <main className="m-auto flex h-full max-w-lg flex-col justify-center p-6">
      <FailureNotice {...describeFailure(failure)}>
        <Button onClick={onTryAgain}>{t.stopped.tryAgain}</Button>
      </FailureNotice>
    </main>
  )
}

/** The whole page: the screen that fits the state of Parley, and over it what to do when nobody answers. */
export function App() {
  const app = useAppQuery()
  const isLost = useLiveness() === 'lost'
  const language = useLanguage(app.data?.settings?.language ?? 'system')
  // Kept over a change of language, which draws everything else anew.
  const [settingsPage, setSettingsPage] = useState<SettingsPage | null>(null)
  useTheme(app.data?.settings ?? null)
  if (language === null) return null
  return (
    <Fragment key={language}>
      <div className="contents" inert={isLost}>
        {app.data ? (
          <Screens app={app.data} settingsPage={settingsPage} onSettingsPage={setSettingsPage} />
        ) : app.error && !isLost ? (
          <FirstFailure error={app.error} onTryAgain={() => void app.refetch()} />
        ) : null}
      </div>
      {isLost ? <Stopped unsaved={drafts.unsaved()} onTryAgain={() => void askEverythingAgain()} /> : null}
      <ToastRegion closeLabel={t.sidebar.dismiss} />
    </Fragment>
  )
}
