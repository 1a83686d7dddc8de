import { Database, Info, KeyRound, Network, Palette, Wallet } from 'lucide-react'
import type { ReactNode } from 'react'
import { useApp } from '../../data/app.ts'
import { t } from '../../text/strings.ts'
import { LargeDialog } from '../../ui/dialog.tsx'
import { SideTabs } from '../../ui/tabs.tsx'
import { AboutPage } from './about-page.tsx'
import { AppearancePage } from './appearance-page.tsx'
import { ConnectionPage } from './connection-page.tsx'
import { DataPage } from './data-page.tsx'
import { KeyPage } from './key-page.tsx'

/** The pages of the settings. */
export type SettingsPage = 'key' | 'connection' | 'budget' | 'appearance' | 'data' | 'about'

const icon = { 'aria-hidden': true, className: 'size-4', strokeWidth: 1.75 } as const

/** The settings; `page` is `null` while they are closed. */
export function SettingsDialog({
  page,
  modifier,
  budget,
  onPageChange,
}: {
  page: SettingsPage | null
  modifier: string
  /** What the page about money shows. */
  budget: ReactNode
  onPageChange: (page: SettingsPage | null) => void
}) {
  const { settings } = useApp()
  const words = t.settings
  return (
    <LargeDialog
      title={words.name}
      closeLabel={words.close}
      isOpen={page !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) onPageChange(null)
      }}
    >
      <SideTabs
        page={page ?? 'key'}
        onPageChange={(next) => onPageChange(next as SettingsPage)}
        pages={[
          { id: 'key', label: words.tabs.key, icon: <KeyRound {...icon} />, content: <KeyPage /> },
          {
            id: 'connection',
            label: words.tabs.connection,
            icon: <Network {...icon} />,
            content: settings ? <ConnectionPage settings={settings} canDiagnose /> : null,
          },
          { id: 'budget', label: words.tabs.budget, icon: <Wallet {...icon} />, content: budget },
          {
            id: 'appearance',
            label: words.tabs.appearance,
            icon: <Palette {...icon} />,
            content: settings ? <AppearancePage settings={settings} modifier={modifier} /> : null,
          },
          { id: 'data', label: words.tabs.data, icon: <Database {...icon} />, content: <DataPage /> },
          { id: 'about', label: words.tabs.about, icon: <Info {...icon} />, content: <AboutPage /> },
        ]}
      />
    </LargeDialog>
  )
}
