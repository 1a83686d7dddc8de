import { useState } from 'react'
import type { Failure } from '../../../../electron/contract/errors.ts'
import type { InputOf } from '../../../../electron/contract/registry.ts'
import type { Settings } from '../../../../electron/contract/routes/settings.ts'
import { setSettings } from '../../data/app.ts'
import { failureOf } from '../../data/use-act.ts'
import { describeFailure } from '../../text/failure.ts'
import { t } from '../../text/strings.ts'
import { Segments } from '../../ui/choice.tsx'
import { Group } from '../../ui/field.tsx'
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
      <Group title={words.language}>
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
      </Group>
      <Group title={words.theme}>
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
      </Group>
      <Group title={words.textSize}>
        <Segments
          legend={words.textSize}
          value={settings.textSize}
          onChange={(textSize) => set({ textSize })}
          options={[
            { value: 'small', label: words.textSizes.small },
            { value: 'normal', label: words.textSizes.normal },
            { value: 'large', label: words.textSizes.large },
          ]}
        />
      </Group>
      <Group title={words.sendKey} hint={words.sendKeyHint[settings.sendKey]}>
        <Segments
          legend={words.sendKey}
          value={settings.sendKey}
          onChange={(sendKey) => set({ sendKey })}
          options={[
            { value: 'enter', label: sendKeys.enter },
            { value: 'mod-enter', label: sendKeys['mod-enter'] },
          ]}
        />
      </Group>
      {failure ? <FailureNotice {...describeFailure(failure)} /> : null}
    </>
  )
}
