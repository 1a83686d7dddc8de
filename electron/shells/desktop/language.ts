import { app } from 'electron'
import { chooseLanguage, type LanguageSetting } from '../../contract/strings/languages.ts'
import type { Native } from '../../contract/strings/native-en.ts'
import { natives } from '../../contract/strings/native.ts'

let setting: LanguageSetting = 'system'

/** Languages of the system, best first. */
export const systemLanguages = (): string[] => app.getPreferredSystemLanguages()

/** What the shell itself says, in the language in use. */
export const native = (): Native => natives[chooseLanguage(setting, systemLanguages())]

/** From now on the shell speaks as the settings have it. */
export function speak(next: LanguageSetting): void {
  setting = next
}
