import { useState } from 'react'
import type { Failure } from '../../../../electron/contract/errors.ts'
import type { InputOf } from '../../../../electron/contract/registry.ts'
import type { Settings } from '../../../../electron/contract/routes/settings.ts'
import { setSettings } from '../../data/app.ts'
import { failureOf } from '../../data/use-act.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Segments } from '../../ui/choice.tsx'
import { SettingRow } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'

/** How Parley looks and which key sends. */
export function AppearancePage({ settings, modifier }: { settings: Settings; modifier: string }) {
  const [failure, setFailure] = useState<Failure | null>(null)
  const words = t.appearance
  const set = (input: InputOf<'settings.set'>) =>
    setSettings(input).then(
      () => setFailure(null),
      (error: unknown) => setFailure(failureOf(error)),
    )
  const sendKeys = words.sendKeys(modifier)
  return (
    <>
      <SettingRow title={words.language}>
        <Segments
          legend={words.language}
          value={settings.language}
          onChange={(language) => set({ language })}
          options={[
            { value: 'system', label: words.languages.system },
            { value: 'en', label: words.languages.en },
            { value: 'de', label: words.languages.de },
          ]}
        />
      </SettingRow>
      <SettingRow title={words.theme}>
        <Segments
          legend={words.theme}
          value={settings.theme}
          onChange={(theme) => set({ theme })}
          options={[
            { value: 'system', label: words.themes.system },
            { value: 'light', label: words.themes.light },
            { value: 'dark', label: words.themes.dark },
          ]}
        />
      </SettingRow>
      <SettingRow title={words.textSize}>
        <Segments
          legend={words.textSize}
          value={settings.textSize}
          onChange={(textSize) => set({ textSize })}
          options={[
            { value: 'small', label: words.textSizes.small },
            { value: 'normal', label: words.textSizes.normal },
            { value: 'large', label: words.textSizes.large },
            { value: 'x-large', label: words.textSizes['x-large'] },
          ]}
        />
      </SettingRow>
      <SettingRow title={words.density}>
        <Segments
          legend={words.density}
          value={settings.density}
          onChange={(density) => set({ density })}
          options={[
            { value: 'comfortable', label: words.densities.comfortable },
            { value: 'compact', label: words.densities.compact },
          ]}
        />
      </SettingRow>
      <SettingRow title={words.contrast}>
        <Segments
          legend={words.contrast}
          value={settings.contrast}
          onChange={(contrast) => set({ contrast })}
          options={[
            { value: 'system', label: words.contrasts.system },
            { value: 'more', label: words.contrasts.more },
          ]}
        />
      </SettingRow>
      <SettingRow title={words.motion}>
        <Segments
          legend={words.motion}
          value={settings.motion}
          onChange={(motion) => set({ motion })}
          options={[
            { value: 'system', label: words.motions.system },
            { value: 'reduced', label: words.motions.reduced },
          ]}
        />
      </SettingRow>
      <SettingRow title={words.sendKey} hint={words.sendKeyHint[settings.sendKey]}>
        <Segments
          legend={words.sendKey}
          value={settings.sendKey}
          onChange={(sendKey) => set({ sendKey })}
          options={[
            { value: 'enter', label: sendKeys.enter },
            { value: 'mod-enter', label: sendKeys['mod-enter'] },
          ]}
        />
      </SettingRow>
      {failure ? <FailureNotice {...describeFailure(failure)} /> : null}
    </>
  )
}
