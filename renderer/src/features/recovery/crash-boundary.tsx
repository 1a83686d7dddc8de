import { Component, type ReactNode } from 'react'
import { t } from '../../text/strings.ts'
import { Button } from '../../ui/button.tsx'
import { Screen } from './screen.tsx'
import { UnsavedTexts } from './stopped.tsx'

/** The last resort: something on the page broke. Main goes on, so a reload brings everything back. */
export class CrashBoundary extends Component<
  { unsaved: () => readonly string[]; children: ReactNode },
  { isBroken: boolean }
> {
  override state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override render() {
    if (!this.state.isBroken) return this.props.children
    return (
      <Screen title={t.stopped.crashTitle}>
        <p className="text-base">{t.stopped.crashText}</p>
        <UnsavedTexts texts={this.props.unsaved()} />
        <Button look="primary" className="mt-6" onClick={() => location.reload()}>
          {t.stopped.reload}
        </Button>
      </Screen>
    )
  }
}
